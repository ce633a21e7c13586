import assert from 'node:assert/strict';
import { EngineHost } from '../../src/node/engine/engineHost';
import { nanoModel } from '../support/gguf';
import { engineEntry, never } from './engineRig';

const head = 'for (let i = 0; i < list.length; ';
const answer = 'i++) {';
const place = { path: 'a.ts', languageId: 'typescript', suffix: '', pieces: [] };
const limits = { extent: 'line' as const, maxTokens: 24, probabilityFloor: 0 };

describe('typing against the host of the engine', () => {
	const host = new EngineHost({
		entry: engineEntry,
		choice: () => ({ complete: nanoModel, explain: nanoModel, threads: 1 }),
		onState: () => undefined,
		onLog: () => undefined,
	});
	const ask = async (prefix: string, signal = never): Promise<string> =>
		(await host.complete({ ...place, ...limits, prefix }, signal)).text;
	/** The answers after each number of typed characters, each requested by itself. */
	const fresh: string[] = [];
	before(async () => {
		for (let typed = 0; typed <= 4; typed++) {
			fresh.push(await ask(head + answer.slice(0, typed)));
		}
		assert.equal(fresh[0], answer);
	});
	after(() => host.stop());

	for (const pause of [0, 5, 20, 60, 200]) {
		it(`answers each key with the rest of the line, or as if it were asked afresh, ${pause} ms after the one before`, async () => {
			for (let typed = 0; typed < 4; typed++) {
				const cancel = new AbortController();
				const cancelled = ask(head + answer.slice(0, typed), cancel.signal).catch(() => undefined);
				await new Promise(resolve => setTimeout(resolve, pause));
				cancel.abort();
				await cancelled;
				const next = await ask(head + answer.slice(0, typed + 1));
				assert.ok([answer.slice(typed + 1), fresh[typed + 1]].includes(next), next);
			}
		});
	}
});
