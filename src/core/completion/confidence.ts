import type { StopReason } from './stopReason';
import type { ConfidenceThreshold } from './thresholds';

/** A token as the engine reports it; the contract's shape fits. */
export interface ScoredToken {
	readonly text: string;
	/** The probability of the greedy choice, 0 to 1. */
	readonly probability: number;
}

/** The part of an answer that the model is sure of, and how sure it is of the first line of it. */
export interface SureText {
	readonly text: string;
	/** Geometric mean over the line's tokens, and the least of them. */
	readonly meanProbability: number;
	readonly leastProbability: number;
}

/**
 * Keeps the part of an answer that the model is sure of, or returns `undefined` where there is none worth showing. Where
 * doubt begins, the text ends at the last whole line, or within the first line at the last end of a token that is not
 * within a word.
 * @param tokens all that were generated, best with the one that made the engine stop.
 * @param answer what the engine kept of them, a prefix of their text, and why it stopped.
 */
export function cutByThreshold(
	tokens: readonly ScoredToken[],
	threshold: ConfidenceThreshold,
	answer?: { readonly text: string; readonly stopReason: StopReason },
): SureText | undefined {
	const whole = tokens.map(token => token.text).join('');
	const doubt = tokens.findIndex(token => probabilityOf(token) < threshold.token);
	const isUnseen = doubt === -1 && answer?.stopReason === 'low-probability';
	const sure = doubt === -1 && !isUnseen ? whole : sureText(tokens.slice(0, doubt === -1 ? undefined : doubt), whole);
	const text = answer !== undefined && whole.startsWith(answer.text) ? shorter(sure, answer.text) : sure;
	const { mean, least } = firstLineProbability(tokens, text);
	if (text.trim() === '' || mean < threshold.line || (text !== whole && !isWorth(text))) {
		return undefined;
	}
	return { text, meanProbability: mean, leastProbability: least };
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

/** True when the cut text is worth showing: it has a word in it, or it only closes something. */
function isWorth(text: string): boolean {
	return word.test(text) || /^[\s)\]};]+$/.test(text);
}

function shorter(a: string, b: string): string {
	return a.length < b.length ? a : b;
}

/** Geometric mean and least over the tokens that lie in the first line of `text` that holds something. */
function firstLineProbability(tokens: readonly ScoredToken[], text: string): { mean: number; least: number } {
	const start = text.length - text.trimStart().length;
	const lineEnd = text.indexOf('\n', start);
	const end = lineEnd === -1 ? text.length : lineEnd;
	let at = 0;
	let sum = 0;
	let count = 0;
	let least = 1;
	for (const token of tokens) {
		if (at >= end) {
			break;
		}
		const probability = probabilityOf(token);
		least = Math.min(least, probability);
		sum += Math.log(probability);
		count++;
		at += token.text.length;
	}
	return count === 0 ? { mean: 0, least: 0 } : { mean: Math.exp(sum / count), least };
}

/** Returns 0 for a value that is not a valid probability. */
function probabilityOf({ probability }: ScoredToken): number {
	return probability > 0 && probability <= 1 ? probability : 0;
}
