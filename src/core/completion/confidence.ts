/** How sure the model must be: `eager` shows more, `quiet` less. */
export type ConfidenceLevel = 'eager' | 'balanced' | 'quiet';

/** A token as the engine reports it; the contract's shape fits. */
export interface ScoredToken {
	readonly text: string;
	/** Of the greedy choice, 0 to 1. */
	readonly probability: number;
}

export interface ConfidenceThreshold {
	/** The text ends before the first token less probable than this. */
	readonly token: number;
	/** Nothing is shown where the geometric mean over the tokens of the first line is below this. */
	readonly line: number;
}

/**
 * Read off the precision/coverage curve of sotto-mini-0 (bench/results/eval-sotto-mini-0.md, 1 500 positions): what
 * `balanced` shows is right 61 % of the time (55 % with 95 % confidence), `eager` 44 %, `quiet` 69 %. Another model has
 * another curve: these are to be measured again with it.
 */
export const confidenceThresholds: Readonly<Record<ConfidenceLevel, ConfidenceThreshold>> = {
	eager: { token: 0.4, line: 0.5 },
	balanced: { token: 0.6, line: 0.6 },
	quiet: { token: 0.7, line: 0.8 },
};

/** Below this the engine stops. Lower than the cut, which wants to see the token it cuts at: it may lie within a word. */
export function probabilityFloor(level: ConfidenceLevel): number {
	return confidenceThresholds[level].token / 2;
}

/**
 * Keeps the part of an answer that the model is sure of, or returns `undefined` where there is none worth showing. Where
 * doubt begins, the text ends at the last whole line, or within the first line at the last end of a token that is not
 * within a word.
 * @param tokens all that were generated, best with the one that made the engine stop.
 * @param answer what the engine kept of them, a prefix of their text, and why it stopped.
 */
export function cutByConfidence(
	tokens: readonly ScoredToken[],
	level: ConfidenceLevel,
	answer?: { readonly text: string; readonly stopReason: string },
): { readonly text: string; readonly meanProbability: number } | undefined {
	return cutByThreshold(tokens, confidenceThresholds[level], answer);
}

/** The same for thresholds that are not a level's: the evaluation tries many. */
export function cutByThreshold(
	tokens: readonly ScoredToken[],
	threshold: ConfidenceThreshold,
	answer?: { readonly text: string; readonly stopReason: string },
): { readonly text: string; readonly meanProbability: number } | undefined {
	const whole = tokens.map(token => token.text).join('');
	const doubt = tokens.findIndex(token => probabilityOf(token) < threshold.token);
	const isUnseen = doubt === -1 && answer?.stopReason === 'low-probability';
	const sure = doubt === -1 && !isUnseen ? whole : sureText(tokens.slice(0, doubt === -1 ? undefined : doubt), whole);
	const text = answer !== undefined && whole.startsWith(answer.text) ? shorter(sure, answer.text) : sure;
	const meanProbability = firstLineMean(tokens, text);
	if (text.trim() === '' || meanProbability < threshold.line || (text !== whole && !isWorth(text))) {
		return undefined;
	}
	return { text, meanProbability };
}

function sureText(tokens: readonly ScoredToken[], whole: string): string {
	const text = tokens.map(token => token.text).join('');
	const next = whole.charAt(text.length);
	const lineEnd = text.lastIndexOf('\n');
	if (text.slice(0, Math.max(lineEnd, 0)).trim() !== '') {
		return next === '\n' ? text : text.slice(0, lineEnd);
	}
	for (let count = tokens.length, end = text.length; count > 0; count--) {
		if (!isWithinWord(whole, end)) {
			return text.slice(0, end);
		}
		end -= tokens[count - 1]?.text.length ?? 0;
	}
	return '';
}

const word = /[\p{L}\p{N}_$]/u;

/** At the end of what was generated a word may go on: the token that would tell was never reported. */
function isWithinWord(whole: string, end: number): boolean {
	return word.test(whole.charAt(end - 1)) && (end === whole.length || word.test(whole.charAt(end)));
}

/** What is left of a longer text has a word in it, or it closes something. */
function isWorth(text: string): boolean {
	return word.test(text) || /^[\s)\]};]+$/.test(text);
}

function shorter(a: string, b: string): string {
	return a.length < b.length ? a : b;
}

/** Over the tokens that lie in the first line of `text` that holds something. */
function firstLineMean(tokens: readonly ScoredToken[], text: string): number {
	const start = text.length - text.trimStart().length;
	const lineEnd = text.indexOf('\n', start);
	const end = lineEnd === -1 ? text.length : lineEnd;
	let at = 0;
	let sum = 0;
	let count = 0;
	for (const token of tokens) {
		if (at >= end) {
			break;
		}
		sum += Math.log(probabilityOf(token));
		count++;
		at += token.text.length;
	}
	return count === 0 ? 0 : Math.exp(sum / count);
}

/** What is no probability counts as none. */
function probabilityOf({ probability }: ScoredToken): number {
	return probability > 0 && probability <= 1 ? probability : 0;
}
