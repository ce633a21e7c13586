import assert from 'node:assert/strict';
import { VirtualClock } from '../../../bench/clock/virtualClock';
import type { InfillAnswer, InfillRequest } from '../../../bench/rival/infill';
import { LlamaVscode } from '../../../bench/rival/llamaVscode';
import { ResultCache } from '../../../bench/rival/resultCache';
import { RingBuffer } from '../../../bench/rival/ringBuffer';
import { atCursor } from '../../support/cursor';

const never = new AbortController().signal;
const served = 1000;

/** A server that takes a second for each answer, and what was asked of it. */
class Rig {
	readonly clock = new VirtualClock();
	readonly asked: InfillRequest[] = [];
	readonly purposes: string[] = [];
	readonly policy: LlamaVscode;

	constructor(private readonly answer: (request: InfillRequest) => string) {
		this.policy = new LlamaVscode({
			clock: this.clock,
			random: () => 0,
			completions: 1,
			onAnswer: (_, purpose) => {
				this.purposes.push(purpose);
			},
			server: { infill: request => this.#infill(request) },
		});
	}

	get first(): InfillRequest {
		const [request] = this.asked;
		assert.ok(request !== undefined);
		return request;
	}

	/** Runs the clock while the editor asks at each of the times. @returns the texts shown and when. */
	async ask(...calls: readonly { at: number; text: string; signal?: AbortSignal }[]): Promise<readonly string[]> {
		const shown: string[] = [];
		for (const { at, text, signal = never } of calls) {
			this.clock.after(at, () => {
				void this.policy.complete({ path: 'a.ts', ...atCursor(text) }, signal).then(result => {
					shown.push(`${result?.text ?? '-'}@${this.clock.now()}`);
				});
			});
		}
		await this.clock.run();
		return shown;
	}

	async #infill(request: InfillRequest): Promise<InfillAnswer> {
		this.asked.push(request);
		await this.clock.sleep(served);
		return { contents: [this.answer(request)], evaluated: 1, generated: 1, promptTokens: 1 };
	}
}

describe('LlamaVscode', () => {
	it('sends the line apart from the lines around it', async () => {
		const rig = new Rig(() => '');
		await rig.ask({ at: 0, text: 'one\ntwo\n\tthr‸)\nfour\n' });
		const request = rig.first;
		assert.equal(request.input_prefix, 'one\ntwo\n');
		assert.equal(request.prompt, '\tthr');
		assert.equal(request.input_suffix, ')\nfour\n\n');
		assert.deepEqual([request.n_predict, request.t_max_predict_ms], [128, 500]);
	});

	it('sends 256 lines before and 64 after', async () => {
		const rig = new Rig(() => '');
		await rig.ask({ at: 0, text: `${'b\n'.repeat(300)}‸${'\na'.repeat(100)}` });
		assert.equal(rig.first.input_prefix, 'b\n'.repeat(256));
		assert.equal(rig.first.input_suffix, `\n${'a\n'.repeat(64)}`);
	});

	it('lets a second request wait for the first one, looking every 150 ms, and never takes one back', async () => {
		const rig = new Rig(({ prompt }) => (prompt.length < 3 ? `-${prompt.length}` : ''));
		const gone = AbortSignal.abort();
		const shown = await rig.ask({ at: 0, text: 'a‸', signal: gone }, { at: 110, text: 'ab‸' });
		// 110 + 6 * 150 = 1010: the first look after the first answer.
		assert.deepEqual(shown, ['-1@1000', '-2@2010']);
	});

	it('drops a request that waited and was cancelled meanwhile', async () => {
		const rig = new Rig(() => '');
		const cancel = new AbortController();
		rig.clock.after(300, () => {
			cancel.abort();
		});
		const shown = await rig.ask({ at: 0, text: 'a‸' }, { at: 100, text: 'ab‸', signal: cancel.signal });
		assert.deepEqual(shown, ['-@400', '-@1000']);
		assert.equal(rig.asked.length, 1);
	});

	it('asks ahead for what follows once the suggestion is accepted, and answers from that', async () => {
		const rig = new Rig(({ prompt }) => (prompt === 'a' ? 'bc' : prompt === 'abc' ? 'de' : ''));
		const shown = await rig.ask({ at: 0, text: 'a‸' }, { at: 3000, text: 'ab‸' }, { at: 3100, text: 'abc‸' });
		assert.deepEqual(shown, ['bc@1000', 'c@3000', 'de@3100']);
		assert.deepEqual(rig.purposes.slice(0, 2), ['completion', 'speculation']);
	});

	it('keeps the second line of an answer for when the first is accepted', async () => {
		const rig = new Rig(({ prompt }) => (prompt === 'a' ? 'b\nc' : ''));
		const shown = await rig.ask({ at: 0, text: 'x\na‸' }, { at: 3000, text: 'x\nab\n‸' });
		assert.equal(shown[1], 'c@3000');
	});

	it('does not ask where more than eight characters stand to the right', async () => {
		const rig = new Rig(() => 'x');
		assert.deepEqual(await rig.ask({ at: 0, text: 'a‸123456789' }), ['-@0']);
		assert.equal(rig.asked.length, 0);
	});

	it('moves one chunk a second into the ring while nobody types, and has the server read it', async () => {
		const rig = new Rig(() => '');
		const far = `${'line\n'.repeat(40)}‸${Array.from({ length: 200 }, (_, line) => `\n${line}`).join('')}`;
		const stop = new AbortController();
		rig.clock.after(20_000, () => {
			stop.abort();
		});
		void rig.policy.tick(stop.signal);
		await rig.ask({ at: 0, text: far });
		const [, ring] = rig.asked;
		assert.deepEqual(rig.purposes, ['completion', 'ring']);
		assert.deepEqual([ring?.n_predict, ring?.input_prefix, ring?.input_suffix], [0, '', '']);
		assert.equal(ring?.input_extra.length, 1);
	});
});

