import assert from 'node:assert/strict';
import { SuggestionMemory } from '../../../src/core/completion/suggestionMemory';
import type { DocumentSnapshot } from '../../../src/core/text/documentSnapshot';
import { atCursor } from '../../support/cursor';

function at(text: string, uri = 'file:///a.ts'): DocumentSnapshot {
	return { uri, path: 'a.ts', languageId: 'typescript', version: 1, ...atCursor(text) };
}

const cases: readonly { name: string; asked: string; answer: string; now: string; rest: string | undefined }[] = [
	{ name: 'the same place', asked: 'con‸', answer: 'sole.log()', now: 'con‸', rest: 'sole.log()' },
	{ name: 'typing what it says', asked: 'con‸', answer: 'sole.log()', now: 'consol‸', rest: 'e.log()' },
	{ name: 'typing something else', asked: 'con‸', answer: 'sole.log()', now: 'cons x‸', rest: undefined },
	{ name: 'all of it typed', asked: 'con‸', answer: 'st', now: 'const‸', rest: undefined },
	{
		name: 'accepting a line of a block',
		asked: 'if‸\n',
		answer: ' (a) {\n\tb();\n}',
		now: 'if (a) {\n‸\n',
		rest: '\tb();\n}',
	},
	{ name: 'a bracket that the editor closed', asked: 'f‸;', answer: 'oo(bar)', now: 'foo(‸);', rest: 'bar)' },
	{ name: 'two that it closed', asked: 'f‸', answer: '([1, 2])', now: 'f([‸])', rest: '1, 2])' },
	{ name: 'a quote that it closed', asked: 'x = ‸\n', answer: "'abc'", now: "x = 'a‸'\n", rest: "bc'" },
	{
		name: 'Enter between brackets that the editor closed',
		asked: 'f()‸\nend',
		answer: ' {\n\treturn 1;\n}',
		now: 'f() {\n\t‸\n}\nend',
		rest: 'return 1;\n}',
	},
	{
		name: 'Enter between brackets that were there before',
		asked: 'f() {‸}\nend',
		answer: '\n\treturn 1;\n}',
		now: 'f() {\n\t‸\n}\nend',
		rest: 'return 1;\n}',
	},
	{
		name: 'typing behind that Enter',
		asked: '\tif (a) {‸});',
		answer: '\n\t\treturn 1;\n\t}',
		now: '\tif (a) {\n\t\tre‸\n\t});',
		rest: 'turn 1;\n\t}',
	},
	{
		name: 'the same, indented, at the end of the file',
		asked: '\tif (a)‸',
		answer: ' {\n\t\tb([\n\t\t\t1,\n\t\t]);\n\t}',
		now: '\tif (a) {\n\t\tb([\n\t\t\t‸\n\t\t])\n\t}',
		rest: '1,\n\t\t]);\n\t}',
	},
	{
		name: 'a line that appeared after the cursor',
		asked: 'f()‸\nend',
		answer: ' {\n}',
		now: 'f() {‸\n\nend',
		rest: undefined,
	},
	{ name: 'a bracket that was typed over', asked: 'f(a‸);', answer: ', b) + c', now: 'f(a, b)‸;', rest: ' + c' },
	{ name: 'a bracket that was there and is gone', asked: 'f(a‸);', answer: ', b', now: 'f(a, ‸;', rest: undefined },
	{
		name: 'a blank line that the editor has indented',
		asked: '\ta();‸\n',
		answer: '\n\n\tb();',
		now: '\ta();\n\t\n\t‸\n',
		rest: 'b();',
	},
	{
		name: 'indentation where the text goes less deep',
		asked: '\ta();‸\n',
		answer: '\n}',
		now: '\ta();\n\t‸\n',
		rest: undefined,
	},
	{ name: 'the end of it, typed', asked: '\ta();‸\n', answer: '\n} b', now: '\ta();\n}‸\n', rest: ' b' },
	{ name: 'more text in front of a short one', asked: '‸', answer: 'one', now: 'a\n‸', rest: undefined },
	{ name: 'an edit after the cursor', asked: 'a‸b', answer: 'cd', now: 'a‸x', rest: undefined },
	{ name: 'text that appeared at the end of the file', asked: 'a‸', answer: 'cd', now: 'a‸x', rest: undefined },
];

