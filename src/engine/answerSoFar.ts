import type { StopRules } from '../core/completion/stopRules';
import { dropBlankEnd } from '../core/completion/stopText';
import type { GeneratedToken, StopReason } from '../protocol/engineContract';
import type { Written } from './nextTokens';

export interface Answer {
	readonly reason: StopReason;
	readonly text: string;
	readonly tokens: readonly GeneratedToken[];
	/** The one that was too improbable, if that ended the answer. */
	readonly refused: readonly GeneratedToken[];
}

/** The tokens that are written so far, and whether they are enough. */
export class AnswerSoFar {
	readonly #tokens: GeneratedToken[] = [];

	constructor(
		private readonly rules: StopRules,
		private readonly onToken: (token: GeneratedToken) => void,
	) {}

	get length(): number {
		return this.#tokens.length;
	}

	add({ text, probability, fromPrior }: Written): Answer | undefined {
		if (text === undefined) {
			return this.end('end-of-generation', dropBlankEnd(this.rules.text));
		}
		const verdict = this.rules.offer(text, probability);
		const token = { text, probability, ...(fromPrior && { fromPrior }) };
		if (verdict?.reason === 'low-probability') {
			return { ...this.end(verdict.reason, verdict.text), refused: [token] };
		}
		this.#tokens.push(token);
		this.onToken(token);
		return verdict === undefined ? undefined : this.end(verdict.reason, verdict.text);
	}

	end(reason: StopReason, text = this.rules.text): Answer {
		return { reason, text, tokens: this.#tokens, refused: [] };
	}
}

/** The tokens of the text that is kept; the last one cut where the text ends. */
export function tokensOf({ text, tokens }: Answer): GeneratedToken[] {
	const kept: GeneratedToken[] = [];
	let left = text.length;
	for (const token of tokens) {
		if (left <= 0) {
			break;
		}
		kept.push({ ...token, text: token.text.slice(0, left) });
		left -= token.text.length;
	}
	return kept;
}
