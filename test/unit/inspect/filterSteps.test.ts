import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { filterSteps } from '../../../src/core/inspect/filterSteps';
import { stageOf } from '../../../src/core/inspect/stage';
import { postprocess } from '../../../src/core/postprocess/pipeline';
import { defaultSettings } from '../../../src/core/settings/settings';
import { atCursor } from '../../support/cursor';
import { answerOf, recordedBy, recordOf, requestAt, serviceSaying } from './records';

const code = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\t', '(', ')', '{', '}', '"', ';', '\r\n', '\u200b') });

describe('filterSteps', () => {
	it('has the text after each filter that changed it', () => {
		const { steps, shown } = filterSteps('  a, b)\r\n', { ...atCursor('print( ‸)'), languageId: 'typescript' });
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
		const { steps, shown } = filterSteps(');', { ...atCursor('foo(a‸);'), languageId: 'typescript' });
		assert.equal(shown, undefined);
		assert.deepEqual(steps.at(-1), { name: 'dropTrivial', after: undefined });
	});

	it('does what the pipeline does, whatever the text', () => {
		fc.assert(
			fc.property(code, code, code, (says, prefix, suffix) => {
				const context = { prefix, suffix, languageId: 'typescript' };
				const { steps, shown } = filterSteps(says, context);
				const expected = postprocess({ text: says, replaceAfter: 0 }, context);
				assert.deepEqual({ shown, fired: steps.map(({ name }) => name) }, expected);
			}),
		);
	});
});

describe('stageOf', () => {
	const off = { settings: { ...defaultSettings, enabled: false } };
	const cases = [
		{ stage: 'shown', request: requestAt('con‸\n'), says: answerOf('sole.log(x);') },
		{ stage: 'off', request: requestAt('con‸\n', off), says: answerOf('x') },
		{ stage: 'place', request: requestAt('con‸text\n'), says: answerOf('x') },
		{ stage: 'gate', request: requestAt('con‸\n'), says: answerOf('sole', [0.01]) },
		{ stage: 'filters', request: requestAt('a();‸\n'), says: answerOf('\u200b') },
	];
	for (const { stage, request, says } of cases) {
		it(`tells how far a request came: ${stage}`, async () => {
			assert.equal(stageOf(await recordedBy(serviceSaying(says), request)), stage);
		});
	}

	it('tells what was passed over, and what the engine failed at', async () => {
		const service = serviceSaying(answerOf('sole.log(x);'));
		await recordedBy(service, requestAt('con‸\n'));
		await recordedBy(service, requestAt('context‸\n'));
		assert.equal(stageOf(await recordedBy(service, requestAt('con‸\n'))), 'passedOver');
		assert.equal(stageOf(recordOf(requestAt('a‸'), { kind: 'failure', message: 'gone' })), 'failure');
	});
});
