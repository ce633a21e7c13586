import { CodeScanner } from '../postprocess/codeScanner';
import { postprocess } from '../postprocess/pipeline';
import type { GateSample } from '../taste/logisticTaste';
import type { TasteOutcome } from '../taste/lineTaste';
import { Taste, type ShownSuggestion } from '../taste/taste';
import type { DocumentSnapshot } from '../text/documentSnapshot';
import type { CompletionAnswer, CompletionEngine } from './completionEngine';
import type { CompletionOutcome, CompletionRequest, Offer, Suggestion } from './completionRequest';
import { afterAccepting, onNextLine } from './afterAccepting';
import { inCellLanguage } from './cellRequest';
import { FirstLine, type Patience } from './firstLine';
import { judge } from './judge';
import { offReason } from './offReason';
import { openQuestion, questionOf, type OpenQuestion } from './question';
import { Rejections } from './rejections';
import { silenceReason } from './silence';
import { SuggestionMemory } from './suggestionMemory';
import type { SyntaxScope } from './syntaxScope';

/** More of them nobody looks through. */
const mostAlternatives = 4;
/** Most tokens written of what may never be asked for. */
const mostAhead = 64;

/** From keystroke to suggestion. The steps are `complete`'s lines; each is a file of its own. */
export class CompletionService {
	/** Counts `forget`: an answer that was asked for before one of them is not remembered after it. */
	#forgotten = 0;
	readonly #memory = new SuggestionMemory();
	readonly #rejections = new Rejections();
	readonly #scanner = new CodeScanner();
	/** The suggestion that was offered last, which an accept refers to. */
	#offered: ShownSuggestion | undefined;
	/** The place of the last look-ahead, so that it is not repeated at each key on the way there. */
	#ahead: DocumentSnapshot | undefined;

	/**
	 * @param taste what was learnt of the user so far; it learns more here.
	 * @param patience how long to wait for the whole of an answer of several lines; without end where it is left out.
	 * @param scope tells by syntax where answers end; by indentation alone where it is left out.
	 */
	constructor(
		private readonly engine: CompletionEngine,
		private readonly taste: Taste = new Taste(),
		private readonly patience?: Patience,
		private readonly scope?: SyntaxScope,
	) {}

	/** Throws `signal.reason` when cancelled, and the engine's `EngineError`s. */
	async complete(asked: CompletionRequest, signal: AbortSignal): Promise<CompletionOutcome> {
		const request = inCellLanguage(asked);
		const off = offReason(request);
		if (off !== undefined) {
			return { kind: 'silence', stage: 'off', reason: off };
		}
		if (request.isSelecting === true && request.trigger === 'automatic') {
			return { kind: 'silence', stage: 'place', reason: 'selection' };
		}
		if (request.isPreview !== true) {
			for (const lesson of this.#rejections.observe(request.document)) {
				this.taste.learn(lesson, 'passed-over');
			}
		}
		// Who asks by hand wants to see what else could stand there, not what is known already.
		const remembered = request.trigger === 'manual' ? undefined : this.#recall(request.document);
		if (remembered !== undefined) {
			return this.#unlessRejected(request, remembered.offer, remembered.sample);
		}
		const reason = silenceReason(request.document, request.trigger, request.settings);
		if (reason !== undefined) {
			return { kind: 'silence', stage: 'place', reason };
		}
		return this.#ask(request, signal);
	}

	/**
	 * The text has changed, and the editor will ask in a moment: begins, where it will have to be asked for.
	 * @param expected the request that the editor is expected to make.
	 */
	anticipate(expected: CompletionRequest): void {
		const request = inCellLanguage(expected);
		if (this.#wants(request)) {
			this.engine.begin?.(questionOf(request, this.taste).query);
		}
	}

	/**
	 * Prepares for what is asked for when a suggestion on screen is accepted, and where the line ends with it, for the next
	 * line. Nothing of it is shown; it is remembered for when it is asked for. Ends with an AbortError for anything newer.
	 */
	async lookAhead(request: CompletionRequest, shown: Suggestion, signal: AbortSignal): Promise<void> {
		const document = afterAccepting(request.document, shown);
		if (this.#ahead?.uri === document.uri && isSameText(this.#ahead, document)) {
			return;
		}
		const accepted = { ...request, document, trigger: 'automatic', isPreview: false } as const;
		const isLineOver = await this.#prepare(accepted, signal);
		this.#ahead = document;
		const nextLine = isLineOver ? onNextLine(document) : undefined;
		if (nextLine !== undefined) {
			await this.#prepare({ ...accepted, document: nextLine }, signal);
		}
	}

	/**
	 * The user rests at a place: has the prompt read that the next key will need. Ends with an AbortError for anything newer.
	 * @param purpose `refresh` after some seconds.
	 */
	async settle(resting: CompletionRequest, purpose: 'settle' | 'refresh', signal: AbortSignal): Promise<void> {
		const request = inCellLanguage(resting);
		if (this.#wants(request)) {
			const { query } = questionOf(request, this.taste);
			await this.engine.complete({ ...query, maxTokens: 0, purpose }, signal);
		}
	}

