import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { noModels, unloadable, writeSplitModel } from '../support/ggufKinds';
import { runCli } from '../support/runCli';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporaryFolder';
import { EngineRig } from './engineRig';

describe('a file named with --model', () => {
	let folder: string;
	let source: string;
	before(async () => {
		folder = await temporaryFolder();
		source = join(folder, 'a.py');
		writeFileSync(source, 'total = 0\n');
	});
	after(removeTemporaryFolders);

	for (const { name, bytes, says } of [...noModels, ...unloadable]) {
		it(`makes the terminal command say what ${name} is and what to choose`, async () => {
			const path = join(folder, `${name}.gguf`);
			writeFileSync(path, bytes());
			const { code, output, errors } = await runCli(['complete', `${source}:1:10`, '--model', path]);
			const lines = errors.trim().split('\n');
			assert.match(lines.at(-1) ?? '', says);
			assert.deepEqual([code, output], [1, '']);
		});
	}

	it('makes the terminal command say so when it is for explaining', async () => {
		const [reranker] = noModels.filter(({ name }) => name === 'reranker');
		assert.ok(reranker);
		const path = join(folder, 'explain.gguf');
		writeFileSync(path, reranker.bytes());
		const { code, errors } = await runCli(['explain', `${source}:1-1`, '--model', path]);
		assert.match(errors.trim(), reranker.says);
		assert.equal(code, 1);
	});

	it('may be the first part of several, and the engine loads them all', async () => {
		const [first] = writeSplitModel(folder);
		const rig = await EngineRig.ready(first);
		const { generatedTokens } = await rig.complete({ prefix: 'const a = ' });
		await rig.stop();
		assert.ok(generatedTokens > 0);
	});

	it('makes the terminal command name the part that is missing', async () => {
		const [first, second] = writeSplitModel(folder, 'gap');
		rmSync(second);
		const { errors } = await runCli(['complete', `${source}:1:10`, '--model', first]);
		assert.ok(errors.startsWith(`Part 2 of a model in 2 files is missing: ${second}.`), errors);
	});
});
