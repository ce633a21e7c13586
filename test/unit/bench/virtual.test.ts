import assert from 'node:assert/strict';
import { VirtualClock } from '../../../bench/clock/virtualClock';
import { Typist, randomNumbers } from '../../../bench/traces/typist';
import { replay, type Moment } from '../../../bench/traces/trace';
import { VirtualEditor } from '../../../bench/virtual/editor';
import { machines, type Machine } from '../../../bench/virtual/machines';
import { Oracle } from '../../../bench/virtual/oracle';
import { countOurs, countRival } from '../../../bench/virtual/patientCounts';
import { replayOurs, replayRival, type Vocabulary } from '../../../bench/virtual/replayTrace';
import { infillPrompt, VirtualServer } from '../../../bench/virtual/virtualServer';
import { decode, fakeFormat, fakeTokenizer } from '../engine/fakeModel';

const format = { ...fakeFormat, order: 'prefix-suffix-middle', middle: 0xe004, bos: undefined } as const;
const vocabulary: Vocabulary = { format, repository: 0xe005, tokenizer: fakeTokenizer, decode };
const machine: Machine = { prefill: tokens => tokens, decode: completions => 10 * completions, roundTrip: 0 };

function typed(...steps: readonly string[]): readonly Moment[] {
	const typist = new Typist(
		'a.ts',
		`${'const above = 1;\n'.repeat(8)}\n\n${'const below = 2;\n'.repeat(20)}`,
		randomNumbers(5),
	);
	typist.jumpToLine(8);
	for (const step of steps) {
		typist.write(step);
	}
	return [...replay(typist.events)];
}

const moments = typed('const total = above + below;\nreturn total + above;');

describe('Oracle', () => {
	it('tells what is typed next as far as it knows the words, the same from wherever it looks', () => {
		const oracle = new Oracle(moments);
		const last = moments.at(-1)?.prefix ?? '';
		for (const [index, { prefix }] of moments.entries()) {
			const said = oracle.continuation(index).replace(/somethingElse$/, '');
			assert.ok(moments[index]?.event.kind === 'type' && prefix.endsWith('x') ? true : last.startsWith(prefix + said));
		}
	});

	it('goes on behind text that is taken for typed, where that agrees', () => {
		const oracle = new Oracle(moments);
		assert.equal(oracle.continuation(1, 'something that is never typed'), 'somethingElse');
		const said = oracle.continuation(0, 'const');
		assert.ok(said.startsWith(' '));
	});
});

describe('infillPrompt', () => {
	it('has what is typed in front of the text after the cursor, as llama-server lays it out', () => {
		const place = { input_prefix: 'p\n', input_suffix: ')\ns\n', prompt: 'ty' };
		const extra = [{ filename: 'b.ts', text: 'x' }];
		const request = { ...place, input_extra: extra, n_predict: 1, t_max_predict_ms: 1, n_cmpl: 1 };
		const marks: Readonly<Record<number, string>> = {
			0xe001: '<P>',
			0xe002: '<S>',
			0xe003: '<F>',
			0xe004: '<M>',
			0xe005: '<R>',
		};
		const text = infillPrompt(vocabulary, request).map(token => marks[token] ?? decode([token]));
		assert.equal(text.join(''), '<R>myproject\n<F>b.ts\nx<F>filename\n<P>p\nty<S>)\ns\n<M>');
	});
});

describe('VirtualServer', () => {
	const serve = async (...prompts: readonly string[]): Promise<readonly [number, number][]> => {
		const clock = new VirtualClock();
		const server = new VirtualServer({ ...vocabulary, continuation: () => 'abc' }, machine, clock);
		const done: [number, number][] = [];
		for (const prompt of prompts) {
			const place = { input_prefix: 'p\n', input_suffix: 'suffix', prompt, input_extra: [] };
			void server.infill({ ...place, n_predict: 2, t_max_predict_ms: 500, n_cmpl: 1 }).then(({ evaluated }) => {
				done.push([evaluated, clock.now()]);
			});
		}
		await clock.run();
		return done;
	};

	it('reads from the first difference on, one request after the other', async () => {
		const [first, second] = await serve('ab', 'abc');
		// Behind "ab": the new character, the mark and the text after the cursor, the middle mark.
		assert.equal(second?.[0], 1 + 1 + 'suffix'.length + 1);
		assert.equal(second[1], (first?.[1] ?? 0) + second[0] + 2 * 10);
	});

	it('evaluates the last token of a prompt that it holds already', async () => {
		const [, again] = await serve('ab', 'ab');
		assert.equal(again?.[0], 1);
	});
});

