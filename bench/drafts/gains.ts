import { cursorDocument, hiddenText } from '../../src/core/evaluation/positions';
import { LocalPrior } from '../../src/core/prior/localPrior';
import type { TokenId } from '../../src/core/prompt/tokenizer';
import type { RealModel } from '../../test/support/realModel';
import { mostTokens, paramsAt, type Place } from './places';

const leastAgreeing = 4;
const never = new AbortController().signal;

/** The final text, token by token, and the draft before each token. */
interface Written {
	readonly tokens: readonly TokenId[];
	readonly drafts: readonly (readonly TokenId[])[];
}

/**
 * How much of the drafts of the texts at hand is right, by how long they may be.
 * @param isAnswer in the product's own answers, with the model that writes them; else in what the authors wrote.
 */
export async function gains(real: RealModel, places: readonly Place[], isAnswer: boolean): Promise<unknown> {
	const all: Written[] = [];
	for (const place of places) {
		all.push(await replay(real, place, isAnswer));
	}
	return { positions: places.length, drafts: [1, 2, 3, 7].map(most => gain(all, most)) };
}

async function replay(real: RealModel, place: Place, isAnswer: boolean): Promise<Written> {
	const { position, texts } = place;
	const answer = real.tokenizer.tokenize(isAnswer ? await write(real, place) : hiddenText(position));
	const prior = new LocalPrior(texts);
	prior.moveTo(cursorDocument(position));
	const tokens = answer.slice(0, mostTokens);
	const drafts = tokens.map((_, index) => {
		const guess = prior.guess(real.decode(tokens.slice(0, index), []));
		const [best] = (guess?.continuations ?? []).toSorted((a, b) => b.share - a.share);
		return guess === undefined || guess.agreeing < leastAgreeing ? [] : real.tokenizer.tokenize(best?.text ?? '');
	});
	return { tokens, drafts };
}

/** The product's answer behind the cursor. */
async function write(real: RealModel, { position, texts }: Place): Promise<string> {
	const sequence = await real.openSequence();
	const { text } = await real.completer(sequence, texts).run(paramsAt(position), never, () => undefined);
	await sequence.dispose();
	return text;
}

/** Steps by how many tokens were drafted and how many of them were right, if drafts are no longer than `most`. */
function gain(all: readonly Written[], most: number): Record<string, unknown> {
	let [tokens, steps, drafted, accepted] = [0, 0, 0, 0];
	const checked: Record<number, number> = {};
	for (const { tokens: written, drafts } of all) {
		tokens += written.length;
		for (let at = 0; at < written.length;) {
			const draft = (drafts[at] ?? []).slice(0, most);
			const wrong = draft.findIndex((token, index) => token !== written[at + index]);
			const right = wrong === -1 ? draft.length : wrong;
			steps++;
			drafted += draft.length;
			accepted += right;
			checked[draft.length + 1] = (checked[draft.length + 1] ?? 0) + 1;
			at += right + 1;
		}
	}
	return { most, tokens, steps, drafted, accepted, checked };
}