describe('SuggestionMemory', () => {
	for (const { name, asked, answer, now, rest } of cases) {
		it(`${rest === undefined ? 'forgets after' : 'survives'}: ${name}`, () => {
			const memory = new SuggestionMemory();
			memory.remember(at(asked), { text: answer });
			assert.equal(memory.recall(at(now))?.text, rest);
		});
	}

	it('finds the whole again after characters were typed and taken back', () => {
		const memory = new SuggestionMemory();
		memory.remember(at('con‸'), { text: 'sole' });
		assert.equal(memory.recall(at('cons‸'))?.text, 'ole');
		assert.equal(memory.recall(at('con‸'))?.text, 'sole');
	});

	it('knows how the gate saw what is left of it', () => {
		const memory = new SuggestionMemory();
		const sample = { surplus: 1, values: {}, language: 'typescript', breakEven: 0.25 };
		memory.remember(at('con‸'), { text: 'sole', sample });
		assert.equal(memory.recall(at('cons‸'))?.sample, sample);
	});

	it('keeps documents apart', () => {
		const memory = new SuggestionMemory();
		memory.remember(at('a‸'), { text: 'bc' });
		assert.equal(memory.recall(at('a‸', 'file:///b.ts'))?.text, undefined);
	});

	it('prefers the newer of two answers for one place, and forgets on demand', () => {
		const memory = new SuggestionMemory();
		memory.remember(at('a‸'), { text: 'old' });
		memory.remember(at('a‸'), { text: 'new' });
		assert.equal(memory.recall(at('a‸'))?.text, 'new');
		memory.clear();
		assert.equal(memory.recall(at('a‸'))?.text, undefined);
	});

	it('is what was last used, of two that reach to the cursor', () => {
		const memory = new SuggestionMemory();
		const line = at('{\n\ta();\n\t‸\n}');
		memory.remember(line, { text: 'old();' });
		memory.remember(at('{\n\t‸\n}'), { text: 'a();\n\tnew();' });
		assert.equal(memory.recall(line)?.text, 'new();');
		memory.remember(line, { text: 'newest();' });
		assert.equal(memory.recall(line)?.text, 'newest();');
	});

	it('survives taking a part, going back into it and taking all of it back', () => {
		const memory = new SuggestionMemory();
		memory.remember(at('‸;'), { text: 'map(one => two(one))' });
		for (const [marked, rest] of [
			['map(one‸;', ' => two(one))'],
			['map(one => two(‸;', 'one))'],
			['map(one =‸;', '> two(one))'],
			['‸;', 'map(one => two(one))'],
		] as const) {
			assert.equal(memory.recall(at(marked))?.text, rest);
		}
	});

	it('drops the lines written in longest ago beyond its capacity', () => {
		const memory = new SuggestionMemory();
		const lines = Array.from({ length: 501 }, (_, index) => `x${index} = 1;\ny = ‸`);
		for (const line of lines) {
			memory.remember(at(line), { text: 'value' });
		}
		assert.deepEqual(
			lines.map(line => memory.recall(at(line)) !== undefined).flatMap((isKnown, index) => (isKnown ? [] : [index])),
			[0],
		);
	});

	it('keeps the newest of many answers in one line', () => {
		const memory = new SuggestionMemory();
		const places = Array.from({ length: 60 }, (_, index) => `x${index} = ‸`);
		for (const place of places) {
			memory.remember(at(place), { text: 'value' });
		}
		assert.equal(places.filter(place => memory.recall(at(place)) !== undefined).length, 50);
		assert.equal(memory.recall(at('x59 = ‸'))?.text, 'value');
	});
});