	/** Forgets all answers: after a change of the model or of a setting that shapes them. */
	forget(): void {
		this.#forgotten++;
		this.#ahead = undefined;
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
		const remembered = this.#memory.recall(document);
		if (remembered === undefined) {
			return undefined;
		}
		const { text: candidate, sample } = remembered;
		const place = { ...document, isWanted: true, scanner: this.#scanner };
		const { shown: suggestion, steps } = postprocess({ text: candidate, replaceAfter: 0 }, place);
		return suggestion === undefined
			? undefined
			: { offer: { kind: 'suggestion', source: 'memory', suggestion, candidate, steps }, sample };
	}

	/** Would the model be asked? */
	#wants(request: CompletionRequest): boolean {
		const { document, trigger, settings } = request;
		return (
			offReason(request) === undefined &&
			// The memory is the cheapest check, and it has an answer at most keys.
			this.#memory.recall(document) === undefined &&
			silenceReason(document, trigger, settings) === undefined
		);
	}

	async #ask(request: CompletionRequest, signal: AbortSignal): Promise<CompletionOutcome> {
		const question = openQuestion(request, this.taste, this.scope);
		const asked = this.#forgotten;
		const firstLine = new FirstLine();
		const whole = this.engine.complete(question.query, signal, soFar => {
			firstLine.hear(soFar);
		});
		if (this.patience !== undefined && question.query.extent === 'block') {
			const line = await firstLine.before(whole, this.patience);
			const outcome = line === undefined ? undefined : await this.#foresee(request, question, line);
			if (outcome?.kind === 'suggestion') {
				void this.#rememberRest(request, question, { whole, shown: outcome, asked });
				return this.#answer(request, outcome, { asked, signal });
			}
		}
		const answer = await whole;
		const gate = question.gate && this.taste.judge(question.gate, answer);
		const outcome = await judge(request, { ...question, answer, gate }, this.#scanner);
		const alternatives = await this.#alternatives(request, question, answer);
		const offered = outcome.kind === 'suggestion' && alternatives.length > 0 ? { ...outcome, alternatives } : outcome;
		return this.#answer(request, offered, { asked, signal });
	}

	/** The engine's other candidates, after the filters. */
	async #alternatives(
		request: CompletionRequest,
		question: OpenQuestion,
		answer: CompletionAnswer,
	): Promise<readonly Suggestion[]> {
		const outcomes = (answer.others ?? []).slice(0, mostAlternatives).map(other => {
			const alone = { ...answer, ...other, others: undefined };
			return judge(request, { ...question, answer: alone, gate: undefined }, this.#scanner);
		});
		return (await Promise.all(outcomes)).flatMap(outcome =>
			outcome.kind === 'suggestion' ? [outcome.suggestion] : [],
		);
	}

	/** The outcome for an answer that will not be shown, or that is not complete yet. */
	#foresee(request: CompletionRequest, question: OpenQuestion, answer: CompletionAnswer): Promise<CompletionOutcome> {
		const gate = question.gate && this.taste.foresee(question.gate, answer);
		return judge(request, { ...question, answer, gate }, this.#scanner);
	}

	#answer(
		request: CompletionRequest,
		outcome: CompletionOutcome,
		{ asked, signal }: { readonly asked: number; readonly signal: AbortSignal },
	): CompletionOutcome {
		if (outcome.kind === 'silence') {
			return outcome;
		}
		this.#remember(request, outcome, asked);
		signal.throwIfAborted();
		return this.#unlessRejected(request, outcome, outcome.gate?.sample);
	}

	#remember({ document }: CompletionRequest, { suggestion, gate }: Offer, asked: number): void {
		if (asked === this.#forgotten) {
			this.#memory.remember(document, { text: suggestion.text, sample: gate?.sample });
		}
	}

	/** The first line is on screen, the rest of the answer is still being written: it comes at the next key. */
	async #rememberRest(
		request: CompletionRequest,
		question: OpenQuestion,
		{ whole, shown, asked }: { whole: Promise<CompletionAnswer>; shown: Offer; asked: number },
	): Promise<void> {
		// Superseded, or the engine failed: then the next request tells of it.
		const answer = await whole.catch(() => undefined);
		const outcome = answer && (await this.#foresee(request, question, answer));
		if (outcome?.kind === 'suggestion' && outcome.suggestion.text.startsWith(shown.suggestion.text)) {
			this.#remember(request, outcome, asked);
		}
	}

	/** @returns whether the model has nothing more to say in this line. */
	async #prepare(expected: CompletionRequest, signal: AbortSignal): Promise<boolean> {
		const request = inCellLanguage(expected);
		if (!this.#wants(request)) {
			return false;
		}
		const question = openQuestion(request, this.taste, this.scope);
		const maxTokens = Math.min(question.query.maxTokens, mostAhead);
		const asked = this.#forgotten;
		const answer = await this.engine.complete({ ...question.query, purpose: 'ahead', maxTokens }, signal);
		const outcome = await this.#foresee(request, question, answer);
		if (outcome.kind === 'suggestion') {
			this.#remember(request, outcome, asked);
		}
		return answer.text.trim() === '';
	}

	/** Who asks by hand gets what was passed over before, too. */
	#unlessRejected(request: CompletionRequest, offer: Offer, sample: GateSample | undefined): CompletionOutcome {
		const { document, trigger, isPreview } = request;
		const { text } = offer.suggestion;
		if (trigger === 'manual') {
			this.#rejections.forgive(document, text);
		} else if (this.#rejections.isRejected(document, text)) {
			return { ...offer, kind: 'silence', stage: 'rejections', reason: 'rejected-before' };
		}
		this.#offered = { languageId: document.languageId, hasSeveralLines: text.trim().includes('\n'), sample };
		if (isPreview !== true) {
			this.#rejections.shown(document, text, this.#offered);
		}
		return offer;
	}
}

function isSameText(a: DocumentSnapshot, b: DocumentSnapshot): boolean {
	return a.prefix === b.prefix && a.suffix === b.suffix;
}
