import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EngineError } from '../../../src/core/engine/engineError';
import type { LlamaModelOptions } from '../../../src/engine/engineModel';
import { OpenTexts } from '../../../src/core/prior/openTexts';
import { ModelRoles } from '../../../src/engine/modelRoles';
import { Turns } from '../../../src/engine/turns';
import { nanoModel, chatTemplate, sentenceModel, writeChangedModel } from '../../support/gguf';
import { answerOf, FakeModel } from './fakeModel';

const never = new AbortController().signal;
const completion = {
	requestId: 1,
	path: 'a.ts',
	languageId: 'typescript',
	prefix: 'x',
	suffix: '',
	pieces: [],
	extent: 'line' as const,
	maxTokens: 5,
	probabilityFloor: 0,
};
const explanation = { requestId: 2, messages: [{ role: 'user' as const, content: 'why?' }], maxTokens: 5 };

describe('ModelRoles', () => {
	let folder: string;
	let models: FakeModel[];
	let asked: LlamaModelOptions[];
	let roles: ModelRoles;
	let copy: string;
	let chat: string;

	before(() => {
		folder = mkdtempSync(join(tmpdir(), 'sotto-roles-'));
		copy = join(folder, 'copy.gguf');
		cpSync(nanoModel, copy);
		chat = writeChangedModel(join(folder, 'chat.gguf'), {
			add: { 'tokenizer.chat_template': chatTemplate },
			drop: /fim_/,
			rename: { '<fim_prefix>': '<was_prefix>' },
		});
	});
	after(() => {
		rmSync(folder, { recursive: true });
	});
	beforeEach(() => {
		models = [];
		asked = [];
		const loadWeights = (options: LlamaModelOptions): Promise<FakeModel> => {
			asked.push(options);
			const model = new FakeModel();
			models.push(model);
			return Promise.resolve(model);
		};
		roles = new ModelRoles(loadWeights, { turns: new Turns(), texts: new OpenTexts(), log: () => undefined });
	});

	it('tells what a model is and can do', async () => {
		const info = await roles.load('complete', { path: nanoModel, threads: 3 });
		assert.deepEqual(
			{ ...info, loadMs: 0 },
			{
				name: 'sotto-nano',
				path: nanoModel,
				architecture: 'llama',
				family: 'sotto',
				verified: true,
				canComplete: true,
				canExplain: false,
				contextTokens: 200,
				fileBytes: 2_141_152,
				threads: 1,
				device: 'cpu',
				loadMs: 0,
			},
		);
		assert.equal(asked[0]?.threads, 3);
		assert.equal(asked[0].addsLeadingSpace, false);
	});

	it('lets a model without fill-in-the-middle tokens complete left to right, and explain with its chat template', async () => {
		const info = await roles.load('explain', { path: chat, threads: 0 });
		assert.deepEqual([info.family, info.canComplete, info.canExplain], ['left-to-right', true, true]);
	});

	it('knows a model of our own family that was trained to explain', async () => {
		const path = writeChangedModel(join(folder, 'sentence.gguf'), sentenceModel);
		const info = await roles.load('explain', { path, threads: 0 });
		assert.deepEqual([info.family, info.canComplete, info.canExplain, info.sentenceFloor], ['sotto', true, true, 0.25]);
	});

	it('lets a model with a chat template chat', async () => {
		const add = { ...sentenceModel.add, 'tokenizer.chat_template': chatTemplate };
		const path = writeChangedModel(join(folder, 'both.gguf'), { ...sentenceModel, add });
		const info = await roles.load('explain', { path, threads: 0 });
		assert.deepEqual([info.canExplain, info.sentenceFloor], [true, undefined]);
	});

	for (const [blocks, template, byComment] of [
		[600, undefined, true],
		[600, chatTemplate, true],
		[20_000, chatTemplate, undefined],
		[20_000, undefined, true],
	] as const) {
		const kind = template === undefined ? 'base' : 'chat';
		it(`lets a ${kind} model of ${blocks} blocks explain ${byComment === true ? 'by comment' : 'in a chat'}`, async () => {
			const path = writeChangedModel(join(folder, `${kind}${blocks}.gguf`), {
				drop: /block_count/,
				add: { 'llama.block_count': blocks, ...(template !== undefined && { 'tokenizer.chat_template': template }) },
			});
			const info = await roles.load('explain', { path, threads: 0 });
			assert.deepEqual([info.canExplain, info.explainsByComment], [true, byComment]);
		});
	}

	it('ends answers at control tokens', async () => {
		await roles.load('complete', { path: nanoModel, threads: 0 });
		assert.deepEqual(
			[2, 4, 9, 500].map(token => asked[0]?.isEnd(token)),
			[true, true, false, false],
		);
	});

	it('has the weights of one file in memory once', async () => {
		await roles.load('complete', { path: nanoModel, threads: 0 });
		await roles.load('explain', { path: nanoModel, threads: 0 });
		await roles.load('complete', { path: nanoModel, threads: 0 });
		assert.equal(models.length, 1);
	});

	it('frees a model when no role has it any more', async () => {
		await roles.load('complete', { path: nanoModel, threads: 0 });
		await roles.load('explain', { path: nanoModel, threads: 0 });
		await roles.load('complete', { path: copy, threads: 0 });
		assert.deepEqual(
			models.map(model => model.isDisposed),
			[false, false],
		);
		await roles.load('explain', { path: copy, threads: 0 });
		assert.deepEqual(
			models.map(model => model.isDisposed),
			[true, false],
		);
	});

	it('keeps the model that it has when another cannot be loaded', async () => {
		await roles.load('complete', { path: nanoModel, threads: 0 });
		await assert.rejects(roles.load('complete', { path: join(folder, 'none.gguf'), threads: 0 }), {
			code: 'model-missing',
		});
		assert.equal(models[0]?.isDisposed, false);
		assert.equal((await roles.get('complete').complete(completion, never, () => undefined)).text, 'ok');
	});

	it('warms a completing model up, and makes no cache for explaining before it is asked', async () => {
		await roles.load('complete', { path: nanoModel, threads: 0 });
		assert.deepEqual(
			models[0]?.sequences.map(({ slices, held }) => [slices.length > 0, held]),
			[[true, []]],
		);
		await roles.load('explain', { path: chat, threads: 0 });
		assert.deepEqual(models[1]?.sequences, []);
	});

	it('ends what runs before it frees a model', async () => {
		await roles.load('complete', { path: nanoModel, threads: 0 });
		const [sequence] = models[0]?.sequences ?? [];
		assert.ok(sequence);
		sequence.answer = answerOf('abcdefghijklmnopqrstuvwxyz');
		sequence.onEvaluate = async () => {
			do {
				await new Promise(setImmediate);
			} while (models.length < 2);
		};
		const running = roles.get('complete').complete({ ...completion, maxTokens: 30 }, never, () => undefined);
		const ended = assert.rejects(running, { name: 'AbortError' });
		await roles.load('complete', { path: copy, threads: 0 });
		await ended;
		assert.equal(models[0]?.isDisposed, true);
	});

	it('says that no model is loaded', () => {
		assert.throws(
			() => roles.get('explain'),
			error => EngineError.is(error, 'model-not-loaded'),
		);
	});

	it('says that a model cannot complete', async () => {
		const path = writeChangedModel(join(folder, 'diffusion.gguf'), {
			drop: /^general\.architecture$/,
			add: { 'general.architecture': 'dream' },
		});
		await roles.load('complete', { path, threads: 0 });
		const answer = roles.get('complete').complete(completion, never, () => undefined);
		await assert.rejects(answer, error => EngineError.is(error, 'model-cannot-complete'));
	});

	it('lets a model whose state cannot be taken back explain, and makes it no cache for completing', async () => {
		const path = writeChangedModel(join(folder, 'hybrid.gguf'), {
			drop: /^general\.architecture$/,
			add: { 'general.architecture': 'falcon-h1', 'tokenizer.chat_template': chatTemplate },
		});
		const info = await roles.load('complete', { path, threads: 0 });
		assert.deepEqual([info.family, info.canComplete, info.canExplain], ['sotto', false, true]);
		assert.deepEqual(models[0]?.sequences, []);
		await assert.rejects(
			roles.get('complete').complete(completion, never, () => undefined),
			error => EngineError.is(error, 'model-cannot-complete') && error.message === info.cannotComplete,
		);
		await roles.load('explain', { path, threads: 0 });
		assert.equal((await roles.get('explain').explain(explanation, never, () => undefined)).text, 'ok');
	});

	it('says that a model cannot explain', async () => {
		await roles.load('explain', { path: nanoModel, threads: 0 });
		const answer = roles.get('explain').explain(explanation, never, () => undefined);
		await assert.rejects(answer, error => EngineError.is(error, 'model-cannot-explain'));
	});

	it('lets a completion overtake an explanation', async () => {
		await roles.load('complete', { path: nanoModel, threads: 0 });
		await roles.load('explain', { path: chat, threads: 0 });
		const log: string[] = [];
		const [completing, explaining] = models;
		assert.ok(completing && explaining);
		explaining.answer = answerOf('abcd');
		const explained = roles.get('explain').explain(explanation, never, text => {
			log.push(text);
			if (text === 'b') {
				void roles.get('complete').complete(completion, never, token => log.push(token.text.toUpperCase()));
			}
		});
		assert.equal((await explained).text, 'abcd');
		assert.deepEqual(log, ['a', 'b', 'O', 'K', 'c', 'd']);
	});

	it('ends the older of two completions', async () => {
		await roles.load('complete', { path: nanoModel, threads: 0 });
		const model = roles.get('complete');
		const older = assert.rejects(
			model.complete(completion, never, () => undefined),
			{ name: 'AbortError' },
		);
		assert.equal((await model.complete(completion, never, () => undefined)).text, 'ok');
		await older;
	});
});
