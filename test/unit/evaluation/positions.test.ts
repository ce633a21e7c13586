import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
	choosePositions,
	cursorDocument,
	hiddenText,
	positionKinds,
	type EvaluationPosition,
	type PositionKind,
} from '../../../src/core/evaluation/positions';
import type { SourceFile } from '../../../src/core/evaluation/sourceFile';
import { source } from './sources';

const typescript = `import { a } from './a';

// a comment that is no code
export function first(items: string[]): number {
	const total = items.length + 1;
	if (total > 3) {
		return total;
	}
	return items.map(item => item.trim()).length;
}
`;

const python = `import os


def first(items):
    """Says what
    it does."""
    total = len(items) + 1
    for item in items:
        print(item)
        total += 1

    return total
`;

function all(file: SourceFile, kind: PositionKind): EvaluationPosition[] {
	return choosePositions([file], { perLanguage: 4000, seed: 1 }).filter(position => position.kind === kind);
}

function marked(position: EvaluationPosition): string {
	const { prefix, suffix } = cursorDocument(position);
	const above = prefix.slice(prefix.lastIndexOf('\n') + 1);
	const below = suffix.slice(0, suffix.indexOf('\n', 1));
	return `${above}‸${below}`;
}

describe('positions', () => {
	it('of the start of a line stand behind the indentation and hide the rest', () => {
		const hidden = all(source('a.ts', typescript), 'start').map(hiddenText);
		assert.deepEqual(hidden, [
			'export function first(items: string[]): number {',
			'const total = items.length + 1;',
			'if (total > 3) {',
			'return total;',
			'return items.map(item => item.trim()).length;',
		]);
	});

	it('of a block hide all of it, up to the closing brace', () => {
		const [whole, inner, ...more] = all(source('a.ts', typescript), 'block');
		assert.ok(whole !== undefined && inner !== undefined && more.length === 0);
		assert.equal(marked(whole), 'export function first(items: string[]): number {‸\n}');
		assert.equal(hiddenText(inner), '\n\t\treturn total;');
		assert.equal(marked(inner), '\tif (total > 3) {‸\n\t}');
	});

	it('of a block in Python hide what is indented deeper, without blank lines at its end', () => {
		const blocks = all(source('a.py', python), 'block');
		assert.deepEqual(blocks.map(hiddenText), ['\n        print(item)\n        total += 1']);
		assert.deepEqual(blocks.map(marked), ['    for item in items:‸\n']);
	});

	it('within a word have a part of it on each side', () => {
		for (const position of all(source('a.ts', typescript), 'word')) {
			assert.match(cursorDocument(position).prefix, /[A-Za-z]$/);
			assert.match(hiddenText(position), /^[A-Za-z]/);
		}
	});

	it('between tokens never stand within a word or before a line has begun', () => {
		const found = all(source('a.ts', typescript), 'token');
		assert.ok(found.length >= 5);
		for (const position of found) {
			const { prefix } = cursorDocument(position);
			assert.doesNotMatch(prefix.slice(-1) + hiddenText(position).slice(0, 1), /^[\w$]{2}$/);
			assert.notEqual(prefix.slice(prefix.lastIndexOf('\n') + 1).trim(), '');
		}
	});

	for (const [name, text] of [
		['comments', '// one line of words\n/* more words\n and more words\n*/\n'],
		['blank lines', '\n\n   \n\t\n'],
		['closers', 'x\n}\n);\n]});\n'],
		['lines longer than 200 characters', `\nconst data = '${'x'.repeat(200)}';\n`],
		['nothing', ''],
	] as const) {
		it(`are not found in ${name}`, () => {
			assert.deepEqual(choosePositions([source('a.ts', text)], { perLanguage: 100, seed: 1 }), []);
		});
	}

	for (const [name, text] of [
		['an empty block', 'if (a) {\n}\n'],
		['a block of eleven lines', `if (a) {\n${'\tcall(a);\n'.repeat(11)}}\n`],
		['a block that begins with a comment', 'if (a) {\n\t// why it is so\n\tcall(a);\n}\n'],
		['a block without its closing brace', 'if (a) {\n\tcall(a);\nelse\n'],
		['an object type on one line', 'type A = { a: string };\n'],
		['a block that never ends', `if (a) {\n${'\n'.repeat(30)}\tcall(a);\n}\n`],
	] as const) {
		it(`of a block are not found in ${name}`, () => {
			assert.deepEqual(all(source('a.ts', text), 'block'), []);
		});
	}

	it('of a block may end with the file in Python', () => {
		assert.deepEqual(all(source('a.py', 'x = 1\ndef f():\n    return x'), 'block').map(hiddenText), ['\n    return x']);
	});

	it('are as many of each kind, and take turns between repositories', () => {
		const large = source('large.ts', typescript.repeat(40), 'large');
		const small = source('small.ts', typescript.repeat(4), 'small');
		const chosen = choosePositions([large, small], { perLanguage: 40, seed: 3 });
		for (const kind of positionKinds) {
			assert.equal(chosen.filter(position => position.kind === kind).length, 10);
		}
		const ofSmall = chosen.filter(({ file }) => file.repository === 'small').length;
		assert.equal(ofSmall, 20);
	});

	it('count each language by itself', () => {
		const files = [source('a.ts', typescript), source('b.js', typescript), source('c.py', python)];
		const chosen = choosePositions(files, { perLanguage: 4, seed: 1 });
		assert.deepEqual(
			['a.ts', 'b.js', 'c.py'].map(path => chosen.filter(({ file }) => file.path === path).length),
			[4, 4, 4],
		);
	});

	it('leave the share of a missing kind open', () => {
		const flat = source('a.ts', 'const first = 1;\nconst second = 2;\n');
		assert.deepEqual(all(flat, 'block'), []);
		assert.ok(choosePositions([flat], { perLanguage: 4, seed: 1 }).length === 3);
	});

	it('are the same for the same seed whatever the order of the files, and others for another seed', () => {
		const files = [source('a.ts', typescript.repeat(10)), source('b.ts', typescript.repeat(5))];
		const chosen = choosePositions(files, { perLanguage: 20, seed: 1 });
		assert.deepEqual(choosePositions(files.toReversed(), { perLanguage: 20, seed: 1 }), chosen);
		assert.notDeepEqual(choosePositions(files, { perLanguage: 20, seed: 2 }), chosen);
	});

	it('give back the file: prefix, hidden text and suffix, whatever the text', () => {
		const line = fc.constantFrom(
			'if (a) {',
			'}',
			'\tb(c, d);',
			'',
			'    return x',
			'def f():',
			'/* x',
			'*/',
			"'''",
			'é = 😀b',
			'  "a: b"',
		);
		fc.assert(
			fc.property(
				fc.array(line, { maxLength: 30 }),
				fc.constantFrom('a.ts', 'a.py'),
				fc.nat(99),
				(lines, path, seed) => {
					const file = source(path, lines.join('\n'));
					for (const position of choosePositions([file], { perLanguage: 40, seed })) {
						const { prefix, suffix } = cursorDocument(position);
						const hidden = hiddenText(position);
						assert.equal(prefix + hidden + suffix, file.text);
						assert.ok(hidden.trim().length >= 3);
						assert.ok(suffix === '' || suffix.startsWith('\n'));
					}
				},
			),
		);
	});

	it('hand over a bounded part of a large file', () => {
		const file = source('a.ts', 'const a = b;\n'.repeat(8000));
		const longest = choosePositions([file], { perLanguage: 40, seed: 1 }).map(cursorDocument);
		assert.ok(Math.max(...longest.map(({ prefix }) => prefix.length)) === 48_000);
		assert.ok(Math.max(...longest.map(({ suffix }) => suffix.length)) === 16_000);
	});
});
