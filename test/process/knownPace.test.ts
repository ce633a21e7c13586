import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { knownPaces, type KnownPaces } from '../../src/protocol/knownPaces';
import { nanoModel } from '../support/gguf';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporaryFolder';
import { EngineRig, never } from './engineRig';

describe('an engine that knows how fast its model was', () => {
	let paceFile: string;
	before(async () => {
		paceFile = join(await temporaryFolder(), 'pace.json');
	});
	after(removeTemporaryFolders);

	const read = async (): Promise<KnownPaces> => knownPaces.parse(JSON.parse(await readFile(paceFile, 'utf8')));

	async function start(): Promise<KnownPaces> {
		const rig = new EngineRig();
		await rig.client.call('model/load', { role: 'complete', path: nanoModel, threads: 1, paceFile }, never);
		assert.ok((await rig.complete()).promptTokens > 0);
		await rig.stop();
		return read();
	}

	/** Makes the file say something else of all it knows. */
	async function claim(change: Partial<KnownPaces['paces'][string]>): Promise<void> {
		const { paces } = await read();
		const changed = Object.entries(paces).map(([key, pace]) => [key, { ...pace, ...change }] as const);
		await writeFile(paceFile, JSON.stringify({ format: 1, paces: Object.fromEntries(changed) }));
	}

	const onlyOne = ({ paces }: KnownPaces): KnownPaces['paces'][string] => {
		const [pace, ...others] = Object.values(paces);
		assert.ok(pace && others.length === 0);
		return pace;
	};

	it('measures at the first start and not at the next', async () => {
		const { decode } = onlyOne(await start());
		assert.ok(decode > 0);
		// Only who measures anew replaces this. On a busy machine an engine may have cause to; not each time.
		const mark = 123.456;
		for (let attempt = 0; attempt < 5; attempt++) {
			await claim({ verify: mark });
			if (onlyOne(await start()).verify === mark) {
				return;
			}
		}
		assert.fail('each start has measured anew');
	});

	it('measures anew where that does not hold any more', async () => {
		for (const decode of [0.000_1, 1000]) {
			await claim({ decode });
			assert.notEqual(onlyOne(await start()).decode, decode);
		}
	});
});
