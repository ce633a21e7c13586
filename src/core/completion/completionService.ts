import { postprocess } from '../postprocess/pipeline';
import type { Settings } from '../settings/settings';
import type { DocumentSnapshot } from '../text/documentSnapshot';
import type { CompletionAnswer, CompletionEngine, CompletionQuery, ContextPiece } from './completionEngine';
import { cutByConfidence, probabilityFloor } from './confidence';
import { chooseExtent } from './extent';
import { offReason, type Permission } from './offReason';
import { Rejections } from './rejections';
import { silenceReason } from './silence';
import { SuggestionMemory } from './suggestionMemory';

export interface CompletionRequest extends Permission {
	readonly document: DocumentSnapshot;
	readonly settings: Settings;
	/** Pieces of other files, best first. Called only when the model is to be asked; nothing here waits for them. */
	pieces(): readonly ContextPiece[];
	/** The document is seen as if an entry of the suggest widget were in it already: the user has not typed that. */
	readonly isPreview?: boolean;
	/** Text is selected, or there are several cursors: as where a snippet is being filled in. */
	readonly isSelecting?: boolean;
}

/** What to show at the cursor. */
export interface Suggestion {
	readonly text: string;
	/** UTF-16 units right of the cursor, in the same line, that the text replaces. */
	readonly replaceAfter: number;
}

/** How an outcome came about, as far as it went. */
export interface Trail {
	/** What the model was asked. */
	readonly query?: CompletionQuery;
	readonly answer?: CompletionAnswer;
	/** What went into the filters: the part of the answer that the model is sure of, or what was remembered. */
	readonly candidate?: string;
}

export type Offer = Trail & {
	readonly kind: 'suggestion';
	readonly source: 'memory' | 'model';
	readonly suggestion: Suggestion;
};

/** A suggestion or a reason for silence. */
export type CompletionOutcome = Offer | (Trail & { readonly kind: 'silence'; readonly because: string });

/** Most tokens generated: a long line, a short block. At 3.3 characters a token these are 100 and 400 characters. */
const maxTokens = { line: 32, block: 120 } as const;

/** From keystroke to suggestion. The steps are `complete`'s lines; each is a file of its own. */
export class CompletionService {
	/** Counts `forget`: an answer that was asked for before one of them is not remembered after it. */
	#forgotten = 0;
	readonly #memory = new SuggestionMemory();
	readonly #rejections = new Rejections();

	constructor(private readonly engine: CompletionEngine) {}

	/** Throws `signal.reason` when cancelled, and the engine's `EngineError`s. */
	async complete(request: CompletionRequest, signal: AbortSignal): Promise<CompletionOutcome> {
		const off = offReason(request);
		if (off !== undefined) {
			return { kind: 'silence', because: off };
		}
		if (request.isSelecting === true && request.trigger === 'automatic') {
			return { kind: 'silence', because: 'text is selected, or there are several cursors' };
		}
		if (request.isPreview !== true) {
			this.#rejections.observe(request.document);
		}
		const remembered = this.#recall(request.document);
		if (remembered !== undefined) {
			return this.#unlessRejected(request, remembered);
		}
		const because = silenceReason(request.document, request.trigger, request.settings);
		if (because !== undefined) {
			return { kind: 'silence', because };
		}
		return this.#ask(request, signal);
	}

	/** Forgets all answers: after a change of the model or of a setting that shapes them. */
	forget(): void {
		this.#forgotten++;
		this.#memory.clear();
		this.#rejections.clear();
	}

	/** The user took a suggestion, or a part of it. */
	accepted(): void {
		this.#rejections.accepted();
	}

	#recall(document: DocumentSnapshot): Offer | undefined {
		const candidate = this.#memory.recall(document);
		const suggestion =
			candidate === undefined ? undefined : postprocess({ text: candidate, replaceAfter: 0 }, document).shown;
		return candidate === undefined || suggestion === undefined
			? undefined
			: { kind: 'suggestion', source: 'memory', suggestion, candidate };
	}

	async #ask(request: CompletionRequest, signal: AbortSignal): Promise<CompletionOutcome> {
		const query = queryOf(request);
		const asked = this.#forgotten;
		const answer = await this.engine.complete(query, signal);
		const text = confidentText(answer, request);
		if (text === undefined) {
			return { kind: 'silence', because: 'the model is not sure enough', query, answer };
		}
		const { shown, steps } = postprocess(
			{ text, replaceAfter: 0 },
			{ ...request.document, stopReason: stopReasonOf(answer, text) },
		);
		if (shown === undefined) {
			const because = `nothing was left after: ${steps.map(({ name }) => name).join(', ')}`;
			return { kind: 'silence', because, query, answer, candidate: text };
		}
		if (asked === this.#forgotten) {
			this.#memory.remember(request.document, shown.text);
		}
		signal.throwIfAborted();
		const trail = { query, answer, candidate: text };
		return this.#unlessRejected(request, { kind: 'suggestion', source: 'model', suggestion: shown, ...trail });
	}

	/** Who asks by hand gets what was passed over before, too. */
	#unlessRejected({ document, trigger, isPreview }: CompletionRequest, offer: Offer): CompletionOutcome {
		const { text } = offer.suggestion;
		if (trigger === 'manual') {
			this.#rejections.forgive(document, text);
		} else if (this.#rejections.isRejected(document, text)) {
			return { ...offer, kind: 'silence', because: 'you passed over this suggestion here before' };
		}
		if (isPreview !== true) {
			this.#rejections.shown(document, text);
		}
		return offer;
	}
}

function queryOf(request: CompletionRequest): CompletionQuery {
	const { document, settings, trigger } = request;
	const extent = chooseExtent(document, settings['completion.lines']);
	const { path, languageId, prefix, suffix } = document;
	return {
		path,
		languageId,
		prefix,
		suffix,
		pieces: request.pieces(),
		extent,
		maxTokens: maxTokens[extent],
		probabilityFloor: trigger === 'manual' ? 0 : probabilityFloor(settings['completion.confidence']),
	};
}

/** Who asks by hand gets an answer, however unsure the model is. */
function confidentText(answer: CompletionAnswer, { trigger, settings }: CompletionRequest): string | undefined {
	return trigger === 'manual'
		? answer.text
		: cutByConfidence(answer.tokens, settings['completion.confidence'], answer)?.text;
}

/** Why the text that the filters get ends there: where the gate has cut, it was the gate and not what stopped the engine. */
export function stopReasonOf(answer: CompletionAnswer, candidate: string): string | undefined {
	return candidate === answer.text ? answer.stopReason : undefined;
}
