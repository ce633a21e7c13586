import assert from 'node:assert/strict';
import { StopRules, type StopLimits, type StopVerdict } from '../../src/core/completion/stopRules';
import { atCursor } from '../support/cursor';

interface Case {
	readonly name: string;
	/** Cursor marked with ‸. */
	readonly at: string;
	readonly model: string;
	readonly kept: string;
	readonly reason: StopVerdict['reason'] | 'none';
}

/** Offers the text in tokens of up to three characters, as a model might write it. */
function run(limits: StopLimits, text: string): StopVerdict | undefined {
	const rules = new StopRules(limits);
	for (const token of text.match(/[\s\S]{1,3}/g) ?? []) {
		const verdict = rules.offer(token, 0.9);
		if (verdict !== undefined) {
			return verdict;
		}
	}
	return undefined;
}

function check(extent: 'line' | 'block', cases: readonly Case[]): void {
	for (const { name, at, model, kept, reason } of cases) {
		it(name, () => {
			const verdict = run({ ...atCursor(at), extent, maxTokens: 500, probabilityFloor: 0 }, model);
			assert.equal(verdict?.reason ?? 'none', reason);
			assert.equal(verdict?.text ?? model, kept);
			assert.ok(model.startsWith(verdict?.text ?? ''));
		});
	}
}

describe('StopRules, one line', () => {
	check('line', [
		{ name: 'ends before the line end', at: 'a = ‸', model: 'b;\nc;', kept: 'b;', reason: 'end-of-line' },
		{
			name: 'keeps nothing of an answer that begins a new line',
			at: 'a;‸',
			model: '\nb',
			kept: '',
			reason: 'end-of-line',
		},
		{ name: 'goes on within the line', at: 'a = ‸', model: 'b + c', kept: 'b + c', reason: 'none' },
		{
			name: 'keeps nothing of the line that stands below',
			at: 'f(‸\n\n\treturn total;\n}',
			model: '\n',
			kept: '',
			reason: 'end-of-line',
		},
		{
			name: 'does not write the line below once more',
			at: '\t‸\n\treturn total;\n}',
			model: 'return total;\n',
			kept: '',
			reason: 'suffix-reached',
		},
		{
			name: 'does not write the line above once more',
			at: 'let total = 0;\n‸\n',
			model: 'let total = 0;\n',
			kept: '',
			reason: 'repetition',
		},
		{
			name: 'notices a copy of the line above that was begun by hand',
			at: 'let total = 0;\nlet to‸\n',
			model: 'tal = 0;\n',
			kept: '',
			reason: 'repetition',
		},
		{
			name: 'lets short lines stand below each other',
			at: '[\n\t0, 1,\n\t‸\n]',
			model: '0, 1,\n',
			kept: '0, 1,',
			reason: 'end-of-line',
		},
		{
			name: 'cuts a phrase that comes a third time',
			at: 'f(‸',
			model: 'a: number, b: number, b: number, b: number, b: number',
			kept: 'a: number, b: ',
			reason: 'repetition',
		},
		{
			name: 'lets a row of small numbers be',
			at: 'a = [‸',
			model: '0, 0, 0, 0]\n',
			kept: '0, 0, 0, 0]',
			reason: 'end-of-line',
		},
		{
			name: 'lets a ruler be',
			at: '// ‸',
			model: '--------------------------------\n',
			kept: '--------------------------------',
			reason: 'end-of-line',
		},
	]);
});

