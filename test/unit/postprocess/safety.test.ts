import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isSubsequence } from '../../../src/core/postprocess/keepUserText';
import { filters, postprocess } from '../../../src/core/postprocess/pipeline';
import { lineSuffix } from '../../../src/core/text/documentSnapshot';
import { echo, situation } from './situations';

describe('the pipeline, whatever the model says', () => {
	it('never deletes a character of the user, nor reaches over the end of the line', () => {
		fc.assert(
			fc.property(fc.oneof(situation, echo), one => {
				const { shown } = postprocess({ text: one.text, replaceAfter: one.replaceAfter }, one);
				if (shown === undefined) {
					return;
				}
				const replaced = one.suffix.slice(0, shown.replaceAfter);
				assert.ok(shown.replaceAfter >= 0 && shown.replaceAfter <= lineSuffix(one).length);
				assert.ok(!replaced.includes('\n'));
				assert.ok(isSubsequence(replaced, shown.text));
			}),
			{ numRuns: 3000 },
		);
	});

	it('shows something that can be seen, with LF line ends and no white space at its end', () => {
		fc.assert(
			fc.property(fc.oneof(situation, echo), one => {
				const { shown } = postprocess({ text: one.text, replaceAfter: 0 }, one);
				const text = shown?.text ?? 'x';
				// The text right of the cursor is the user's to keep, visible or not.
				const added = Array.from(text)
					.filter(character => !one.suffix.includes(character))
					.join('');
				assert.notEqual(text.trim(), '');
				assert.equal(text, text.trimEnd());
				assert.doesNotMatch(added, /[\r\u0000-\u0008\u202a-\u202e\u2066-\u2069\u200b\ufeff]/);
				assert.ok(!/\p{Surrogate}/u.test(text) || /\p{Surrogate}/u.test(one.suffix));
			}),
			{ numRuns: 1000 },
		);
	});

	it('does not split a character of two units where another begins alike', () => {
		const context = { prefix: '', suffix: ')👩‍💻', languageId: 'typescript' };
		const { shown } = postprocess({ text: ')!🐀', replaceAfter: 0 }, context);
		assert.doesNotMatch(shown?.text ?? '', /\p{Surrogate}/u);
	});

	it('names filters of the list, the last one where it shows nothing', () => {
		const names = filters.map(({ name }) => name);
		fc.assert(
			fc.property(situation, one => {
				const { shown, steps } = postprocess({ text: one.text, replaceAfter: 0 }, one);
				const fired = steps.map(({ name }) => name);
				assert.deepEqual(
					fired.filter(name => !names.includes(name)),
					[],
				);
				assert.ok(shown !== undefined || fired.length > 0);
			}),
		);
	});

	it('takes a text and a document of a million characters', () => {
		const line = 'ab("'.repeat(250_000);
		const context = { prefix: line, suffix: `${line}\n${line}`, languageId: 'typescript' };
		assert.equal(postprocess({ text: 'x', replaceAfter: 0 }, context).shown?.text, 'x');
	});

	it('drops an item that would delete text of the user', () => {
		const keep = filters.find(({ name }) => name === 'keepUserText')?.filter;
		const context = { prefix: 'f(', suffix: 'a);', languageId: 'typescript' };
		assert.equal(keep?.({ text: 'b)', replaceAfter: 3 }, context), undefined);
		assert.deepEqual(keep?.({ text: 'a, b);', replaceAfter: 3 }, context), { text: 'a, b);', replaceAfter: 3 });
	});
});
