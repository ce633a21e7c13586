import assert from 'node:assert/strict';
import type { NextToken } from '../../../src/engine/engineModel';
import { CommentExplainer } from '../../../src/engine/commentExplainer';
import type { CommentParams } from '../../../src/protocol/engineContract';
import { FakeModel, FakeSequence, fakeTokenizer } from './fakeModel';

const code = 'f(a) {\n\treturn a;\n}';
const asked: CommentParams = { requestId: 1, code, marker: '# ', lead: 'It', candidates: 2, maxTokens: 30 };

/** Writes the given sentences one after the other, and finds code likely below those that hold `truth`. */
class ScriptedSequence extends FakeSequence {
	#texts: string[];
	#tops: NextToken[][] = [];

	constructor(sentences: readonly string[], capacity = 400) {
		super(capacity);
		this.#texts = [...sentences];
	}

	override async evaluateTop(token: number): Promise<readonly NextToken[]> {
		const isStart = String.fromCodePoint(...this.held, token).endsWith('# It');
		if (isStart) {
			this.#tops = Array.from(this.#texts.shift() ?? '', character => [
				{ token: character.codePointAt(0), probability: 1 },
			]);
		}
		await this.evaluate([token]);
		return this.#tops.shift() ?? [{ token: undefined, probability: 1 }];
	}

	override async evaluateAmong(
		wanted: Parameters<FakeSequence['evaluateAmong']>[0],
	): Promise<readonly (readonly NextToken[])[]> {
		const probability = String.fromCodePoint(...this.held, wanted[0]?.token ?? 0).includes('truth') ? 0.5 : 0.1;
		await this.evaluate(wanted.map(({ token }) => token));
		return wanted.map(({ others }) => [{ token: others[0], probability }]);
	}
}

function setUp(sentences: readonly string[], capacity?: number) {
	const sequence = new ScriptedSequence(sentences, capacity);
	const explainer = new CommentExplainer({
		model: new FakeModel(),
		tokenizer: fakeTokenizer,
		sequence,
		bos: undefined,
	});
	const told: string[] = [];
	const run = (changes: Partial<CommentParams> = {}, turn: () => Promise<void> = () => Promise.resolve()) =>
		explainer.run({ ...asked, ...changes }, turn, text => told.push(text));
	return { sequence, run, told };
}

describe('CommentExplainer', () => {
	it('takes the sentence below which the code is likelier', async () => {
		const { run } = setUp([' lies here.\n\n', ' says truth.\n\n']);
		const result = await run();
		assert.equal(result.text, ' says truth.');
		const gains = result.candidates?.map(({ text, gain }) => [text, Math.round(gain * 100) / 100]);
		assert.deepEqual(gains, [
			[' lies here.', 0],
			[' says truth.', Math.round(Math.log(5) * 100) / 100],
		]);
	});

	it('streams the first sentence, and no more than it', async () => {
		const { run, told } = setUp([' lies\n# here. More', ' says truth. More']);
		await run();
		assert.equal(told.join(''), ' lies here.');
	});

	it('leaves out what repeats itself, what has no end, and what was said before', async () => {
		const { run } = setUp([' and so on'.repeat(10), ' never ends '.padEnd(60, 'abcdefg '), ' adds.\n\n', ' adds.\n\n']);
		const result = await run({ candidates: 4, maxTokens: 50 });
		assert.deepEqual(
			result.candidates?.map(({ text }) => text),
			[' adds.'],
		);
	});

	it('has nothing to say where nothing came', async () => {
		const result = await setUp(['', '']).run();
		assert.deepEqual([result.text, result.candidates], ['', []]);
	});

	it('waits for its turn before each step, none of which is long', async () => {
		const { run, sequence } = setUp([' one.\n\n', ' two.\n\n']);
		let turns = 0;
		await run({ code: 'x = 1\n'.repeat(20) }, () => {
			turns++;
			return Promise.resolve();
		});
		assert.ok(turns >= sequence.slices.length);
		assert.ok(Math.max(...sequence.slices) <= 8);
	});

	it('ends when its turn is refused, and can be asked again', async () => {
		const { run, told } = setUp([' first one.\n\n', ' truth.\n\n', ' third.\n\n']);
		const refuse = (): Promise<void> =>
			told.length < 2 ? Promise.resolve() : Promise.reject(new DOMException('stop', 'AbortError'));
		await assert.rejects(run({}, refuse), { name: 'AbortError' });
		assert.equal((await run()).text, ' truth.');
	});

	it('cuts code that is too long for it', async () => {
		const result = await setUp([' adds.\n\n'], 100).run({ code: 'x = 1\n'.repeat(1000), candidates: 1 });
		assert.equal(result.text, ' adds.');
		assert.ok(result.promptTokens <= 70);
	});

	it('is not asked for a chat', async () => {
		const { sequence } = setUp([]);
		const explainer = new CommentExplainer({ model: new FakeModel(), tokenizer: fakeTokenizer, sequence, bos: 1 });
		const chat = { requestId: 1, messages: [{ role: 'user' as const, content: 'why?' }], maxTokens: 5 };
		await assert.rejects(
			explainer.run(
				chat,
				() => Promise.resolve(),
				() => undefined,
			),
			{ code: 'model-cannot-explain' },
		);
	});
});
