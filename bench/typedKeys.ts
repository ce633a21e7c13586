import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CompletionService } from '../src/core/completion/completionService';
import { silenceText } from '../src/core/completion/silenceText';
import { defaultSettings } from '../src/core/settings/settings';
import { EngineHost } from '../src/node/engine/engineHost';

const root = join(import.meta.dirname, '..');
const never = new AbortController().signal;

/** The product's result for a key if it has enough time. */
export interface KeyOutcome {
	/** The reason for silence; `undefined` where something is suggested. */
	readonly because: string | undefined;
	/** From the request to the answer, where the model was asked. */
	readonly modelMs: number | undefined;
}

/** Types at the end of a file without an editor, with the built engine and one thread: one outcome for each stroke. */
export async function typeWithoutEditor(
	{ model, name }: { readonly model: string; readonly name: string },
	file: string,
	strokes: readonly string[],
): Promise<readonly KeyOutcome[]> {
	const host = new EngineHost({
		entry: join(root, 'dist/engine.mjs'),
		choice: () => ({ complete: model, explain: model, threads: 1 }),
		onState: () => undefined,
		onLog: () => undefined,
	});
	const service = new CompletionService(host);
	const permission = { trigger: 'automatic', settings: defaultSettings, isSnoozed: false, isPrivate: false } as const;
	const outcomes: KeyOutcome[] = [];
	let prefix = readFileSync(file, 'utf8');
	try {
		for (const stroke of strokes) {
			prefix += stroke;
			const place = { uri: `file://${file}`, path: basename(file), languageId: 'typescript', version: outcomes.length };
			const started = performance.now();
			const outcome = await service.complete(
				{ ...permission, document: { ...place, prefix, suffix: '' }, model: name, pieces: () => [] },
				never,
			);
			const modelMs = outcome.answer === undefined ? undefined : performance.now() - started;
			outcomes.push({ because: outcome.kind === 'silence' ? silenceText(outcome).because : undefined, modelMs });
		}
	} finally {
		await host.stop();
	}
	return outcomes;
}
