import { postprocess } from '../postprocess/pipeline';
import type { Settings } from '../settings/settings';
import type { DocumentSnapshot } from '../text/documentSnapshot';
import type { CompletionAnswer, CompletionEngine } from './completionEngine';
import { cutByConfidence, probabilityFloor } from './confidence';
import { chooseExtent } from './extent';
import { offReason, type Permission } from './offReason';
import { silenceReason } from './silence';
import { SuggestionMemory } from './suggestionMemory';

export interface CompletionRequest extends Permission {
	readonly document: DocumentSnapshot;
	readonly settings: Settings;
	/** Pieces of other files, best first. Gathered beforehand: nothing here waits for them. */
	readonly pieces: readonly { readonly path: string; readonly text: string }[];
}

/** What to show at the cursor. */
export interface Suggestion {
	readonly text: string;
	/** UTF-16 units right of the cursor, in the same line, that the text replaces. */
	readonly replaceAfter: number;
}

/** A suggestion or a reason for silence; with the model's answer where the model was asked. */
export type CompletionOutcome =
	| {
			readonly kind: 'suggestion';
			readonly source: 'memory' | 'model';
			readonly suggestion: Suggestion;
			readonly answer?: CompletionAnswer;
	  }
	| { readonly kind: 'silence'; readonly because: string; readonly answer?: CompletionAnswer };

/** Most tokens generated: a long line, a short block. At 3.3 characters a token these are 100 and 400 characters. */
const maxTokens = { line: 32, block: 120 } as const;

/** From keystroke to suggestion. The steps are `complete`'s lines; each is a file of its own. */
export class CompletionService {
	readonly #memory = new SuggestionMemory();

	constructor(private readonly engine: CompletionEngine) {}

	/** Throws `signal.reason` when cancelled, and the engine's `EngineError`s. */
	async complete(request: CompletionRequest, signal: AbortSignal): Promise<CompletionOutcome> {
		const off = offReason(request);
		if (off !== undefined) {
			return { kind: 'silence', because: off };
		}
		const remembered = this.#recall(request.document);
		if (remembered !== undefined) {
			return { kind: 'suggestion', source: 'memory', suggestion: remembered };
		}
		const because = silenceReason(request.document, request.trigger);
		if (because !== undefined) {
			return { kind: 'silence', because };
		}
		const answer = await this.#ask(request, signal);
		const text = confidentText(answer, request);
		if (text === undefined) {
			return { kind: 'silence', because: 'the model is not sure enough', answer };
		}
		const { shown, fired } = postprocess(
			{ text, replaceAfter: 0 },
			{ ...request.document, stopReason: answer.stopReason },
		);
		if (shown === undefined) {
			return { kind: 'silence', because: `nothing was left after: ${fired.join(', ')}`, answer };
		}
		this.#memory.remember(request.document, shown.text);
		return { kind: 'suggestion', source: 'model', suggestion: shown, answer };
	}

	/** Forgets all answers: after a change of the model or of a setting that shapes them. */
	forget(): void {
		this.#memory.clear();
	}

	#recall(document: DocumentSnapshot): Suggestion | undefined {
		const text = this.#memory.recall(document);
		return text === undefined ? undefined : postprocess({ text, replaceAfter: 0 }, document).shown;
	}

	#ask({ document, settings, pieces, trigger }: CompletionRequest, signal: AbortSignal): Promise<CompletionAnswer> {
		const extent = chooseExtent(document, settings['completion.lines']);
		const { path, languageId, prefix, suffix } = document;
		return this.engine.complete(
			{
				path,
				languageId,
				prefix,
				suffix,
				pieces,
				extent,
				maxTokens: maxTokens[extent],
				probabilityFloor: trigger === 'manual' ? 0 : probabilityFloor(settings['completion.confidence']),
			},
			signal,
		);
	}
}

/** Who asks by hand gets an answer, however unsure the model is. */
function confidentText(answer: CompletionAnswer, { trigger, settings }: CompletionRequest): string | undefined {
	return trigger === 'manual'
		? answer.text
		: cutByConfidence(answer.tokens, settings['completion.confidence'], answer)?.text;
}