describe('counts of patient keys', () => {
	it('appends little with our layout, and the text after the cursor each time with the rival', async () => {
		const ours = await countOurs(vocabulary, moments);
		const rival = await countRival(vocabulary, moments);
		assert.ok(ours.perAppendedKey <= 3, `${ours.perAppendedKey}`);
		assert.ok(rival.perAppendedKey > 100, `${rival.perAppendedKey}`);
		assert.ok(ours.reuse > rival.reuse);
	});
});

describe('replay on a virtual machine', () => {
	it('is the same each time', async () => {
		assert.deepEqual(await replayOurs(vocabulary, machine, moments), await replayOurs(vocabulary, machine, moments));
		const one = { moments, completions: 1 };
		assert.deepEqual(await replayRival(vocabulary, machine, one), await replayRival(vocabulary, machine, one));
	});

	it('does less work and leaves fewer gaps than the rival on a slow machine', async () => {
		const ours = await replayOurs(vocabulary, machines['one core, 0.5B'], moments);
		const rival = await replayRival(vocabulary, machines['one core, 0.5B'], { moments, completions: 1 });
		assert.ok(ours.work.prefilled * 2 < rival.work.prefilled);
		assert.ok(ours.covered >= rival.covered);
	});

	it('takes longer for three completions than for one', async () => {
		const slow = machines['one core, 0.5B'];
		assert.ok(slow.decode(3) > slow.decode(1) && slow.decode(3) < 3 * slow.decode(1));
		assert.ok(slow.prefill(64) < 4 * slow.prefill(16));
		const [one, three] = await Promise.all(
			[1, 3].map(completions => replayRival(vocabulary, machine, { moments, completions })),
		);
		assert.ok((one?.work.requests ?? 0) >= (three?.work.requests ?? 0));
	});
});

describe('VirtualEditor', () => {
	const type = async (
		answers: readonly (string | undefined)[],
		remembered: readonly number[] = [],
	): Promise<VirtualEditor['report']> => {
		const clock = new VirtualClock();
		const events = ['a', 'b', 'c'].map((insert, at) => ({
			kind: 'type' as const,
			gap: 100,
			edit: { at, remove: 0, insert },
			cursor: at + 1,
		}));
		const keys = [...replay([{ kind: 'open', file: 'a.ts', text: '' }, ...events])];
		const editor = new VirtualEditor(clock, async index => {
			await clock.sleep(20);
			const text = answers[index];
			return text === undefined ? undefined : { text, isRemembered: remembered.includes(index) };
		});
		editor.schedule(keys);
		await clock.run();
		return editor.report;
	};

	it('keeps what agrees with the key, and counts it', async () => {
		const report = await type(['bcd', 'cd', 'd']);
		assert.deepEqual(report.latencies, [70]);
		assert.deepEqual([report.covered, report.agreed, report.continued, report.flickers], [2, 2, 2, 0]);
	});

	it('tells how many keys that typed what is shown were answered from memory', async () => {
		const answers = ['bcd', 'cd', 'd'];
		assert.equal((await type(answers, [1])).continuedFromMemory, 1);
		const typedWhole = await type(['b', 'c', undefined], [1, 2]);
		assert.deepEqual([typedWhole.continued, typedWhole.continuedFromMemory], [0, 0]);
	});

	it('counts a ghost text that gives way without a key', async () => {
		assert.equal((await type(['bcd', 'xy', undefined])).flickers, 1);
	});

	it('shows nothing that comes after the next key', async () => {
		const clock = new VirtualClock();
		const editor = new VirtualEditor(clock, async () => {
			await clock.sleep(1000);
			return { text: 'late', isRemembered: false };
		});
		editor.schedule(moments.slice(0, 3));
		await clock.run();
		assert.equal(editor.report.covered, 0);
	});
});
