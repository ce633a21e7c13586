import assert from 'node:assert/strict';
import { chooseSentence } from '../../../../src/core/explain/sentence/chooseSentence';
import { saysItsName } from '../../../../src/core/explain/sentence/saysItsName';
import { sampleEvidence } from '../../../support/evidence';

describe('saysItsName', () => {
	const cases: readonly (readonly [boolean, string, string])[] = [
		[true, 'the function stopHeartbeat', ' will stop the heartbeat timer.'],
		[true, 'the function getLeafSchemaPaths', ' returns the path of each leaf of a schema.'],
		[true, 'the function StartThinking', ' begins to think and starts a session.'],
		[true, 'the function client_config_from_file', ' reads a file of client configurations.'],
		[true, 'the class HTTPHandler', ' handles HTTP requests.'],
		[true, 'the code', ' adds numbers.'],
		[true, 'the function ok', ' tells whether the status is good.'],
		[false, 'the function abutsEnd', ' returns true if both sides are equal.'],
		[false, 'the function markFieldAsClean', ' will delete all the fields that are not a PDFField.'],
		[false, 'the function getWeekendWeekdays', ' returns a list of the weekdays of the locale.'],
		[false, 'the function stop', ' restarts and unstops the timer.'],
	];
	for (const [expected, subject, sentence] of cases) {
		it(`is ${String(expected)} of “${subject}${sentence}”`, () => {
			assert.equal(saysItsName(sentence, subject), expected);
		});
	}

	it('decides which sentence is shown, whatever it makes likelier', () => {
		const candidates = [
			{ text: ' returns the number of items.', gain: 3 },
			{ text: ' returns the total of the items.', gain: 1 },
		];
		const chosen = chooseSentence(candidates, sampleEvidence(), 'the function total');
		assert.equal(chosen, 'The function total returns the total of the items.');
		assert.equal(chooseSentence(candidates.slice(0, 1), sampleEvidence(), 'the function total'), undefined);
	});
});
