import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ThreadGovernor } from '../../../src/core/engine/threadGovernor';

/** A governor with a clock: work of 10 ms at pace, one piece after the other. */
class Trial {
	readonly governor: ThreadGovernor;
	now = 0;

	constructor(private readonly most: number) {
		this.governor = new ThreadGovernor(most);
	}

	/** Pieces of work, each so many times as long as with the present threads and nobody else. */
	work(slowness: number, pieces = 1): number {
		for (let piece = 0; piece < pieces; piece++) {
			const took = ((10 * this.most) / this.governor.threads) * slowness;
			this.now += took;
			this.governor.observe({ atPace: 10, took, now: this.now });
		}
		return this.governor.threads;
	}

	/** Works calmly for so long. */
	calm(milliseconds: number): number {
		for (const end = this.now + milliseconds; this.now < end;) {
			this.work(1);
		}
		return this.governor.threads;
	}
}

describe('ThreadGovernor', () => {
	it('begins with all threads and keeps them at the pace of the start', () => {
		assert.equal(new Trial(7).work(1.1, 1000), 7);
	});

	it('takes threads away when work takes twice as long, down to one', () => {
		const trial = new Trial(7);
		assert.equal(trial.work(2.2, 4), 3);
		assert.equal(trial.work(2.2, 4), 1);
		assert.equal(trial.work(50, 100), 1);
	});

	it('needs two very slow pieces of work: one may be a machine that slept', () => {
		const trial = new Trial(4);
		assert.equal(trial.work(1e6), 4);
		assert.equal(trial.work(1, 20), 4);
		assert.equal(trial.work(50, 2), 2);
	});

	it('leaves the threads as they are between busy and calm', () => {
		const trial = new Trial(8);
		trial.work(5, 3);
		assert.equal(trial.governor.threads, 4);
		assert.equal(trial.work(1.5, 10_000), 4);
	});

	it('gives threads back after ten seconds of calm, a step at a time, never more than there were', () => {
		const trial = new Trial(7);
		trial.work(5, 4);
		assert.equal(trial.governor.threads, 1);
		assert.equal(trial.calm(9900), 1);
		assert.equal(trial.calm(200), 2);
		assert.equal(trial.calm(10_100), 4);
		assert.equal(trial.calm(10_100), 7);
		assert.equal(trial.calm(100_000), 7);
	});

	it('counts calm from the last sign of a busy machine', () => {
		const trial = new Trial(2);
		trial.work(5, 2);
		trial.calm(9000);
		trial.work(2.5);
		assert.equal(trial.calm(9000), 1);
		assert.equal(trial.calm(1200), 2);
	});

	it('tries again after twice as long when that was too early, and soon after it went well', () => {
		const trial = new Trial(2);
		for (const wait of [10_000, 20_000, 40_000, 80_000, 160_000, 160_000]) {
			trial.work(5, 2);
			assert.equal(trial.calm(wait - 100), 1);
			assert.equal(trial.calm(200), 2);
		}
		trial.calm(200_000);
		trial.work(5, 2);
		assert.equal(trial.governor.threads, 1);
		assert.equal(trial.calm(10_100), 2);
	});

	it('knows of nothing against more threads after a rest', () => {
		const trial = new Trial(4);
		trial.work(5, 2);
		trial.now += 60_000;
		assert.equal(trial.work(1), 4);
	});

	it('ignores work that the clock was too coarse for', () => {
		const governor = new ThreadGovernor(4);
		assert.equal(governor.observe({ atPace: 0, took: 1000, now: 1 }), false);
		assert.equal(governor.threads, 4);
	});

	it('stays between one and what is allowed, and says so when it changes, whatever the work takes', () => {
		const work = fc.record({ atPace: fc.nat(50), took: fc.nat(5000), pause: fc.nat(20_000) });
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 64 }), fc.array(work, { maxLength: 200 }), (most, pieces) => {
				const governor = new ThreadGovernor(most);
				let now = 0;
				for (const { atPace, took, pause } of pieces) {
					const { threads } = governor;
					now += pause + took;
					assert.equal(governor.observe({ atPace, took, now }), governor.threads !== threads);
					assert.ok(governor.threads >= 1 && governor.threads <= most && Number.isInteger(governor.threads));
				}
			}),
		);
	});
});
