import { longestDraft } from '../core/engine/draftGauge';
import type { TokenId } from '../core/prompt/tokenizer';

/** With fewer it is chance that an answer goes on as an earlier one did. */
const leastAgreeing = 4;
/** This one, which is no help to itself, and three: what is on screen, or was before the key that said otherwise, and what was prepared behind it. */
const mostRemembered = 4;

interface Answer {
	/** Prompt and answer, which may still grow. */
	readonly tokens: readonly TokenId[];
	readonly promptLength: number;
}

/** The last answers. One that was cancelled, or that a key disagreed with, often goes on as it did before. */
export class EarlierAnswers {
	#answers: readonly Answer[] = [];

	/** @param tokens the prompt. What is added to it from now on is the answer. */
	begin(tokens: readonly TokenId[]): void {
		this.#answers = [{ tokens, promptLength: tokens.length }, ...this.#answers].slice(0, mostRemembered);
	}

	/** The continuation of the same last tokens in the latest answer besides this one. */
	behind(tokens: readonly TokenId[]): readonly TokenId[] {
		const end = tokens.slice(-leastAgreeing);
		if (end.length < leastAgreeing) {
			return [];
		}
		for (const { tokens: earlier, promptLength } of this.#answers) {
			for (let at = earlier.length - 1; at >= promptLength && earlier !== tokens; at--) {
				if (stands(end, earlier, at - leastAgreeing)) {
					return earlier.slice(at, at + longestDraft);
				}
			}
		}
		return [];
	}
}

function stands(part: readonly TokenId[], tokens: readonly TokenId[], at: number): boolean {
	return part.every((token, index) => token === tokens[at + index]);
}
