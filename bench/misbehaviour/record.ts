import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { CompletionAnswer } from '../../src/core/completion/completionEngine';
import { CompletionService } from '../../src/core/completion/completionService';
import { choosePositions } from '../../src/core/evaluation/positions';
import { defaultSettings } from '../../src/core/settings/settings';
import type { DocumentSnapshot } from '../../src/core/text/documentSnapshot';
import { EngineHost } from '../../src/node/engine/engineHost';
import { readRepository } from '../../src/node/evaluation/readRepository';
import { nanoModel } from '../../test/support/gguf';
import { shuffleWeights } from './shuffledModel';
import { situationsOf } from './situations';

/**
 * Asks a model at hundreds of places of real code, as *Suggest Here* does, and writes what it said before any filter, one
 * JSON object a line, to find what a filter should have caught:
 *
 *     npm run build && npx tsx bench/misbehaviour/record.ts --repo FOLDER … --out FILE.jsonl [--positions PER_LANGUAGE]
 *         [--seed N] [--shuffle SHARE]
 *
 * `--shuffle` takes sotto-nano with that share of its weights in other places: what comes out is degenerate.
 */
const { values } = parseArgs({
	options: {
		repo: { type: 'string', multiple: true, default: [] },
		out: { type: 'string', default: '' },
		positions: { type: 'string', default: '100' },
		seed: { type: 'string', default: '1' },
		shuffle: { type: 'string', default: '0' },
	},
});
/** The filters look no further. */
const window = 4000;
const root = join(import.meta.dirname, '../..');
const share = Number(values.shuffle);
const folder = mkdtempSync(join(tmpdir(), 'sotto-shuffled-'));
const model = share === 0 ? nanoModel : join(folder, 'shuffled.gguf');
if (share > 0) {
	writeFileSync(model, shuffleWeights(readFileSync(nanoModel), share, Number(values.seed)));
}
const host = new EngineHost({
	entry: join(root, 'dist/engine.mjs'),
	choice: () => ({ complete: model, explain: model, threads: 1 }),
	onState: () => undefined,
	onLog: ({ level, message }) => {
		if (level === 'error') {
			console.error(message);
		}
	},
});
try {
	const files = (await Promise.all(values.repo.map(path => readRepository(path)))).flat();
	const options = { perLanguage: Number(values.positions), seed: Number(values.seed) };
	for (const position of choosePositions(files, options)) {
		for (const { name, asked, document, hidden } of situationsOf(position)) {
			const { text = '', stopReason } = await ask(asked);
			const { repository, path } = position.file;
			const place = {
				model: share === 0 ? 'sotto-nano' : `shuffled ${values.shuffle}`,
				situation: name,
				repository,
				path,
			};
			const { languageId } = document;
			const around = { prefix: document.prefix.slice(-window), suffix: document.suffix.slice(0, window) };
			const record = { ...place, languageId, ...around, says: text, stopReason, hidden };
			appendFileSync(values.out, `${JSON.stringify(record)}\n`);
		}
	}
} finally {
	await host.stop();
	rmSync(folder, { recursive: true });
}

async function ask(document: DocumentSnapshot): Promise<Partial<Pick<CompletionAnswer, 'text' | 'stopReason'>>> {
	const permission = { trigger: 'manual', settings: defaultSettings, isSnoozed: false, isPrivate: false } as const;
	const request = { ...permission, document, pieces: () => [] };
	const { answer } = await new CompletionService(host).complete(request, new AbortController().signal);
	return answer ?? {};
}
