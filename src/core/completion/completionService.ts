import { postprocess } from '../postprocess/pipeline';
import type { Settings } from '../settings/settings';
import { gateAt, type GateAt } from '../taste/adaptiveGate';
import type { GateSample } from '../taste/logisticTaste';
import type { TasteOutcome } from '../taste/lineTaste';
import { Taste, type GateRuling, type ShownSuggestion } from '../taste/taste';
import type { DocumentSnapshot } from '../text/documentSnapshot';
import type { CompletionAnswer, CompletionEngine, CompletionQuery, ContextPiece } from './completionEngine';
import { blockTokens, chooseExtent } from './extent';
import { offReason, type Permission } from './offReason';
import { Rejections } from './rejections';
import { silenceReason } from './silence';
import { SuggestionMemory } from './suggestionMemory';
import { probabilityFloor } from './thresholds';

export interface CompletionRequest extends Permission {
	readonly document: DocumentSnapshot;
	readonly settings: Settings;
	/** Pieces of other files, best first. Called only when the model is to be asked; nothing here waits for them. */
	pieces(): readonly ContextPiece[];
	/** The document is seen as if an entry of the suggest widget were in it already: the user has not typed that. */
	readonly isPreview?: boolean;
	/** Text is selected, or there are several cursors: as where a snippet is being filled in. */
	readonly isSelecting?: boolean;
	/** Name of the model that runs, where one does: each has thresholds of its own. */
	readonly model?: string | undefined;
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
	/** Left out for requests by hand, which pass no gate. */
	readonly gate?: GateRuling | undefined;
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
	/** What was offered last: the one that an accept is about. */
	#offered: ShownSuggestion | undefined;

	/** @param taste what was learnt of the user so far; it learns more here. */
	constructor(
		private readonly engine: CompletionEngine,
		private readonly taste: Taste = new Taste(),
	) {}

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
			for (const lesson of this.#rejections.observe(request.document)) {
				this.taste.learn(lesson, 'passed-over');
			}
		}
		const remembered = this.#recall(request.document);
		if (remembered !== undefined) {
			return this.#unlessRejected(request, remembered.offer, remembered.sample);
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

	/** The user took the suggestion on screen, or a part of it. */
	accepted(extent: Exclude<TasteOutcome, 'passed-over'>): void {
		this.#rejections.accepted();
		if (this.#offered !== undefined) {
			this.taste.learn(this.#offered, extent);
		}
	}

	#recall(document: DocumentSnapshot): { offer: Offer; sample: GateSample | undefined } | undefined {
		const saying = this.#memory.recall(document);
		const suggestion =
			saying === undefined ? undefined : postprocess({ text: saying.text, replaceAfter: 0 }, document).shown;
		return saying === undefined || suggestion === undefined
			? undefined
			: { offer: { kind: 'suggestion', source: 'memory', suggestion, candidate: saying.text }, sample: saying.sample };
	}

	async #ask(request: CompletionRequest, signal: AbortSignal): Promise<CompletionOutcome> {
		const gate = this.#gateFor(request);
		const query = queryOf(request, { gate, liking: this.taste.likesSeveralLines(request.document.languageId) });
		const asked = this.#forgotten;
		const answer = await this.engine.complete(query, signal);
		const ruling = gate === undefined ? undefined : this.taste.judge(gate, answer);
		const asking = { query, answer, gate: ruling };
		// Who asks by hand gets an answer, however unsure the model is.
		const text = ruling === undefined ? answer.text : ruling.text;
		if (text === undefined) {
			return { kind: 'silence', because: 'the model is not sure enough', ...asking };
		}
		const { shown, steps } = postprocess(
			{ text, replaceAfter: 0 },
			{ ...request.document, stopReason: stopReasonOf(answer, text) },
		);
		if (shown === undefined) {
			const because = `nothing was left after: ${steps.map(({ name }) => name).join(', ')}`;
			return { kind: 'silence', because, ...asking, candidate: text };
		}
		if (asked === this.#forgotten) {
			this.#memory.remember(request.document, { text: shown.text, sample: ruling?.sample });
		}
		signal.throwIfAborted();
		const offer = { kind: 'suggestion', source: 'model', suggestion: shown, ...asking, candidate: text } as const;
		return this.#unlessRejected(request, offer, ruling?.sample);
	}

	/** Who asks by hand gets what was passed over before, too. */
	#unlessRejected(request: CompletionRequest, offer: Offer, sample: GateSample | undefined): CompletionOutcome {
		const { document, trigger, isPreview } = request;
		const { text } = offer.suggestion;
		if (trigger === 'manual') {
			this.#rejections.forgive(document, text);
		} else if (this.#rejections.isRejected(document, text)) {
			return { ...offer, kind: 'silence', because: 'you passed over this suggestion here before' };
		}
		this.#offered = { languageId: document.languageId, hasSeveralLines: text.trim().includes('\n'), sample };
		if (isPreview !== true) {
			this.#rejections.shown(document, text, this.#offered);
		}
		return offer;
	}

	/** None for who asks by hand. */
	#gateFor({ document, settings, trigger, model }: CompletionRequest): GateAt | undefined {
		const level = settings['completion.confidence'];
		return trigger === 'manual' ? undefined : gateAt(document, { level, model }, this.taste.state);
	}
}

function queryOf(
	request: CompletionRequest,
	{ gate, liking }: { readonly gate: GateAt | undefined; readonly liking: number },
): CompletionQuery {
	const { document, settings } = request;
	const extent = chooseExtent(document, { lines: settings['completion.lines'], liking });
	const { path, languageId, prefix, suffix } = document;
	return {
		path,
		languageId,
		prefix,
		suffix,
		pieces: request.pieces(),
		extent,
		maxTokens: extent === 'line' ? maxTokens.line : blockTokens(maxTokens.block, liking),
		probabilityFloor: gate === undefined ? 0 : probabilityFloor(gate),
	};
}

/** Why the text that the filters get ends there: where the gate has cut, it was the gate and not what stopped the engine. */
export function stopReasonOf(answer: CompletionAnswer, candidate: string): string | undefined {
	return candidate === answer.text ? answer.stopReason : undefined;
}
