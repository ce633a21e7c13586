import assert from 'node:assert/strict';
import { OpenTexts } from '../../../src/core/prior/openTexts';
import { Completer } from '../../../src/engine/completer';
import type { CompletionParams } from '../../../src/protocol/engineContract';
import { answerOf, decode, encode, fakeFormat, FakeSequence, fakeTokenizer } from './fakeModel';

const params: CompletionParams = {
	requestId: 1,
	path: 'a.ts',
	languageId: 'typescript',
	prefix: 'do;\nsend(',
	suffix: '',
	pieces: [],
	extent: 'line',
	maxTokens: 20,
	probabilityFloor: 0,
};
const trust = { base: -2.65, perDoubling: 0.32, perShare: 2.81 };

/** A model that wants to write `answer`, beside a file that says something else. */
async function setUp(answer: string, file: string, probability = 0.3) {
	const sequence = new FakeSequence();
	sequence.answer = answerOf(answer, probability);
	const texts = new OpenTexts();
	await texts.add({ id: 'b', path: 'b.ts', text: file }, () => Promise.resolve());
	const completer = new Completer({
		format: fakeFormat,
		tokenizer: fakeTokenizer,
		decode,
		sequence,
		prior: { texts, trust: () => trust },
	});
	const run = (changes: Partial<CompletionParams> = {}) =>
		completer.run({ ...params, ...changes }, new AbortController().signal, () => undefined);
	return { sequence, texts, run };
}

describe('decoding with a prior', () => {
	it('writes what another file says where the model is in doubt, and tells whose it is', async () => {
		const { run } = await setUp('null)\n', 'resend(\ndo;\nsend(item)\n');
		const { text, tokens } = await run();
		assert.equal(text, 'item)');
		assert.deepEqual(
			tokens.map(({ fromPrior }) => fromPrior === true),
			[true, true, true, true, false],
		);
		assert.ok(tokens.every(({ probability }) => probability > 0.5 && probability < 1));
	});

	it('writes what the model says where it is sure', async () => {
		const { run } = await setUp('null)\n', 'send(item)\nsend(other)\nsend(third)\n', 0.95);
		const { text, tokens } = await run();
		assert.equal(text, 'null)');
		assert.ok(tokens.every(({ fromPrior }) => fromPrior === undefined));
	});

	it('puts into the cache what it wrote, and not what the model would have written', async () => {
		const { run, sequence } = await setUp('null)\n', 'do;\nsend(item)\n');
		await run();
		assert.ok(decode(sequence.held).endsWith('send(item)'), decode(sequence.held));
	});

	it('evaluates as many tokens as without', async () => {
		const { run } = await setUp('null)\n', 'do;\nsend(item)\n');
		const [first, second] = [await run(), await run({ prefix: `${params.prefix}i`, without: ['healing'] })];
		assert.deepEqual([first.evaluatedTokens, second.evaluatedTokens], [first.promptTokens, 1]);
	});

	it('is the model alone when asked without it, and when the file is gone', async () => {
		const { run, texts } = await setUp('null)\n', 'do;\nsend(item)\n');
		assert.equal((await run({ without: ['prior'] })).text, 'null)');
		texts.remove('b');
		assert.equal((await run()).text, 'null)');
	});

	it('spells a begun word by the names of another file, and not where healing is left out', async () => {
		const { run, sequence } = await setUp(')\n', 'do;\nsend(item)\n');
		const top = (): void => {
			sequence.top = [encode('xi').map(token => ({ token, probability: 0.5 }))];
		};
		top();
		assert.equal((await run({ prefix: `${params.prefix}i` })).text, 'tem)');
		top();
		await run({ prefix: `${params.prefix}i`, without: ['healing'] });
		assert.equal(sequence.top.length, 1);
	});
});
