import type { CompletionRequest } from '../../src/core/completion/completionRequest';
import { CompletionService } from '../../src/core/completion/completionService';
import { JoiningEngine } from '../../src/core/completion/joiningEngine';
import { isAbort } from '../../src/core/engine/engineError';
import { defaultSettings } from '../../src/core/settings/settings';
import { VirtualClock } from '../clock/virtualClock';
import { LlamaVscode, placeKey } from '../rival/llamaVscode';
import { randomNumbers } from '../traces/typist';
import type { Moment } from '../traces/trace';
import { VirtualEditor, type EditorReport } from './editor';
import type { Machine } from './machines';
import { Oracle } from './oracle';
import { VirtualEngine, type VirtualModel } from './virtualEngine';
import { VirtualServer, type ServedModel } from './virtualServer';
import type { WorkCounts } from './workCounts';

export interface Replayed extends EditorReport {
	readonly work: WorkCounts;
}

export type Vocabulary = Pick<ServedModel, 'format' | 'repository' | 'tokenizer' | 'decode'>;

/** A cancelled request of ours lingers so long, for the next one to join. As in the product's host. Milliseconds. */
export const lingering = 150;
/** Requests that are still running when the last key is pressed get to their end. Milliseconds. */
export const rest = 60_000;

/** Replays a trace against Sotto's host and engine on a virtual machine. */
export async function replayOurs(
	vocabulary: Omit<Vocabulary, 'repository'>,
	machine: Machine,
	moments: readonly Moment[],
): Promise<Replayed> {
	const clock = new VirtualClock();
	const oracle = new Oracle(moments);
	let current = 0;
	const model: VirtualModel = { ...vocabulary, continuation: () => oracle.continuation(current) };
	const engine = new VirtualEngine(model, machine, clock);
	const later = (callback: () => void): { dispose: () => void } => ({ dispose: clock.after(lingering, callback) });
	const service = new CompletionService(new JoiningEngine(engine, later));
	const editor = new VirtualEditor(clock, async (index, signal) => {
		current = index;
		const outcome = await service.complete(requestOf(moments[index]), signal).catch(unlessAborted);
		return outcome?.kind === 'suggestion'
			? { text: outcome.suggestion.text, isRemembered: outcome.source === 'memory' }
			: undefined;
	});
	await clock.run(editor.schedule(moments) + rest);
	return { ...editor.report, work: engine.counts };
}

export function requestOf(moment: Moment | undefined): CompletionRequest {
	const { path = '', prefix = '', suffix = '' } = moment ?? {};
	return {
		document: { uri: path, path, languageId: 'typescript', version: 1, prefix, suffix },
		settings: defaultSettings,
		pieces: () => [],
		trigger: 'automatic',
		isSnoozed: false,
		isPrivate: false,
	};
}

export function unlessAborted(error: unknown): undefined {
	if (!isAbort(error)) {
		throw error;
	}
}

/** Replays a trace against llama.vscode and llama-server on a virtual machine. */
export async function replayRival(
	vocabulary: Vocabulary,
	machine: Machine,
	{ moments, completions }: { readonly moments: readonly Moment[]; readonly completions: number },
): Promise<Replayed> {
	const clock = new VirtualClock();
	const places = new AskedPlaces(new Oracle(moments));
	const server = new VirtualServer(
		{
			...vocabulary,
			continuation: request => places.continuation(request.input_prefix + request.prompt, request.input_suffix),
		},
		machine,
		clock,
	);
	const onAnswer = (): undefined => undefined;
	const rival = new LlamaVscode({ server, clock, completions, random: randomNumbers(1), onAnswer });
	const editor = new VirtualEditor(clock, async (index, signal) => {
		const moment = moments[index];
		if (moment === undefined) {
			return undefined;
		}
		places.add(index, placeKey(moment).key);
		const shown = await rival.complete(moment, signal);
		return shown === undefined ? undefined : { text: shown.text, isRemembered: shown.isCached };
	});
	const end = editor.schedule(moments);
	const ring = new AbortController();
	clock.after(end, () => {
		ring.abort();
	});
	void rival.tick(ring.signal);
	await clock.run(end + rest);
	return { ...editor.report, work: server.counts };
}

/** Tells for a request, which may be an old one or run ahead, from where in the trace it was asked. */
class AskedPlaces {
	readonly #asked: { readonly index: number; readonly text: string; readonly suffix: string }[] = [];

	constructor(private readonly oracle: Oracle) {}

	add(index: number, key: { readonly prefix: string; readonly prompt: string; readonly suffix: string }): void {
		this.#asked.push({ index, text: key.prefix + key.prompt, suffix: key.suffix });
	}

	continuation(text: string, suffix: string): string {
		const place = this.#asked.findLast(asked => asked.suffix === suffix && text.startsWith(asked.text));
		return place === undefined ? '' : this.oracle.continuation(place.index, text.slice(place.text.length));
	}
}
