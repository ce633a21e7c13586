import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CompletionParams, CompletionResult } from '../../src/protocol/engineContract';
import { nanoModel, prefixFirst, writeChangedModel } from '../support/gguf';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporaryFolder';
import { EngineRig, never } from './engineRig';

const lines = Array.from({ length: 120 }, (_, at) => `export const value${at} = compute(${at * 7}, other${at % 9});\n`);
const document = { prefix: lines.slice(0, 90).join(''), suffix: `\n${lines.slice(90).join('')}` };
const first: Partial<CompletionParams> = { ...document, prefix: `${document.prefix}export const next = ` };
const typed: Partial<CompletionParams> = { ...document, prefix: `${document.prefix}export const next = comp` };

describe('an engine that leaves its cache to the next', () => {
	let folder: string;
	let models: Record<'suffix-first' | 'prefix-first', string>;
	before(async () => {
		folder = await temporaryFolder();
		const changed = writeChangedModel(join(folder, 'prefix-first.gguf'), prefixFirst);
		models = { 'suffix-first': nanoModel, 'prefix-first': changed };
	});
	beforeEach(() => rm(kept(), { recursive: true, force: true }));
	after(removeTemporaryFolders);

	const kept = (): string => join(folder, 'cache');
	const files = (): Promise<string[]> => readdir(kept()).catch(() => []);

	async function lifeOf(
		path: string,
		leaves: boolean,
		...asked: Partial<CompletionParams>[]
	): Promise<CompletionResult[]> {
		const rig = new EngineRig();
		const cacheFolder = leaves ? kept() : undefined;
		await rig.client.call('model/load', { role: 'complete', path, threads: 1, cacheFolder }, never);
		if (leaves) {
			assert.deepEqual(await files(), [], 'what was kept is still there while it is in use');
		}
		const answers: CompletionResult[] = [];
		for (const params of asked) {
			answers.push(await rig.complete(params));
		}
		await rig.stop();
		return answers;
	}

	for (const order of ['suffix-first', 'prefix-first'] as const) {
		it(`answers the first key after a start as if it had lived on (${order})`, async () => {
			const path = models[order];
			const [before, living] = await lifeOf(path, false, first, typed);
			await lifeOf(path, true, first);
			assert.deepEqual((await files()).sort(), ['cache.bin', 'prompt.json']);
			const [resumed] = await lifeOf(path, true, typed);
			assert.ok(before && living && resumed);
			assert.ok(before.evaluatedTokens > 500, 'there was nothing to save');
			// One token more: what follows the word that is being typed is remembered by who asked, not by the cache.
			assert.ok(resumed.evaluatedTokens <= living.evaluatedTokens + 1, `${resumed.evaluatedTokens} tokens`);
			assert.deepEqual([resumed.text, resumed.promptTokens], [living.text, living.promptTokens]);
		});
	}

	it('leaves what it has, where it is stopped while it writes', async () => {
		const rig = new EngineRig();
		const load = { role: 'complete', path: nanoModel, threads: 1, cacheFolder: kept() } as const;
		await rig.client.call('model/load', load, never);
		await rig.complete(first);
		const written = new Promise<void>(resolve => {
			rig.client.on('completion/token', () => {
				resolve();
			});
		});
		const cut = assert.rejects(rig.complete({ ...first, extent: 'block', maxTokens: 200 }));
		await written;
		await rig.stop();
		await cut;
		const [resumed] = await lifeOf(nanoModel, true, typed);
		const [fresh] = await lifeOf(nanoModel, false, typed);
		assert.ok(resumed && resumed.evaluatedTokens <= 2, `${resumed?.evaluatedTokens ?? 0} tokens`);
		assert.equal(resumed.text, fresh?.text);
	});

	it('leaves nothing to another model', async () => {
		await lifeOf(models['prefix-first'], true, first);
		const [answer] = await lifeOf(models['suffix-first'], true, first);
		assert.equal(answer?.reusedTokens, 0);
	});

	it('leaves nothing where nothing was asked', async () => {
		await lifeOf(nanoModel, true);
		assert.deepEqual(await files(), []);
	});
});
