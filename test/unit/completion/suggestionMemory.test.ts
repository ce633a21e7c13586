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

	it('drops the oldest answers beyond its capacity', () => {
		const memory = new SuggestionMemory();
		for (let index = 0; index <= 100; index++) {
			memory.remember(at(`x${index} = ‸`), { text: 'value' });
		}
		assert.equal(memory.recall(at('x0 = ‸'))?.text, undefined);
		assert.equal(memory.recall(at('x1 = ‸'))?.text, 'value');
	});
});