describe('StopRules, a block', () => {
	check('block', [
		{
			name: 'ends with the closing line of the block that was opened at the cursor',
			at: 'function f() {‸',
			model: '\n\treturn 1;\n}\nfunction g',
			kept: '\n\treturn 1;\n}',
			reason: 'end-of-block',
		},
		{
			name: 'keeps all of the closing line',
			at: 'it("x", () => {‸',
			model: '\n\trun();\n});\n\nit(',
			kept: '\n\trun();\n});',
			reason: 'end-of-block',
		},
		{
			name: 'goes on where the closing line opens another block',
			at: 'if (a) {‸',
			model: '\n\tb();\n} else {\n\tc();\n}\nd',
			kept: '\n\tb();\n} else {\n\tc();\n}',
			reason: 'end-of-block',
		},
		{
			name: 'ends before the next statement at the indentation of the cursor',
			at: 'def f():‸',
			model: '\n    return 1\n\n\ndef g',
			kept: '\n    return 1',
			reason: 'end-of-block',
		},
		{
			name: 'completes a statement and no more',
			at: '\tconst a = ‸',
			model: 'b;\n\tconst c = d;',
			kept: 'b;',
			reason: 'end-of-block',
		},
		{
			name: 'follows a statement over lines indented deeper',
			at: '\treturn list‸',
			model: '\n\t\t.map(f)\n\t\t.filter(g);\n}\n',
			kept: '\n\t\t.map(f)\n\t\t.filter(g);',
			reason: 'end-of-block',
		},
		{
			name: 'leaves the bracket of the block around the cursor alone',
			at: 'function f() {\n\treturn ‸',
			model: '1;\n}\n',
			kept: '1;',
			reason: 'end-of-block',
		},
		{
			name: 'leaves a bracket at the cursor’s indentation alone when nothing was opened',
			at: 'f(a,\n‸',
			model: 'b\n)\n',
			kept: 'b',
			reason: 'end-of-block',
		},
		{
			name: 'writes statements after each other on an empty line, up to a blank one',
			at: 'function f() {\n\t‸\n}',
			model: 'a();\n\tb();\n\n\tc();\n',
			kept: 'a();\n\tb();',
			reason: 'end-of-block',
		},
		{
			name: 'ends with the block in whose column 0 the cursor stands',
			at: 'def f():\n‸\n',
			model: '\n    with a():\n        b()\n\ndef g():\n    c()\n',
			kept: '\n    with a():\n        b()',
			reason: 'end-of-block',
		},
		{
			name: 'takes the indentation that the model writes itself for that of the block',
			at: 'def f():\n‸\n',
			model: '    a()\n    b()\nc()\n',
			kept: '    a()\n    b()',
			reason: 'end-of-block',
		},
		{
			name: 'ends before what is less indented than the cursor, whatever came first',
			at: 'if a:\n    ‸\n',
			model: '\nb()\n    c()\n',
			kept: '',
			reason: 'end-of-block',
		},
		{
			name: 'keeps blank lines inside the block',
			at: 'function f() {‸',
			model: '\n\ta();\n\n\tb();\n}\n',
			kept: '\n\ta();\n\n\tb();\n}',
			reason: 'end-of-block',
		},
		{
			name: 'stops before the line that stands below',
			at: 'function f() {\n\t‸\n\treturn total;\n}',
			model: 'sum();\n\treturn total;\n}',
			kept: 'sum();',
			reason: 'suffix-reached',
		},
		{
			name: 'stops before a bracket that stands below at the same indentation',
			at: 'function f() {\n\tif (a) {‸\n\t}\n}',
			model: '\n\t\tb();\n\t}\n}',
			kept: '\n\t\tb();',
			reason: 'suffix-reached',
		},
		{
			name: 'does not take an inner bracket for the one below',
			at: 'function f() {‸\n}',
			model: '\n\tif (a) {\n\t\tb();\n\t}\n\tc();\n}\n',
			kept: '\n\tif (a) {\n\t\tb();\n\t}\n\tc();',
			reason: 'suffix-reached',
		},
		{
			name: 'stops at a line written twice in a row',
			at: 'function f() {‸',
			model: '\n\tlog(value);\n\tlog(value);\n\tlog(value);\n',
			kept: '\n\tlog(value);',
			reason: 'repetition',
		},
		{
			name: 'stops at lines that take turns',
			at: 'function f() {‸',
			model: '\n\tone(1);\n\ttwo(2);\n\tone(1);\n\ttwo(2);\n\tone(1);\n',
			kept: '\n\tone(1);',
			reason: 'repetition',
		},
		{
			name: 'is never longer than ten lines',
			at: 'function f() {‸',
			model: Array.from({ length: 20 }, (_, index) => `\n\tcall${'abcdefghijklmnopqrst'[index] ?? ''}();`).join(''),
			kept: Array.from({ length: 9 }, (_, index) => `\n\tcall${'abcdefghi'[index] ?? ''}();`).join(''),
			reason: 'end-of-block',
		},
		{ name: 'goes on while the block may', at: 'f(() => {‸', model: '\n\ta();\n', kept: '\n\ta();\n', reason: 'none' },
	]);
});

describe('StopRules, token by token', () => {
	const limits: StopLimits = { prefix: '', suffix: '', extent: 'line', maxTokens: 3, probabilityFloor: 0.5 };

	it('stops before a token that is too improbable', () => {
		const rules = new StopRules(limits);
		assert.equal(rules.offer('a', 0.9), undefined);
		assert.deepEqual(rules.offer('b', 0.49), { reason: 'low-probability', text: 'a' });
	});

	it('takes a token as probable as the floor', () => {
		assert.equal(new StopRules(limits).offer('a', 0.5), undefined);
	});

	it('never stops for probability when the floor is 0', () => {
		assert.equal(new StopRules({ ...limits, probabilityFloor: 0 }).offer('a', 0), undefined);
	});

	it('keeps the last token that the limit allows', () => {
		const rules = new StopRules(limits);
		rules.offer('a', 1);
		rules.offer('b', 1);
		assert.deepEqual(rules.offer('c', 1), { reason: 'token-limit', text: 'abc' });
		assert.equal(rules.text, 'abc');
	});

	it('counts tokens that complete no character yet', () => {
		const rules = new StopRules(limits);
		rules.offer('', 1);
		rules.offer('', 1);
		assert.deepEqual(rules.offer('é', 1), { reason: 'token-limit', text: 'é' });
	});

	it('copes with a megabyte of white space around the cursor', () => {
		const blank = ' '.repeat(1_000_000);
		const rules = new StopRules({ ...limits, prefix: blank, suffix: `${blank}\n${blank}`, extent: 'block' });
		assert.equal(rules.offer('a', 1), undefined);
	});
});
