import { createHash } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackagedModel } from '../../../scripts/models/pinnedModels';
import type { Surroundings } from '../../../scripts/models/surroundings';
import { temporaryFolder } from '../../support/temporaryFolder';
import { zip } from '../../support/zip';

/** A model of two small packages, and the folder in which pip finds them. */
export interface SmallModel {
	readonly model: PackagedModel;
	readonly content: Buffer;
	/** Wheels by their names. */
	readonly wheels: Readonly<Record<string, Buffer>>;
}

export function smallModel(): SmallModel {
	const halves = ['GGUF first half, ', 'second half'].map(text => Buffer.from(text.repeat(1000)));
	const wheels = halves.map((half, index) => wheel(`sotto_trial_part${index + 1}`, half));
	const content = Buffer.concat(halves);
	const model: PackagedModel = {
		name: 'Trial',
		file: 'trial.gguf',
		bytes: content.length,
		sha256: digest(content),
		parts: wheels.map((bytes, index) => ({
			package: `sotto-trial-part${index + 1}`,
			version: '1.2.3',
			sha256: digest(bytes),
			member: `sotto_trial_part${index + 1}/model`,
		})),
	};
	const named = wheels.map((bytes, index) => [`sotto_trial_part${index + 1}-1.2.3-py3-none-any.whl`, bytes] as const);
	return { model, content, wheels: Object.fromEntries(named) };
}

/** A wheel that pip takes: it reads METADATA, WHEEL and RECORD. */
function wheel(name: string, model: Buffer): Buffer {
	const info = `${name}-1.2.3.dist-info`;
	return zip({
		[`${name}/model`]: model,
		[`${info}/METADATA`]: Buffer.from(`Metadata-Version: 2.1\nName: ${name}\nVersion: 1.2.3\n`),
		[`${info}/WHEEL`]: Buffer.from('Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n'),
		[`${info}/RECORD`]: Buffer.from(''),
	});
}

export function digest(bytes: Buffer): string {
	return createHash('sha256').update(bytes).digest('hex');
}

/** A machine with nothing on its PATH but what `programs` has: name → a script for Node. */
export async function machine(
	programs: Readonly<Record<string, string>>,
	{ isRoot = false, environment = {} } = {},
): Promise<{ readonly surroundings: Surroundings; readonly said: string[]; readonly folder: string }> {
	const folder = await temporaryFolder();
	const bin = join(folder, 'bin');
	await mkdir(bin);
	for (const [name, script] of Object.entries(programs)) {
		await writeProgram(join(bin, name), script);
	}
	const said: string[] = [];
	const own = { PATH: bin, SOTTO_TEST_CACHE: join(folder, 'cache'), TRIAL: folder };
	return {
		surroundings: { environment: { ...own, ...environment }, isRoot, say: line => said.push(line) },
		said,
		folder,
	};
}

async function writeProgram(path: string, script: string): Promise<void> {
	await writeFile(path, `#!${process.execPath}\n${script}`);
	await chmod(path, 0o755);
}

/** A `python3` whose pip copies the wheels from the folder `wheels` and writes down in `calls` that it was asked. */
export const copyingPip = `
const { appendFileSync, copyFileSync, readdirSync } = require('node:fs');
const args = process.argv.slice(2);
if (!args.includes('--version')) {
	const from = process.env.TRIAL + '/wheels';
	const to = args[args.indexOf('--dest') + 1];
	appendFileSync(process.env.TRIAL + '/calls', args.join(' ') + '\\n');
	for (const name of readdirSync(from)) copyFileSync(from + '/' + name, to + '/' + name);
}
`;

/** A `python3` whose pip says this and fails. */
export function failingPip(words: string): string {
	return `if (!process.argv.includes('--version')) { console.error(${JSON.stringify(words)}); process.exitCode = 1; }`;
}

export async function writeWheels(folder: string, wheels: Readonly<Record<string, Buffer>>): Promise<void> {
	await mkdir(join(folder, 'wheels'));
	await Promise.all(Object.entries(wheels).map(([name, bytes]) => writeFile(join(folder, 'wheels', name), bytes)));
}
