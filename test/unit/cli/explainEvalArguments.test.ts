import assert from 'node:assert/strict';
import { UsageError } from '../../../src/node/cli/arguments';
import { parseExplainEval } from '../../../src/node/cli/explainEvalCommand';

describe('parseExplainEval', () => {
	it('reads what was asked', () => {
		const asked = parseExplainEval(['--data', 'd', '--functions', '2', '--wording', 'short', '--candidates', '8']);
		assert.deepEqual(asked, {
			data: 'd',
			model: undefined,
			out: undefined,
			functions: 2,
			wording: 'short',
			candidates: 8,
		});
	});

	for (const args of [
		[],
		['--data', 'd', '--functions', '0'],
		['--data', 'd', '--candidates', '33'],
		['--data', 'd', '--wording', 'toString'],
		['--data', 'd', '--other'],
	]) {
		it(`says how to ask instead of ${JSON.stringify(args)}`, () => {
			assert.throws(() => parseExplainEval(args), UsageError);
		});
	}
});
