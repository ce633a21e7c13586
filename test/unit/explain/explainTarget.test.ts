import assert from 'node:assert/strict';
import { chooseTarget, enclosingSymbols, placeIn, type EditorSymbol } from '../../../src/core/explain/explainTarget';
import { documentOf, selectedIn } from '../../support/explainDocument';

const symbol = (kind: string, name: string, firstLine: number, lastLine: number): EditorSymbol => ({
	kind,
	name,
	firstLine,
	lastLine,
	nameAt: { line: firstLine, character: 0 },
});

const cart = [
	symbol('class', 'Cart', 0, 6),
	symbol('property', 'rate', 1, 1),
	symbol('method', 'total', 2, 5),
	symbol('variable', 'sum', 3, 3),
];
const source = (...lines: readonly string[]) => lines.join('\n');

function target(marked: string, symbols: readonly EditorSymbol[] = []) {
	const { document, selection } = selectedIn(marked);
	return chooseTarget(document, selection, symbols);
}

describe('chooseTarget with a selection', () => {
	it('takes part of a line as it is', () => {
		const found = target('let a = «sum(b)» + 1;');
		assert.deepEqual(found, { start: { line: 0, character: 8 }, code: 'sum(b)', lastLine: 0, notes: [] });
	});

	it('takes several lines whole', () => {
		const found = target('a;\n  if «(b) {\n    c();\n  }»\nd;');
		assert.deepEqual(found, {
			start: { line: 1, character: 0 },
			code: '  if (b) {\n    c();\n  }',
			lastLine: 3,
			notes: [],
		});
	});

	it('leaves out a last line of which nothing is selected', () => {
		assert.equal(target('«a;\nb;\n»c;')?.code, 'a;\nb;');
	});

	for (const [what, marked] of [
		['blank text', 'a «   » b'],
		['blank lines', 'a\n«\n  \n»b'],
		['an empty document', '«»'],
	] as const) {
		it(`finds nothing in ${what}`, () => {
			assert.equal(target(marked), undefined);
		});
	}

	it('finds nothing past the end of a document that has shrunk', () => {
		const selection = { start: { line: 90, character: 0 }, end: { line: 90, character: 4 } };
		assert.equal(chooseTarget(documentOf('a'), selection, []), undefined);
	});

	it('cuts a huge selection and says so', () => {
		const found = target(`«${'x;\n'.repeat(200_000)}y»`);
		assert.equal(found?.code.split('\n').length, 400);
		assert.equal(found.lastLine, 399);
		assert.deepEqual(found.notes, [
			'That is more than can be explained at once, so this is about the first 400 lines of it.',
		]);
	});

	it('cuts a line of a megabyte and says so', () => {
		const found = target(`«${'x'.repeat(1_000_000)}\ny»`);
		assert.equal(found?.code.length, 20_000);
		assert.match(found.notes.join(), /first 20000 characters/);
	});

	it('cuts part of a line of a megabyte and says so', () => {
		const found = target(`a«${'x'.repeat(1_000_000)}»b`);
		assert.equal(found?.code.length, 20_000);
		assert.match(found.notes.join(), /first 20000 characters/);
	});

	it('does not speak of a cut where everything fits exactly', () => {
		assert.deepEqual(target(`«${'x'.repeat(9_999)}\n${'y'.repeat(9_998)}\nz»`)?.notes, []);
	});
});

describe('chooseTarget with a cursor', () => {
	const text = source(
		'class Cart {',
		'\trate = 1;',
		'\ttotal() {',
		'\t\tconst sum = «»2;',
		'\t\treturn sum;',
		'\t}',
		'}',
		'',
		'go();',
	);

	it('takes the function around it and says so', () => {
		const found = target(text, cart);
		assert.deepEqual([found?.start.line, found?.lastLine], [2, 5]);
		assert.deepEqual(found?.notes, ['Nothing was selected, so this is about the method total around the cursor.']);
	});

	it('takes the smallest symbol where none is a unit of code', () => {
		const found = target(text, [symbol('module', 'cart', 0, 8), symbol('variable', 'sum', 3, 3)]);
		assert.equal(found?.code, '\t\tconst sum = 2;');
	});

	it('takes the line where the editor knows no symbols', () => {
		const found = target(text);
		assert.equal(found?.code, '\t\tconst sum = 2;');
		assert.deepEqual(found.notes, ['Nothing was selected, so this is about the line of the cursor.']);
	});

	it('finds nothing on a blank line outside every symbol', () => {
		assert.equal(target('a\n«»\nb', []), undefined);
	});
});

describe('enclosingSymbols', () => {
	it('lists the symbols from the outside in', () => {
		assert.deepEqual(
			enclosingSymbols([...cart].reverse(), 3, 3).map(({ name }) => name),
			['Cart', 'total', 'sum'],
		);
	});

	it('leaves out what holds only part of the lines', () => {
		assert.deepEqual(
			enclosingSymbols(cart, 1, 3).map(({ name }) => name),
			['Cart'],
		);
	});
});

describe('placeIn', () => {
	for (const [offset, line, character] of [
		[0, 4, 8],
		[2, 4, 10],
		[4, 5, 0],
		[6, 5, 2],
	] as const) {
		it(`finds offset ${offset} at ${line}:${character}`, () => {
			const place = placeIn({ start: { line: 4, character: 8 }, code: 'abc\ndef' }, offset);
			assert.deepEqual(place, { line, character });
		});
	}
});
