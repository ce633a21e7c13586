import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { copyFile, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stateOf } from '../../../scripts/models/checkFile';
import { ensureModel } from '../../../scripts/models/ensureModel';
import { ModelError } from '../../../scripts/models/modelError';
import { smollm2 } from '../../../scripts/models/pinnedModels';
import { ensureBundledModel, ensureShippedModel, shippedModel } from '../../../scripts/models/shippedModel';
import type { Surroundings } from '../../../scripts/models/surroundings';
import { bundledModel } from '../../../src/core/models/bundledModel';
import { removeTemporaryFolders, temporaryFolder } from '../../support/temporaryFolder';

/** A machine without Python and without a network. */
function cutOff(environment: Readonly<Record<string, string>>): Surroundings & { readonly said: readonly string[] } {
	const said: string[] = [];
	return { environment, isRoot: false, say: line => said.push(line), said };
}

describe('the bundled model', function () {
	this.timeout(180_000);
	let source = '';
	before(async () => {
		source = await ensureModel(smollm2);
	});
	after(removeTemporaryFolders);

	it('is made of the packaged model, once, and placed in each checkout', async () => {
		const cache = await temporaryFolder();
		const first = cutOff({ SOTTO_TEST_CACHE: cache, SOTTO_MODEL: source });
		const [one, two] = [await temporaryFolder(), await temporaryFolder()];
		const path = await ensureBundledModel(one, first);
		assert.equal(path, join(one, bundledModel));
		assert.equal(await stateOf(path, shippedModel), 'whole');
		assert.equal(first.said.length, 1);
		const second = cutOff({ SOTTO_TEST_CACHE: cache });
		assert.equal(await stateOf(await ensureBundledModel(two, second), shippedModel), 'whole');
		assert.deepEqual(second.said, []);
		assert.deepEqual(readdirSync(dirname(path)), [shippedModel.file]);
	});

	it('is replaced where the file in the checkout is not whole', async () => {
		const surroundings = cutOff({ SOTTO_TEST_CACHE: await temporaryFolder(), SOTTO_MODEL: source });
		const made = await ensureShippedModel(surroundings);
		const root = await temporaryFolder({ [bundledModel]: 'half of it' });
		assert.equal(await stateOf(await ensureBundledModel(root, surroundings), shippedModel), 'whole');
		await truncate(made, 1000);
		assert.equal(await stateOf(await ensureShippedModel(surroundings), shippedModel), 'whole');
	});

	it('is taken as it is from the file that SOTTO_MODEL names', async () => {
		const made = await ensureShippedModel(
			cutOff({ SOTTO_TEST_CACHE: await temporaryFolder(), SOTTO_MODEL: source }),
		);
		const copy = join(await temporaryFolder(), 'mine.gguf');
		await copyFile(made, copy);
		const surroundings = cutOff({ SOTTO_TEST_CACHE: await temporaryFolder(), SOTTO_MODEL: copy });
		assert.equal(await ensureShippedModel(surroundings), copy);
	});

	it('that cannot be had is a sentence that says how else it can be given', async () => {
		const blocked = join(await temporaryFolder(), 'cache');
		await writeFile(blocked, 'a file where the cache folder should be');
		const surroundings = cutOff({ SOTTO_TEST_CACHE: blocked, PATH: '' });
		await assert.rejects(ensureShippedModel(surroundings), (error: unknown) => {
			assert.ok(error instanceof ModelError);
			assert.match(error.message, /SOTTO_MODEL.*--model PATH/s);
			return true;
		});
	});
});
