import assert from 'node:assert/strict';
import { filters, postprocess } from '../../../src/core/postprocess/pipeline';
import { atCursor } from '../../support/cursor';

describe('the pipeline', () => {
	it('has the text after each filter that changed it', () => {
		const context = { ...atCursor('print( ‸)'), languageId: 'typescript' };
		const { steps, shown } = postprocess({ text: '  a, b)\r\n', replaceAfter: 0 }, context);
		assert.deepEqual(
			steps.map(({ name, after }) => [name, after?.text]),
			[
				['normaliseLineEnds', '  a, b)\n'],
				['matchIndent', 'a, b)\n'],
				['trimTrailingSpace', 'a, b)'],
				['overlapRestOfLine', 'a, b'],
			],
		);
		assert.equal(shown?.text, 'a, b');
	});

	it('ends with the filter that dropped it', () => {
		const context = { ...atCursor('foo(a‸);'), languageId: 'typescript' };
		const { steps, shown } = postprocess({ text: ');', replaceAfter: 0 }, context);
		assert.equal(shown, undefined);
		assert.deepEqual([steps.at(-1)?.name, steps.at(-1)?.after], ['dropTrivial', undefined]);
	});

	it('runs the filters that it is given', () => {
		const context = { ...atCursor('a‸'), languageId: 'typescript' };
		const fewer = filters.filter(({ name }) => name !== 'trimTrailingSpace');
		assert.equal(postprocess({ text: 'b  ', replaceAfter: 0 }, context, fewer).shown?.text, 'b  ');
	});

	it('says of each filter what it does, as the rest of a sentence', () => {
		for (const { does } of filters) {
			assert.match(does, /^[a-z][^.]+[^. ]$/);
		}
		assert.equal(new Set(filters.map(({ name }) => name)).size, filters.length);
	});
});
