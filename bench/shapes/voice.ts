import { cartSnippet } from '../traces/cartSnippet';
import { isLineEnd, isWord } from './vocabulary';

/**
 * The output of a model with random weights, and its certainty, set by the embedding, which is the output matrix too. Costs
 * nothing: the shapes are the same, only the numbers in them are others.
 */
export interface Voice {
	/** Standard deviation of the embedding. */
	readonly embedding: number;
	/** The output norm's weights. */
	readonly outputGain: number;
	/** The factor for the embedding of a token, and so for its logits. */
	loudness(token: string): number;
}

/**
 * Brings the logits to a deviation of about 3. With 1 it is 30: next to the highest logit nearly all of the vocabulary then
 * underflows in `expf`, which takes its slow path for it, 20 ms a token that a trained model does not cost.
 */
const vagueGain = 0.1;
/** As much quieter as the embedding is, and 6.7 times louder: the logits of what it says have a deviation of 20, the others' of 2. */
const sureGain = 6.7;

/** Words that are typed in the browser measurement: as with trained weights, the word that is being typed is a likely one. */
const said: ReadonlySet<string> = new Set(cartSnippet.match(/[A-Z]?[a-z]+/g));

export const voices = {
	/** Says any words, without end, mostly at probabilities that nothing is shown at. Tokens that are no words stay far below. */
	vague: {
		embedding: 1,
		outputGain: vagueGain,
		loudness: token => (isWord(token) ? 1 : 0.02),
	},
	/**
	 * Says words of code and ends its lines, mostly at a probability above 0.6: of few loud tokens one is far above the others,
	 * but never so far above the vocabulary that `expf` underflows. The embedding is quiet next to what attention adds to it: else
	 * the last token alone would say what is next, and an answer would go in circles.
	 */
	sure: {
		embedding: 0.1,
		outputGain: sureGain,
		// There are only three line ends; so loud, one comes up after six tokens.
		loudness: token => (isLineEnd(token) ? 1.3 : said.has(token.replace('Ġ', '')) ? 1 : 0.1),
	},
} as const satisfies Record<string, Voice>;
export type VoiceName = keyof typeof voices;
