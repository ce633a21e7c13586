import { mixture } from '../core/prior/mixture';
import type { TokenId } from '../core/prompt/tokenizer';
import { spellingsAmong, withGuesses, type HealablePrompt, type Spelling } from './healing';
import { topAfter, type Decoding, type Prior } from './nextTokens';

/** The first tokens of an answer, up to the first one that is not only white space. */
export interface AnswerStart {
	/** Behind the prompt; with those that spell what was taken back. */
	readonly tokens: readonly TokenId[];
	/** The start of the answer. */
	readonly text: string;
	/** The probability of all tokens together. Tokens that spell the characters taken back are weighed only against such tokens. */
	readonly probability: number;
}

/** Places of the search that are looked behind. White space takes one or two tokens, so few starts need more. */
const mostSteps = 8;
/** The number of next tokens that are kept. The others are too improbable to be among the best starts. */
const mostBranches = 16;

interface Partial extends AnswerStart {
	/** The rest of what was taken back, still to be spelled. */
	readonly left: string;
}

/**
 * The most probable starts, by best-first search: whatever is taken next is at least as probable as all that is not looked
 * at yet. They differ in their first word or in their indentation, so the lines written on from them differ as well.
 * @param mayBegin leaves out the starts for which it is false.
 * @param count at most so many.
 */
export async function answerStarts(
	decoding: Decoding,
	prompt: HealablePrompt,
	prior: Prior | undefined,
	mayBegin: (text: string) => boolean,
	count: number,
): Promise<readonly AnswerStart[]> {
	const starts: AnswerStart[] = [];
	let open: readonly Partial[] = [{ tokens: [], text: '', left: prompt.typed, probability: 1 }];
	for (let step = 0; step < mostSteps && starts.length < count;) {
		const [best, ...rest] = open.toSorted((a, b) => b.probability - a.probability);
		if (best === undefined) {
			break;
		}
		open = rest;
		if (best.left === '' && best.text.trim() !== '') {
			starts.push(best);
			continue;
		}
		step++;
		const branches = await branchesOf(best, decoding, prompt, prior);
		open = [...open, ...branches.filter(({ text }) => mayBegin(text))];
	}
	return starts;
}

async function branchesOf(
	partial: Partial,
	decoding: Decoding,
	prompt: HealablePrompt,
	prior: Prior | undefined,
): Promise<readonly Partial[]> {
	const { decode } = decoding;
	const before = [...prompt.tokens, ...partial.tokens];
	const guess = prior?.next(partial.text, partial.left);
	const top = withGuesses(await topAfter(decoding, before), guess);
	const spellings = spellingsAmong(top, partial.left, token => decode([token], before.slice(-3)));
	const mixed = mixture(spellings, guess, prior?.trust);
	return spellings
		.flatMap((spelling, index) => next(partial, spelling, mixed[index]?.probability ?? 0))
		.toSorted((a, b) => b.probability - a.probability)
		.slice(0, mostBranches);
}

/** None where the answer would begin with a line end. */
function next(partial: Partial, { token, text }: Spelling, probability: number): readonly Partial[] {
	const left = partial.left.slice(text.length);
	const written = partial.text + text.slice(partial.left.length);
	const isLineEnd = written.includes('\n') && written.trim() === '';
	return isLineEnd || probability === 0
		? []
		: [{ tokens: [...partial.tokens, token], text: written, left, probability: partial.probability * probability }];
}
