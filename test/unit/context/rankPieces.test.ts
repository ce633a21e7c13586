import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { OpenFile } from '../../../src/core/context/openFile';
import { PieceIndex } from '../../../src/core/context/pieceIndex';
import { rankLimits, rankPieces, type OfferedPiece, type RankedPiece } from '../../../src/core/context/rankPieces';
import { lineSet, lineSimilarity } from '../../../src/core/context/surroundings';
import type { DocumentSnapshot } from '../../../src/core/text/documentSnapshot';
import { atCursor } from '../../support/cursor';

const limits = { newFiles: 100 };

function file(path: string, text: string, more: Partial<OpenFile> = {}): OpenFile {
	return { uri: `file:///${path}`, path, languageId: 'typescript', version: 1, text, ...more };
}

function at(text: string): DocumentSnapshot {
	return { uri: 'file:///here.ts', path: 'here.ts', languageId: 'typescript', version: 1, ...atCursor(text) };
}

const invoice = `export interface Invoice {
	customerName: string;
	totalAmount: number;
	currencyCode: string;
	shippingAddress: string;
}`;
const renderer = `export function drawTriangle(canvas: Canvas, vertices: Vertex[]) {
	canvas.moveTo(vertices[0]);
	canvas.lineTo(vertices[1]);
	canvas.strokeStyle = palette.primary;
}`;
const here = at(
	'function printInvoice(invoice: Invoice) {\n\tconsole.log(invoice.customerName, invoice.totalAmount‸);\n}',
);

describe('rankPieces', () => {
	it('finds the piece that shares words with the place of the cursor', () => {
		const pieces = rankPieces(here, [file('renderer.ts', renderer), file('invoice.ts', invoice)], { limits });
		assert.deepEqual(
			pieces.map(({ path, text }) => [path, text]),
			[['invoice.ts', invoice]],
		);
	});

	it('takes nothing from the document itself', () => {
		assert.deepEqual(rankPieces(here, [file('here.ts', invoice)], { limits }), []);
	});

	it('prefers a file that the document imports', () => {
		const document = at(`import { Invoice } from './b';\n${here.prefix}‸${here.suffix}`);
		const files = [file('a.ts', invoice), file('b.ts', `${invoice}\n// customerName shippingAddress zebra`)];
		assert.equal(rankPieces(document, files, { limits })[0]?.path, 'b.ts');
	});

	it('prefers the language of the document', () => {
		const files = [
			file('a.py', invoice, { languageId: 'python' }),
			file('b.tsx', `${renderer.replaceAll('\n', '\n\n')}\n${invoice}`, { languageId: 'typescriptreact' }),
		];
		const pieces = rankPieces(here, files, { limits });
		assert.equal(pieces[0]?.path, 'b.tsx');
	});

	it('takes only one of two pieces that say the same', () => {
		const pieces = rankPieces(here, [file('a.ts', invoice), file('b.ts', `${invoice}\n`)], { limits });
		assert.deepEqual(
			pieces.map(({ path }) => path),
			['a.ts'],
		);
	});

	it('takes no piece that stands at the cursor already', () => {
		assert.deepEqual(rankPieces(at(`${invoice}\n‸`), [file('a.ts', invoice)], { limits }), []);
	});

	it('leaves out lines of data', () => {
		const data = `${invoice.replaceAll('\n', ' ')} ${'customerName,'.repeat(400)}`;
		assert.deepEqual(rankPieces(here, [file('a.ts', data)], { limits }), []);
	});

	it('does not stumble over empty files and an empty document', () => {
		assert.deepEqual(rankPieces(here, [file('a.ts', ''), file('b.ts', '\n\n')], { limits }), []);
		assert.deepEqual(rankPieces(at('‸'), [file('a.ts', invoice)], { limits }), []);
	});

	it('names the lines of the file', () => {
		const [piece] = rankPieces(here, [file('a.ts', `\n\n${invoice}\n\n`)], { limits });
		assert.deepEqual([piece?.start, piece?.end], [2, 8]);
	});

	it('indexes few new files at a time, the others with the next keystrokes', () => {
		const files = ['a', 'b', 'c'].map(name =>
			file(`${name}.ts`, `${invoice}\n// ${name} ${name}1 ${name}2 ${name}3 ${name}4`),
		);
		const index = new PieceIndex();
		const known = (): boolean[] => files.map(one => index.has(one));
		rankPieces(here, files, { index });
		assert.deepEqual(known(), [true, false, false]);
		rankPieces(here, files, { index });
		assert.deepEqual(known(), [true, true, false]);
	});
});

