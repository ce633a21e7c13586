import assert from 'node:assert/strict';
import { AcceptanceTracker, type InsertedText } from '../../../src/core/completion/acceptance';
import { countStats, noStats, type StatsEvent } from '../../../src/core/stats/completionStats';

const uri = 'file:///a.ts';
function insert(character: number, text: string, more: Partial<InsertedText> = {}): InsertedText {
	return { uri, line: 3, character, replacedLength: 0, text, ...more };
}

function tracked(): { tracker: AcceptanceTracker; events: StatsEvent[] } {
	const events: StatsEvent[] = [];
	const tracker = new AcceptanceTracker(event => events.push(event));
	tracker.offer({ id: 7, uri, line: 3, character: 4, text: 'foo(bar)' });
	return { tracker, events };
}

describe('AcceptanceTracker', () => {
	it('counts a full accept by the command of the item, whose insertion comes first', () => {
		const { tracker, events } = tracked();
		tracker.changed(insert(4, 'foo(bar)'));
		tracker.accepted(7);
		assert.deepEqual(events, [{ kind: 'accepted', characters: 8 }]);
	});

	it('infers an accepted word, and then the rest', () => {
		const { tracker, events } = tracked();
		tracker.changed(insert(4, 'foo'));
		tracker.changed(insert(7, '(bar)'));
		tracker.accepted(7);
		assert.deepEqual(events, [
			{ kind: 'partly-accepted', characters: 3 },
			{ kind: 'accepted', characters: 5 },
		]);
	});

	it('does not take typing for accepting', () => {
		const { tracker, events } = tracked();
		for (const [index, character] of Array.from('foo').entries()) {
			tracker.changed(insert(4 + index, character));
		}
		assert.deepEqual(events, []);
	});

	it('follows an accepted line to the next line', () => {
		const events: StatsEvent[] = [];
		const tracker = new AcceptanceTracker(event => events.push(event));
		tracker.offer({ id: 1, uri, line: 3, character: 4, text: 'a {\n\tb();\n}' });
		tracker.changed(insert(4, 'a {\n'));
		tracker.changed(insert(0, '\tb();', { line: 4 }));
		assert.deepEqual(events, [
			{ kind: 'partly-accepted', characters: 4 },
			{ kind: 'partly-accepted', characters: 5 },
		]);
	});

	for (const [name, change] of [
		['other text', insert(4, 'xyz')],
		['another place', insert(9, 'foo')],
		['a replacement', insert(4, 'foo', { replacedLength: 2 })],
	] as const) {
		it(`gives the suggestion up at an insertion of ${name}`, () => {
			const { tracker, events } = tracked();
			tracker.changed(change);
			tracker.changed(insert(4, 'foo'));
			tracker.accepted(7);
			assert.deepEqual(events, []);
		});
	}

	it('does not mind changes of other documents, nor the command of an older item', () => {
		const { tracker, events } = tracked();
		tracker.changed(insert(0, 'zzz', { uri: 'file:///b.ts' }));
		tracker.accepted(6);
		tracker.accepted(7);
		assert.deepEqual(events, [{ kind: 'accepted', characters: 8 }]);
	});
});

describe('countStats', () => {
	it('adds up what happened', () => {
		const events: readonly StatsEvent[] = [
			{ kind: 'shown', source: 'model', latencyMs: 40 },
			{ kind: 'shown', source: 'memory' },
			{ kind: 'partly-accepted', characters: 3 },
			{ kind: 'accepted', characters: 5 },
		];
		assert.deepEqual(events.reduce(countStats, noStats), {
			shown: 2,
			accepted: 1,
			partlyAccepted: 1,
			acceptedCharacters: 8,
			fromMemory: 1,
			fromModel: 1,
			lastLatencyMs: 40,
		});
	});
});