describe('ResultCache', () => {
	const key = (prompt: string): { prefix: string; suffix: string; prompt: string } => ({
		prefix: 'p',
		suffix: 's',
		prompt,
	});

	it('finds what was said earlier in the line where the typed text agrees', () => {
		const cache = new ResultCache();
		cache.put(key('a'), ['bcd', 'bx']);
		assert.deepEqual(cache.find(key('ab')), ['cd', 'x']);
		assert.deepEqual(cache.find(key('abc')), ['d']);
		assert.equal(cache.find(key('ay')), undefined);
		assert.equal(cache.find({ ...key('a'), suffix: 'other' }), undefined);
	});

	it('keeps 250 and drops the one that was not used longest', () => {
		const cache = new ResultCache();
		for (let index = 0; index < 250; index++) {
			cache.put(key(`${index}:`), ['x']);
		}
		assert.ok(cache.find(key('0:')) !== undefined);
		cache.put(key('new:'), ['x']);
		assert.ok(cache.find(key('0:')) !== undefined);
		assert.equal(cache.find(key('1:')), undefined);
	});
});

describe('RingBuffer', () => {
	const lines = (name: string, count: number): string[] => Array.from({ length: count }, (_, line) => `${name}${line}`);

	it('queues a chunk until it is moved on, and cuts long ones', () => {
		const ring = new RingBuffer(() => 0);
		ring.pick('a.ts', lines('a', 100));
		assert.equal(ring.chunks.length, 0);
		assert.ok(ring.advance());
		assert.equal(ring.chunks[0]?.text, `${lines('a', 32).join('\n')}\n`);
		assert.ok(!ring.advance());
	});

	it('drops the same, the short, and what a newer chunk nearly repeats', () => {
		const ring = new RingBuffer(() => 0);
		ring.pick('a.ts', lines('a', 2));
		ring.pick('a.ts', lines('a', 30));
		ring.pick('a.ts', lines('a', 30));
		ring.pick('a.ts', [...lines('a', 29), 'changed']);
		while (ring.advance());
		assert.deepEqual(
			ring.chunks.map(({ text }) => text.endsWith('changed\n')),
			[true],
		);
	});

	it('holds sixteen', () => {
		const ring = new RingBuffer(() => 0);
		for (let index = 0; index < 20; index++) {
			ring.pick('a.ts', lines(`${index}:`, 5));
			ring.advance();
		}
		assert.equal(ring.chunks.length, 16);
		assert.ok(ring.chunks[0]?.text.startsWith('4:0'));
	});
});