describe('rankPieces from keystroke to keystroke', () => {
	const other =
		'export function printTotal(invoice: Invoice) {\n\treturn format(invoice.totalAmount, invoice.locale);\n}';

	it('puts a new piece behind those chosen before', () => {
		const previous = rankPieces(here, [file('a.ts', other)], { limits });
		const pieces = rankPieces(here, [file('b.ts', invoice), file('a.ts', other)], { limits, previous });
		assert.deepEqual(
			pieces.map(({ path }) => path),
			['a.ts', 'b.ts'],
		);
	});

	it('keeps a piece while its text is still in the changed file', () => {
		const previous = rankPieces(here, [file('a.ts', invoice)], { limits });
		const changed = file('a.ts', `// new\n${invoice}\n// new`, { version: 2 });
		const pieces = rankPieces(here, [changed], { limits, previous });
		assert.deepEqual(
			pieces.map(({ text, version }) => [text, version]),
			[[invoice, 2]],
		);
	});

	it('drops a piece whose text is gone, whose file is closed, or that has nothing to do with the place any more', () => {
		const previous = rankPieces(here, [file('a.ts', invoice)], { limits });
		assert.equal(previous.length, 1);
		assert.deepEqual(rankPieces(here, [file('a.ts', renderer, { version: 2 })], { limits, previous }), []);
		assert.deepEqual(rankPieces(here, [], { limits, previous }), []);
		assert.deepEqual(rankPieces(at('canvas.moveTo(‸'), [file('a.ts', invoice)], { limits, previous }), []);
	});

	it('replaces a piece only by one that is clearly better', () => {
		const one = { newFiles: 100, pieces: 1 };
		const weak = file('weak.ts', `${renderer}\nconst customerName = invoice.totalAmount;`);
		const previous = rankPieces(here, [weak], { limits: one });
		assert.deepEqual(
			previous.map(({ path }) => path),
			['weak.ts'],
		);
		const better = rankPieces(here, [weak, file('invoice.ts', invoice)], { limits: one, previous });
		assert.deepEqual(
			better.map(({ path }) => path),
			['invoice.ts'],
		);
	});
});

describe('rankPieces and a piece that is only a little better', () => {
	it('leaves the one chosen before', () => {
		const one = { newFiles: 100, pieces: 1 };
		const before = file('before.ts', 'const invoice = { customerName, zebra, apple, pear, plum, cherry };');
		const better = file('better.ts', 'const invoice = { totalAmount, grape, melon, peach, berry };');
		const score = (open: OpenFile): number => rankPieces(here, [open], { limits: one })[0]?.score ?? 0;
		assert.ok(score(better) > score(before) && score(better) < score(before) * 1.5);
		const previous = rankPieces(here, [before], { limits: one });
		assert.deepEqual(rankPieces(here, [better, before], { limits: one, previous }), previous);
	});
});

const word = fc.constantFrom(
	'invoice',
	'customerName',
	'totalAmount',
	'canvas',
	'vertices',
	'zebra',
	'apple',
	'pear',
	'fig',
);
const line = fc.array(word, { maxLength: 6 }).map(words => words.join(' '));
const text = fc.array(line, { maxLength: 90 }).map(lines => lines.join('\n'));
const files = fc
	.array(text, { maxLength: 5 })
	.map(texts => texts.map((content, number) => file(`file${number}.ts`, content)));

