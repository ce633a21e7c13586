import assert from 'node:assert/strict';
import {
	crashBudget,
	reduceEngine,
	unstarted,
	type EngineEvent,
	type EngineState,
	type LoadedModel,
} from '../../../src/core/engine/engineState';

const model: LoadedModel = { name: 'm', path: '/m.gguf', canComplete: true, canExplain: false, contextTokens: 1024 };
const start: EngineEvent = { kind: 'start-requested' };
const loaded: EngineEvent = { kind: 'model-loaded', model };
const crashAt = (at: number): EngineEvent => ({ kind: 'process-ended', reason: 'signal SIGKILL', at });

function states(events: readonly EngineEvent[]): EngineState[] {
	let life = unstarted;
	return events.map(event => {
		life = reduceEngine(life, event);
		return life.state;
	});
}
const kinds = (events: readonly EngineEvent[]): string[] => states(events).map(({ kind }) => kind);

describe('the life of the engine', () => {
	it('goes from stopped through starting to ready', () => {
		assert.deepEqual(kinds([start, loaded]), ['starting', 'ready']);
	});

	it('restarts after a crash, each time after a longer delay, and gives up when the budget is spent', () => {
		const events = [start, crashAt(0), start, crashAt(1), start, crashAt(2), start, crashAt(3), start];
		assert.deepEqual(
			states(events).map(state => (state.kind === 'restarting' ? state.delayMs : state.kind)),
			['starting', 250, 'starting', 1000, 'starting', 4000, 'starting', 'failed', 'failed'],
		);
	});

	it('forgets crashes that are older than the window', () => {
		const later = crashBudget.windowMs + 1;
		const events = [start, crashAt(0), start, crashAt(1), start, crashAt(2), start, crashAt(later)];
		assert.equal(states(events).at(-1)?.kind, 'restarting');
	});

	it('names the way forward when it gives up', () => {
		const events = [start, crashAt(0), start, crashAt(1), start, crashAt(2), start, crashAt(3)];
		const last = states(events).at(-1);
		assert.equal(last?.kind, 'failed');
		assert.match(last.reason, /Restart it from the Sotto menu/);
	});

	it('does not restart for a model that it refused', () => {
		const refused: EngineEvent = { kind: 'model-refused', code: 'model-missing', reason: 'gone' };
		assert.deepEqual(kinds([start, refused, crashAt(0), start]), ['starting', 'failed', 'failed', 'failed']);
	});

	it('starts afresh after a stop', () => {
		const refused: EngineEvent = { kind: 'model-refused', code: 'model-missing', reason: 'gone' };
		assert.deepEqual(kinds([start, refused, { kind: 'stop-requested' }, start]), [
			'starting',
			'failed',
			'stopped',
			'starting',
		]);
	});

	it('takes no notice of a model that arrives after a stop', () => {
		assert.deepEqual(kinds([start, { kind: 'stop-requested' }, loaded]), ['starting', 'stopped', 'stopped']);
	});
});
