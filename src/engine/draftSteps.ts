import type { DraftGauge } from '../core/engine/draftGauge';
import { chooseFromMixture, type Choice, type PriorTokens } from '../core/prior/mixture';
import type { TokenId } from '../core/prompt/tokenizer';
import type { Drafter } from './drafter';
import type { Asked, EngineModel, NextToken } from './engineModel';
import type { Prior } from './nextTokens';
import { TokenText } from './tokenText';

/**
 * Drafts. What an earlier answer or the texts at hand have next is evaluated in one call with the last token; what comes out is
 * what would have come out token by token. A draft decides only how many tokens come of one call.
 */

/** A token to evaluate, and what the prior says of the next one. */
export interface Step extends Asked {
	readonly guess: PriorTokens | undefined;
}

/** The steps that are evaluated in one call. */
export interface Drafted {
	readonly steps: readonly Step[];
	/** Wants to know how much of the draft was right. None where there is no draft. */
	readonly gauge: DraftGauge | undefined;
}

interface Place {
	readonly decode: EngineModel['decode'];
	readonly drafts: Drafter | undefined;
	/** All so far, the last of which is not in the cache. */
	readonly tokens: readonly TokenId[];
	readonly written: string;
	readonly prior: Prior | undefined;
}

/** The steps to evaluate in one call: the last token, then the draft, where there is one and checking it pays. */
export function stepsFrom(last: TokenId, { decode, drafts, tokens, written, prior }: Place): Drafted {
	const stepAt = (token: TokenId, guess: PriorTokens | undefined): Step => {
		return { token, guess, others: [...(guess?.tokens.keys() ?? [])] };
	};
	const first = stepAt(last, prior?.next(written));
	const draft = drafts?.draft(tokens, first.guess);
	const steps = [first];
	const pieces = new TokenText(decode, tokens);
	let ahead = written;
	for (const token of draft?.tokens ?? []) {
		const text = pieces.add(token);
		if (text === undefined || text === '') {
			break; // what the prior would say of half a character is not known
		}
		ahead += text;
		steps.push(stepAt(token, prior?.next(ahead)));
	}
	return { steps, gauge: draft?.gauge };
}

const nothing: Choice = { token: undefined, probability: 0, fromPrior: false };

/** The next tokens: up to the first one that the draft has otherwise, which is the last that is known. */
export function choicesAlong(
	{ steps, gauge }: Drafted,
	told: readonly (readonly NextToken[])[],
	prior: Prior | undefined,
): readonly Choice[] {
	const choices: Choice[] = [];
	for (const [index, { guess }] of steps.entries()) {
		const choice = chooseFromMixture(told[index] ?? [], guess, prior?.trust) ?? nothing;
		choices.push(choice);
		if (choice.token === undefined || choice.token !== steps[index + 1]?.token) {
			break;
		}
	}
	if (steps.length > 1) {
		gauge?.observe(steps.length - 1, choices.length - 1);
	}
	return choices;
}
