import assert from 'node:assert/strict';
import { isTyping, type Cursors, type DocumentChange } from '../../../src/core/completion/anticipation';
import { RestWatch, rests } from '../../../src/core/completion/restWatch';

const key: DocumentChange = { places: 1, inserted: 1, isUndoOrRedo: false };
const one: Cursors = { count: 1, isSelection: false };

describe('isTyping', () => {
	const cases: readonly { name: string; change?: Partial<DocumentChange>; cursors?: Partial<Cursors>; is: boolean }[] =
		[
			{ name: 'a key', is: true },
			{ name: 'a character taken back', change: { inserted: 0 }, is: true },
			{ name: 'a suggestion accepted', change: { inserted: 200 }, is: true },
			{ name: '5 000 lines pasted', change: { inserted: 150_000 }, is: false },
			{ name: 'undo', change: { isUndoOrRedo: true }, is: false },
			{ name: 'a renaming in several places', change: { places: 3 }, is: false },
			{ name: 'two cursors', cursors: { count: 2 }, is: false },
			{ name: 'a selection', cursors: { isSelection: true }, is: false },
		];
	for (const { name, change, cursors, is } of cases) {
		it(`${is ? 'knows' : 'does not take for it'}: ${name}`, () => {
			assert.equal(isTyping({ ...key, ...change }, { ...one, ...cursors }), is);
		});
	}
});

describe('RestWatch', () => {
	function setUp() {
		let timers: { at: number; callback: () => void }[] = [];
		let now = 0;
		const told: string[] = [];
		const watch = new RestWatch(
			(milliseconds, callback) => {
				const timer = { at: now + milliseconds, callback };
				timers.push(timer);
				return {
					dispose: () => {
						timers = timers.filter(other => other !== timer);
					},
				};
			},
			rest => told.push(rest),
		);
		const pass = (milliseconds: number): void => {
			now += milliseconds;
			const due = timers.filter(({ at }) => at <= now);
			timers = timers.filter(({ at }) => at > now);
			for (const { callback } of due) {
				callback();
			}
		};
		return { watch, told, pass, waiting: () => timers.length };
	}

	it('tells of a short rest and of a long one, and then nothing more', () => {
		const { watch, told, pass, waiting } = setUp();
		watch.moved();
		pass(rests.settle);
		assert.deepEqual(told, ['settle']);
		pass(rests.refresh);
		pass(1_000_000);
		assert.deepEqual([told, waiting()], [['settle', 'refresh'], 0]);
	});

	it('says nothing while the user is at work', () => {
		const { watch, told, pass, waiting } = setUp();
		for (let keys = 0; keys < 100; keys++) {
			watch.moved();
			pass(rests.settle - 1);
		}
		assert.deepEqual([told, waiting()], [[], 2]);
	});

	it('says nothing when the user has gone', () => {
		const { watch, told, pass, waiting } = setUp();
		watch.moved();
		watch.dispose();
		pass(rests.refresh);
		assert.deepEqual([told, waiting()], [[], 0]);
	});
});
