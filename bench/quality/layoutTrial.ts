import type { EnginePart } from '../../src/core/completion/completionEngine';
import { judge, type Judgement } from '../../src/core/evaluation/judge';
import { cursorDocument, hiddenText, type EvaluationPosition } from '../../src/core/evaluation/positions';
import { postprocess } from '../../src/core/postprocess/pipeline';
import type { OpenTexts } from '../../src/core/prior/openTexts';
import { layoutPrompt } from '../../src/core/prompt/layout';
import type { TokenId } from '../../src/core/prompt/tokenizer';
import type { DocumentSnapshot } from '../../src/core/text/documentSnapshot';
import type { Completer } from '../../src/engine/completer';
import type { TokenSequence } from '../../src/engine/engineModel';
import { takeBack } from '../../src/engine/healing';
import type { RealModel } from '../../test/support/realModel';
import { earlier, lineBefore, pendingClosers } from './pendingClosers';

/** The suggestion at a position, without the gate. */
export interface Shown extends Pick<Judgement, 'isExactLine'> {
	readonly text: string;
}

/** The same position asked at in two ways. */
export interface Pair {
	readonly before: Shown;
	readonly after: Shown;
}

/** The results at one position in each way; `undefined` where the way makes no difference to the prompt. */
export interface LayoutTrial {
	/** Tokens typed since the layout was made that the engine carries on. */
	readonly typedTokens: number;
	/** A prompt laid out anew, and the one that is carried on. */
	readonly carried: Pair | undefined;
	/** The last token left as it is, and taken back and written again. */
	readonly healed: Pair | undefined;
}

const never = new AbortController().signal;
const maxTokens = 32;
/** Text in which the tokens typed last are looked for. UTF-16 units. */
const tail = 4000;

/** Asks at positions as if the last tokens before the cursor had been typed since the prompt was laid out. */
export class LayoutTrials {
	readonly #budget: number;

	/**
	 * @param sequence its cache may hold anything.
	 * @param texts of the open files, as far as they are known when it is asked.
	 */
	constructor(
		private readonly model: RealModel,
		private readonly sequence: TokenSequence,
		private readonly texts: OpenTexts,
	) {
		this.#budget = sequence.capacity - 8 - 128;
	}

	async run(position: EvaluationPosition, typedTokens: number): Promise<LayoutTrial> {
		const document = cursorDocument(position);
		const closers = pendingClosers(lineBefore(document.prefix));
		const now = { ...document, suffix: closers + document.suffix };
		const then = { ...now, ...earlier(now, this.#typedLength(now.prefix, typedTokens)) };
		const hidden = hiddenText(position);
		const ask = (completer: Completer, without: readonly EnginePart[] = []): Promise<Shown> =>
			this.#ask(completer, now, { hidden, closers, without });
		const exact = this.#tokens(now);
		const isCarried = !isSame(exact, this.#tokens(now, then));
		const prompt = takeBack(exact, { open: exact.length, prefix: now.prefix, decode: this.model.decode });
		const isHealed = prompt.typed !== '';
		if (!isCarried && !isHealed) {
			return { typedTokens, carried: undefined, healed: undefined };
		}
		const fresh = await ask(this.#completer());
		const plain = isHealed ? await ask(this.#completer(), ['healing']) : fresh;
		return {
			typedTokens,
			healed: isHealed ? { before: plain, after: fresh } : undefined,
			carried: isCarried ? { before: fresh, after: await ask(await this.#carrying(then)) } : undefined,
		};
	}

	#completer(): Completer {
		return this.model.completer(this.sequence, this.texts);
	}

	async #carrying(then: DocumentSnapshot): Promise<Completer> {
		const completer = this.#completer();
		await completer.run(paramsOf(then, 0), never, () => undefined);
		return completer;
	}

	async #ask(
		completer: Completer,
		document: DocumentSnapshot,
		{
			hidden,
			closers,
			without,
		}: { readonly hidden: string; readonly closers: string; readonly without: readonly EnginePart[] },
	): Promise<Shown> {
		const answer = await completer.run(
			{ ...paramsOf(document, maxTokens), without: [...without] },
			never,
			() => undefined,
		);
		const { shown } = postprocess(
			{ text: answer.text, replaceAfter: 0 },
			{ ...document, stopReason: answer.stopReason },
		);
		const text = shown === undefined ? '' : shown.text + closers.slice(shown.replaceAfter);
		return { text, isExactLine: judge(text, hidden).isExactLine };
	}

	#tokens(now: DocumentSnapshot, then?: DocumentSnapshot): readonly TokenId[] {
		const { format, tokenizer } = this.model;
		const budget = this.#budget;
		const pieces = { pieces: [] };
		const state =
			then === undefined ? undefined : layoutPrompt(format, tokenizer, { ...then, ...pieces }, { budget }).state;
		return layoutPrompt(format, tokenizer, { ...now, ...pieces }, { budget, state }).tokens;
	}

	/** UTF-16 units of the last tokens before the cursor. */
	#typedLength(prefix: string, tokens: number): number {
		const end = this.model.tokenizer.tokenize(prefix.slice(-tail));
		return Math.min(prefix.length, this.model.decode(end.slice(Math.max(1, end.length - tokens)), []).length);
	}
}

function paramsOf(document: DocumentSnapshot, tokens: number): Parameters<Completer['run']>[0] {
	const { path, languageId, prefix, suffix } = document;
	return {
		requestId: 0,
		path,
		languageId,
		prefix,
		suffix,
		pieces: [],
		extent: 'line',
		maxTokens: tokens,
		probabilityFloor: 0,
	};
}

function isSame(a: readonly TokenId[], b: readonly TokenId[]): boolean {
	return a.length === b.length && a.every((token, index) => token === b[index]);
}
