import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAbort } from '../src/core/engine/engineError';
import { OpenTexts } from '../src/core/prior/openTexts';
import type { Completer } from '../src/engine/completer';
import { nanoModel, prefixFirst, writeChangedModel } from '../test/support/gguf';
import { openRealModel, type RealModel } from '../test/support/realModel';
import { CountingSequence } from './traces/countingSequence';
import { readTrace, replay, type Moment } from './traces/trace';

/**
 * Counts the tokens that the engine evaluates while somebody types: `npx tsx bench/engineWork.ts` replays the traces against the bundled
 * model, and against the same weights with the prompt of a family that puts the text before the cursor first. Counts, no
 * times: the same on each machine. Writes `bench/results/engine-work.json`.
 *
 * Each trace is replayed three times: `patient` lets each completion end, which tells what a key costs; `hurried` cancels it
 * when the next key comes by a virtual clock, which tells what is begun in vain; `early` does so as well, but begins at the
 * change of the document, as the product does, and not 50 ms later, when VS Code asks.
 */

/** Times of a model of half a billion parameters on one core. */
const virtualCost = { prefill: 6, decode: 30 };
/** Before VS Code asks. Milliseconds. */
const debounce = 50;
const line = { languageId: '', pieces: [], extent: 'line' as const, maxTokens: 32, probabilityFloor: 0 };

interface KeyWork {
	readonly kind: Moment['event']['kind'];
	readonly promptTokens: number;
	/** Tokens evaluated that belong to the prompt. */
	readonly prefilled: number;
	/** Tokens evaluated that the model wrote. */
	readonly decoded: number;
	readonly calls: number;
	readonly isCancelled: boolean;
}

/** How long the engine has until the next key, by the virtual clock. */
const timeLeft = {
	patient: () => Infinity,
	hurried: (gap: number) => gap - debounce,
	early: (gap: number) => gap,
} as const;

async function replayTrace(real: RealModel, trace: string, pace: keyof typeof timeLeft): Promise<readonly KeyWork[]> {
	const sequence = new CountingSequence(await real.openSequence(), virtualCost);
	const completer = real.completer(sequence, new OpenTexts());
	const work: KeyWork[] = [];
	const moments = [...replay(readTrace(trace))];
	for (const [index, moment] of moments.entries()) {
		const gap = moments[index + 1]?.event.gap ?? Infinity;
		work.push(await press(completer, sequence, moment, timeLeft[pace](gap)));
	}
	await sequence.dispose();
	return work;
}

async function press(
	completer: Completer,
	sequence: CountingSequence,
	{ event, path, prefix, suffix }: Moment,
	virtualMs: number,
): Promise<KeyWork> {
	sequence.start(virtualMs);
	// Cancelled within VS Code's own delay: the engine is never asked.
	const answer =
		virtualMs <= 0
			? undefined
			: await completer
					.run({ ...line, requestId: 0, path, prefix, suffix }, sequence.signal, () => undefined)
					.catch((error: unknown) => {
						if (isAbort(error)) {
							return undefined;
						}
						throw error;
					});
	const { prefilled, decoded, calls } = sequence.counts;
	const promptTokens = answer?.promptTokens ?? 0;
	return { kind: event.kind, promptTokens, prefilled, decoded, calls, isCancelled: answer === undefined };
}

type Replays = Readonly<Record<keyof typeof timeLeft, readonly KeyWork[]>>;

function summary({ patient, hurried, early }: Replays) {
	const appended = patient.filter(({ kind }) => kind === 'type' || kind === 'newline');
	const prompts = sum(patient, ({ promptTokens }) => promptTokens);
	return {
		keystrokes: patient.length,
		appendedKeystrokes: appended.length,
		prefilledPerAppendedKeystroke: ratio(
			sum(appended, key => key.prefilled),
			appended.length,
		),
		mostPrefilledAtAnAppendedKeystroke: Math.max(...appended.map(key => key.prefilled)),
		prefilledPerKeystroke: ratio(
			sum(patient, key => key.prefilled),
			patient.length,
		),
		decodedPerKeystroke: ratio(
			sum(patient, key => key.decoded),
			patient.length,
		),
		callsPerKeystroke: ratio(
			sum(patient, key => key.calls),
			patient.length,
		),
		reuse: ratio(prompts - sum(patient, key => key.prefilled), prompts),
		hurried: inVain(hurried),
		early: inVain(early),
	};
}

/** The work that is begun and not finished. */
function inVain(work: readonly KeyWork[]) {
	const cancelled = work.filter(({ isCancelled }) => isCancelled);
	const perKey = (of: (key: KeyWork) => number, keys = work): number => ratio(sum(keys, of), work.length);
	return {
		cancelledShare: ratio(cancelled.length, work.length),
		prefilledPerKeystroke: perKey(key => key.prefilled),
		decodedPerKeystroke: perKey(key => key.decoded),
		decodedInVainPerKeystroke: perKey(key => key.decoded, cancelled),
	};
}

function sum(work: readonly KeyWork[], of: (key: KeyWork) => number): number {
	return work.reduce((total, key) => total + of(key), 0);
}

function ratio(part: number, whole: number): number {
	return Number((part / whole).toFixed(3));
}

const folder = mkdtempSync(join(tmpdir(), 'sotto-'));
const traces = join(import.meta.dirname, 'traces');
const names = readdirSync(traces).flatMap(name => (name.endsWith('.jsonl') ? [name.slice(0, -'.jsonl'.length)] : []));
const details: Record<string, Record<string, ReturnType<typeof summary>>> = {};
for (const path of [nanoModel, writeChangedModel(join(folder, 'prefix-first.gguf'), prefixFirst)]) {
	const real = await openRealModel(path);
	const ofFormat: Record<string, ReturnType<typeof summary>> = {};
	for (const name of names) {
		const trace = join(traces, `${name}.jsonl`);
		ofFormat[name] = summary({
			patient: await replayTrace(real, trace, 'patient'),
			hurried: await replayTrace(real, trace, 'hurried'),
			early: await replayTrace(real, trace, 'early'),
		});
	}
	details[real.format.order] = ofFormat;
	await real.model.dispose();
}
rmSync(folder, { recursive: true });
const tokensPerAppendedKeystroke = Object.fromEntries(
	Object.entries(details).map(([order, ofFormat]) => [
		order,
		Object.fromEntries(
			Object.entries(ofFormat).map(([name, { prefilledPerAppendedKeystroke }]) => [
				name,
				prefilledPerAppendedKeystroke,
			]),
		),
	]),
);
const results = join(import.meta.dirname, 'results');
mkdirSync(results, { recursive: true });
const text = `${JSON.stringify({ tokensPerAppendedKeystroke, details }, null, '\t')}\n`;
writeFileSync(join(results, 'engine-work.json'), text);
console.log(text);
