import assert from 'node:assert/strict';
import { OutcomeLog } from '../../../src/core/inspect/outcomeLog';
import { answerOf, recordedBy, recordOf, requestAt, serviceSaying } from './records';

const silence = { kind: 'silence', stage: 'place', reason: 'empty-file' } as const;

describe('OutcomeLog', () => {
	it('keeps the last twenty, newest first', () => {
		const log = new OutcomeLog();
		for (let at = 0; at < 25; at++) {
			log.add(recordOf(requestAt('a‸'), silence, { at }));
		}
		assert.deepEqual([log.records.length, log.records[0]?.at, log.records.at(-1)?.at], [20, 24, 5]);
	});

	it('finds the newest about a document, and else the newest of all', () => {
		const log = new OutcomeLog();
		const other = { ...requestAt('b‸').document, uri: 'file:///b.ts' };
		log.add(recordOf(requestAt('a‸'), silence, { at: 1 }));
		log.add(recordOf(requestAt('b‸', { document: other }), silence, { at: 2 }));
		assert.deepEqual(
			['file:///a.ts', 'file:///c.ts', undefined].map(uri => log.last(uri)?.at),
			[1, 2, 2],
		);
		assert.equal(new OutcomeLog().last(undefined), undefined);
	});

	it('keeps no text of a private document', () => {
		const log = new OutcomeLog();
		log.add(recordOf(requestAt('pass‸word', { isPrivate: true }), silence));
		const request = log.last(undefined)?.request;
		assert.deepEqual([request?.document.prefix, request?.document.suffix], ['', '']);
	});

	it('finds where the model said what was remembered', async () => {
		const log = new OutcomeLog();
		const service = serviceSaying(answerOf('sole.log(x);'));
		log.add(await recordedBy(service, requestAt('con‸\n'), { at: 1 }));
		log.add(recordOf(requestAt('else‸'), silence, { at: 2 }));
		const remembered = await recordedBy(service, requestAt('conso‸\n'), { at: 3 });
		log.add(remembered);
		assert.equal(log.originOf(remembered)?.at, 1);
	});

	it('finds none for what the model was asked, for silence, and for what is no longer kept', async () => {
		const log = new OutcomeLog();
		const service = serviceSaying(answerOf('sole.log(x);'));
		const asked = await recordedBy(service, requestAt('con‸\n'));
		const remembered = await recordedBy(service, requestAt('cons‸\n'));
		const failure = recordOf(requestAt('a‸'), { kind: 'failure', message: 'gone' });
		for (const record of [asked, remembered, failure, recordOf(requestAt('a‸'), silence)]) {
			assert.equal(log.originOf(record), undefined);
		}
	});
});
