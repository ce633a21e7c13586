import assert from 'node:assert/strict';
import { stageOf } from '../../../src/core/inspect/stage';
import { defaultSettings } from '../../../src/core/settings/settings';
import { answerOf, recordedBy, recordOf, requestAt, serviceSaying } from './records';

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