describe('rankPieces, whatever is open', () => {
	it('stays within its limits and takes pieces that are in the files', () => {
		fc.assert(
			fc.property(files, text, (open, before) => {
				const pieces = rankPieces(at(`${before}‸`), open, { limits });
				assert.ok(pieces.length <= rankLimits.pieces);
				assert.ok(pieces.reduce((sum, piece) => sum + piece.text.length, 0) <= rankLimits.characters);
				for (const piece of pieces) {
					const source = open.find(({ uri }) => uri === piece.uri);
					assert.equal(source?.text.split('\n').slice(piece.start, piece.end).join('\n'), piece.text);
				}
			}),
			{ numRuns: 60 },
		);
	});

	it('never shuffles: what is kept keeps its order, and what is new comes last', () => {
		fc.assert(
			fc.property(files, fc.array(text, { minLength: 2, maxLength: 4 }), (open, places) => {
				const index = new PieceIndex();
				let previous: readonly RankedPiece[] = [];
				for (const place of places) {
					const pieces = rankPieces(at(`${place}‸`), open, { index, previous });
					const before = previous.map(({ text: content, uri }) => uri + content);
					const positions = pieces.map(({ text: content, uri }) => before.indexOf(uri + content));
					const kept = positions.filter(position => position !== -1);
					assert.deepEqual(
						kept,
						kept.toSorted((a, b) => a - b),
					);
					assert.deepEqual(positions.slice(0, kept.length), kept);
					previous = pieces;
				}
			}),
			{ numRuns: 60 },
		);
	});

	it('answers the same for the same', () => {
		fc.assert(
			fc.property(files, text, (open, before) => {
				const document = at(`${before}‸`);
				assert.deepEqual(rankPieces(document, open, { limits }), rankPieces(document, open, { limits }));
			}),
			{ numRuns: 20 },
		);
	});
});

describe('pieces that a source offers', () => {
	const definition: OfferedPiece = {
		source: 'definitions',
		uri: 'file:///palette.ts',
		path: 'palette.ts',
		text: 'export const palette = { primary: "#000" };',
		start: 3,
		end: 4,
		version: 1,
		score: 0.3,
	};
	const paths = (pieces: readonly RankedPiece[]): readonly string[] => pieces.map(({ path }) => path);

	it('stand among those that are found by likeness, by their scores', () => {
		const files = [file('invoice.ts', invoice)];
		const weak = { ...definition, uri: 'file:///weak.ts', path: 'weak.ts', text: 'type Weak = 1;', score: 0.01 };
		const pieces = rankPieces(here, files, { limits, offered: [weak, definition] });
		assert.equal(pieces.at(-1)?.path, 'weak.ts');
		assert.ok(paths(pieces).includes('palette.ts'));
		assert.deepEqual([...new Set(pieces.map(({ source }) => source))].sort(), ['definitions', 'files']);
	});

	it('keep their places as long as they are offered', () => {
		const files = [file('invoice.ts', invoice)];
		const previous = rankPieces(here, files, { limits });
		const both = rankPieces(here, files, { limits, previous, offered: [{ ...definition, score: 0.9 }] });
		assert.deepEqual(paths(both), ['invoice.ts', 'palette.ts']);
		assert.deepEqual(paths(rankPieces(here, files, { limits, previous: both, offered: [definition] })), paths(both));
		assert.deepEqual(paths(rankPieces(here, files, { limits, previous: both })), ['invoice.ts']);
	});

	it('are not of the document itself, and not what stands at the cursor', () => {
		const own = { ...definition, uri: here.uri };
		const known = { ...definition, text: 'function printInvoice(invoice: Invoice) {' };
		assert.deepEqual(rankPieces(here, [], { offered: [own, known] }), []);
	});

	it('take the place of the lines that they are part of', () => {
		const text = invoice.replace(/\n\}$/, '');
		const offered = [{ ...definition, uri: 'file:///invoice.ts', text, start: 0, end: 5, score: 0.9 }];
		const pieces = rankPieces(here, [file('invoice.ts', invoice)], { limits, offered });
		assert.deepEqual(
			pieces.map(({ source }) => source),
			['definitions'],
		);
	});
});

describe('lines that stand at the cursor already', () => {
	it('are not shown again, even beside new words', () => {
		const twin = `${here.prefix}${here.suffix}`.split('\n');
		const copy = [...twin, '// zebra giraffe elephant rhinoceros'].join('\n');
		assert.deepEqual(rankPieces(here, [file('copy.ts', copy)], { limits }), []);
	});

	it('count as lines, whatever their indentation and order', () => {
		const [a, b] = [lineSet('\tfoo();\n}\nbar();\n'), lineSet('bar();\n  foo();\nbaz();')];
		assert.equal(a.size, 2);
		assert.equal(lineSimilarity(a, b), 2 / 3);
		assert.equal(lineSimilarity(lineSet(''), lineSet('{\n}')), 0);
	});

	it('of code that is merely alike are no reason to leave it out', () => {
		const pieces = rankPieces(here, [file('invoice.ts', `${invoice}\nexport function print() {}`)], { limits });
		assert.equal(pieces.length, 1);
	});
});
