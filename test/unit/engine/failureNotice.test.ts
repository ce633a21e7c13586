import assert from 'node:assert/strict';
import type { EngineState } from '../../../src/core/engine/engineState';
import { FailureNotices, remediesFor } from '../../../src/core/engine/failureNotice';

const failed = (reason: string): EngineState => ({ kind: 'failed', code: 'model-missing', reason });
const ready: EngineState = {
	kind: 'ready',
	model: { name: 'm', path: 'm', canComplete: true, canExplain: false, contextTokens: 1 },
};

describe('FailureNotices', () => {
	it('tells a failure once', () => {
		const notices = new FailureNotices();
		assert.equal(notices.next(failed('gone'))?.message, 'gone');
		assert.equal(notices.next(failed('gone')), undefined);
	});

	it('tells a different failure, and the same one again after the engine had worked', () => {
		const notices = new FailureNotices();
		notices.next(failed('gone'));
		assert.equal(notices.next(failed('broken'))?.message, 'broken');
		assert.equal(notices.next(ready), undefined);
		assert.equal(notices.next(failed('broken'))?.message, 'broken');
	});

	it('offers another model for what is wrong with the model, and a restart for the rest', () => {
		assert.ok(remediesFor('model-truncated').includes('use-bundled-model'));
		assert.deepEqual(remediesFor('engine-exited'), ['restart', 'show-log']);
	});
});
