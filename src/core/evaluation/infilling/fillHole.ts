import type { CompletionAnswer, CompletionEngine, EnginePart } from '../../completion/completionEngine';
import type { CompletionOutcome } from '../../completion/completionRequest';
import { CompletionService } from '../../completion/completionService';
import { maxTokens } from '../../completion/question';
import type { SyntaxScope } from '../../completion/syntaxScope';
import { defaultSettings } from '../../settings/settings';
import { documentOf, filled, holeSimilarity, isExact } from './infillingDocument';
import type { FillMode, InfillingRecord } from './infillingRecord';
import type { InfillingTask } from './infillingTask';

export interface FillWishes {
	/** Parts of the engine that are left out, whatever the mode. */
	readonly without: readonly EnginePart[];
	/** How much to ask for; `auto`: the service decides, as in the editor. */
	readonly extent: 'auto' | 'line' | 'block';
}

export interface FillPorts {
	readonly engine: CompletionEngine;
	/** Name of the model. */
	readonly model: string;
	/** Tells by syntax where answers end. */
	readonly scope?: SyntaxScope | undefined;
	/** Milliseconds from any origin. */
	readonly now: () => number;
}

/** A fill that is not run yet, and the file with it. */
export interface Fill {
	readonly record: Omit<InfillingRecord, 'verdict'>;
	readonly file: string;
}

const nothing = { text: '', replaceAfter: 0 } as const;

/**
 * Asks for the hole as a user asks by hand, which means without a gate, through the product's own service; no other files are
 * open. The service is fresh, so that nothing is remembered of another task. Throws what the service throws.
 */
export async function fillHole(
	{ task, mode }: { readonly task: InfillingTask; readonly mode: FillMode },
	wishes: FillWishes,
	{ engine, model, scope, now }: FillPorts,
	signal: AbortSignal,
): Promise<Fill> {
	const document = documentOf(task);
	const permission = { trigger: 'manual', settings: defaultSettings, isSnoozed: false, isPrivate: false } as const;
	const service = new CompletionService(asWished(engine, mode, wishes), undefined, undefined, scope);
	const start = now();
	const outcome = await service.complete({ document, pieces: () => [], model, ...permission }, signal);
	const ms = now() - start;
	const suggestion = outcome.kind === 'suggestion' ? outcome.suggestion : nothing;
	const file = filled(document, suggestion);
	const judged = { isExact: isExact(task, file), similarity: holeSimilarity(task, suggestion.text) };
	const { id, kind } = task;
	return { record: { task: id, kind, mode, ...judged, ...toldOf(outcome, wishes), ms, fill: suggestion.text }, file };
}

/** The engine without what is left out, and asked for as much as is wished. */
function asWished(engine: CompletionEngine, mode: FillMode, { without, extent }: FillWishes): CompletionEngine {
	const parts: readonly EnginePart[] = mode === 'greedy' ? [...new Set([...without, 'ranking' as const])] : without;
	const size = extent === 'auto' ? {} : { extent, maxTokens: maxTokens[extent] };
	return { complete: (query, signal) => engine.complete({ ...query, ...size, without: parts }, signal) };
}

type Told = Pick<
	InfillingRecord,
	'extent' | 'stopReason' | 'silence' | 'promptTokens' | 'evaluatedTokens' | 'generatedTokens'
>;

function toldOf(outcome: CompletionOutcome, { extent }: FillWishes): Told {
	const { promptTokens, evaluatedTokens, generatedTokens } = outcome.answer ?? noAnswer;
	return {
		extent: extent === 'auto' ? (outcome.query?.extent ?? 'line') : extent,
		stopReason: outcome.answer?.stopReason ?? 'not-asked',
		silence: outcome.kind === 'silence' ? outcome.reason : '',
		promptTokens,
		evaluatedTokens,
		generatedTokens,
	};
}

type Counted = Pick<CompletionAnswer, 'promptTokens' | 'evaluatedTokens' | 'generatedTokens'>;

const noAnswer: Counted = { promptTokens: 0, evaluatedTokens: 0, generatedTokens: 0 };
