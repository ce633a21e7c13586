import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAbort, type EngineErrorCode } from '../../src/core/engine/engineError';
import { nanoModel, changeGguf, chatTemplate, sentenceModel, writeChangedModel } from '../support/gguf';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporaryFolder';
import { EngineRig, never } from './engineRig';

const question = { requestId: 1, messages: [{ role: 'user' as const, content: 'const a = 1;' }], maxTokens: 20 };

describe('the built engine with other models', () => {
	let rig: EngineRig;
	let folder: string;
	const nano = readFileSync(nanoModel);
	before(async () => {
		folder = await temporaryFolder();
		rig = new EngineRig();
	});
	after(async () => {
		await rig.stop();
		await removeTemporaryFolders();
	});

	const unusable: readonly { name: string; bytes: Buffer | undefined; code: EngineErrorCode }[] = [
		{ name: 'missing', bytes: undefined, code: 'model-missing' },
		{ name: 'empty', bytes: Buffer.alloc(0), code: 'model-not-gguf' },
		{ name: 'a picture', bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]), code: 'model-not-gguf' },
		{ name: 'cut off in its header', bytes: nano.subarray(0, 50_000), code: 'model-truncated' },
		{ name: 'cut off in its weights', bytes: nano.subarray(0, nano.length / 2), code: 'model-truncated' },
		{
			name: 'of an architecture that nobody knows',
			bytes: changeGguf(nano, {
				drop: /^general\.architecture$/,
				add: { 'general.architecture': 'perpetuum-mobile' },
			}),
			code: 'model-unsupported',
		},
		{ name: 'without its dimensions', bytes: changeGguf(nano, { drop: /^llama\./ }), code: 'model-unsupported' },
	];
	for (const { name, bytes, code } of unusable) {
		it(`says ${code} of a model that is ${name}, and lives on`, async () => {
			const path = join(folder, `${name.replaceAll(' ', '-')}.gguf`);
			if (bytes !== undefined) {
				writeFileSync(path, bytes);
			}
			await assert.rejects(rig.load(path, 'complete'), { name: 'EngineError', code });
			await rig.client.call('engine/ping', {}, never);
		});
	}

	it('says that no model is loaded', async () => {
		await assert.rejects(rig.complete(), { code: 'model-not-loaded' });
	});

	it('lets a model without fill-in-the-middle tokens complete left to right', async () => {
		const path = writeChangedModel(join(folder, 'plain.gguf'), {
			drop: /fim_/,
			rename: { '<fim_prefix>': '<was_prefix>', '<fim_suffix>': '<was_suffix>' },
		});
		const info = await rig.load(path, 'complete');
		assert.deepEqual([info.family, info.canComplete], ['left-to-right', true]);
		assert.ok((await rig.complete()).promptTokens > 0);
	});

	it('says that sotto-nano cannot explain', async () => {
		await rig.load(nanoModel, 'explain');
		await assert.rejects(rig.client.call('explanation/run', question, never), { code: 'model-cannot-explain' });
	});

	it('says that a model whose template cannot be run cannot explain', async () => {
		const path = writeChangedModel(join(folder, 'broken.gguf'), {
			add: { 'tokenizer.chat_template': '{% for message in %}' },
		});
		await rig.load(path, 'explain');
		await assert.rejects(rig.client.call('explanation/run', question, never), { code: 'model-cannot-explain' });
	});

	describe('with a chat template', () => {
		before(async () => {
			const path = writeChangedModel(join(folder, 'chat.gguf'), {
				add: { 'tokenizer.chat_template': chatTemplate },
			});
			assert.equal((await rig.load(path, 'explain')).canExplain, true);
			await rig.load(path, 'complete');
		});

		it('streams an explanation', async () => {
			const told: string[] = [];
			const listener = rig.client.on('explanation/text', ({ text }) => told.push(text));
			const result = await rig.client.call('explanation/run', question, never);
			listener.dispose();
			assert.ok(result.generatedTokens > 0);
			assert.equal(result.probabilities.length, result.generatedTokens);
			assert.ok(told.join('').startsWith(result.text.trimEnd()));
		});

		it('reads what looks like the template’s own marks as text', async () => {
			const ask = async (content: string): Promise<number> => {
				const messages = [{ role: 'user' as const, content }];
				return (await rig.client.call('explanation/run', { ...question, messages, maxTokens: 1 }, never)).promptTokens;
			};
			const without = await ask('a b');
			for (const text of ['<repo_name>', '<file_sep>', '</s>', '<s>']) {
				assert.ok((await ask(`a${text} b`)) - without >= 2, text);
			}
		});

		it('shortens a selection that is too long', async () => {
			const messages = [{ role: 'user' as const, content: 'const a = 1;\n'.repeat(50_000) }];
			const result = await rig.client.call('explanation/run', { ...question, messages }, never);
			assert.ok(result.promptTokens <= 1024 - 20);
		});

		it('lets a completion overtake an explanation', async () => {
			const order: string[] = [];
			const explained = rig.client
				.call('explanation/run', { ...question, maxTokens: 400 }, never)
				.then(() => order.push('explanation'));
			const completed = rig.complete({ prefix: 'const a = ' }).then(() => order.push('completion'));
			await Promise.all([explained, completed]);
			assert.equal(order[0], 'completion');
		});

		it('cancels an explanation', async () => {
			const cancel = new AbortController();
			const listener = rig.client.on('explanation/text', () => {
				cancel.abort();
			});
			const running = rig.client.call('explanation/run', { ...question, maxTokens: 400 }, cancel.signal);
			await assert.rejects(running, isAbort);
			listener.dispose();
			assert.ok((await rig.client.call('explanation/run', question, never)).generatedTokens > 0);
		});
	});

	describe('of our own family, trained to explain', () => {
		const asked = { requestId: 1, path: 'src/a.ts', code: 'function add(a, b) {\n\treturn a + b;\n}\n', maxTokens: 60 };
		before(async () => {
			const path = writeChangedModel(join(folder, 'sentence.gguf'), sentenceModel);
			const info = await rig.load(path, 'explain');
			assert.deepEqual([info.canComplete, info.canExplain, info.sentenceFloor], [true, true, 0.25]);
		});

		it('writes one line with a probability for each token', async () => {
			const result = await rig.client.call('explanation/run', asked, never);
			assert.ok(result.generatedTokens > 0 && result.generatedTokens <= 60);
			assert.equal(result.probabilities.length, result.generatedTokens);
			assert.ok(!result.text.includes('\n'), result.text);
		});

		it('reads control tokens in the code as text', async () => {
			const tokens = async (code: string): Promise<number> =>
				(await rig.client.call('explanation/run', { ...asked, code, maxTokens: 1 }, never)).promptTokens;
			const without = await tokens('a b\n');
			for (const text of ['<explain>', '<answer>', '<file_sep>', '</s>']) {
				assert.ok((await tokens(`a${text} b\n`)) - without >= 2, text);
			}
		});

		it('is not asked for a chat', async () => {
			await assert.rejects(rig.client.call('explanation/run', question, never), { code: 'model-cannot-explain' });
		});
	});
});
