import type { CompletionAnswer } from '../completion/completionEngine';
import { cutByThreshold, type SureText } from '../completion/confidence';
import { rangeOf, type ConfidenceLevel, type ConfidenceThreshold, type ThresholdRange } from '../completion/thresholds';
import { languageFamily } from '../context/languageFamily';
import type { DocumentSnapshot } from '../text/documentSnapshot';
import { answerValues, clamp, logit, placeValues, sigmoid, type GateValues, type PlaceValues } from './gateFeatures';
import { inclination, leanings, type GateSample, type TasteWeights } from './logisticTaste';

/** The part of the taste that the gate needs. */
export interface GateTaste {
	readonly weights: TasteWeights;
	/** How the last suggestions fared: 1 all taken, -1 all passed over. */
	readonly luck: number;
}

/** The gate at one place, before the model is asked. */
export interface GateAt {
	readonly range: ThresholdRange;
	/** The threshold for a token, as this user and this place have moved it. */
	readonly token: number;
	readonly breakEven: number;
	readonly language: string;
	readonly values: PlaceValues;
	readonly weights: TasteWeights;
}

/** The gate's decision about an answer. */
export interface GateVerdict {
	/** The text that passes; `undefined` when nothing passes. */
	readonly text: string | undefined;
	readonly usual: ConfidenceThreshold;
	/** The thresholds at this place after the user's accepts and rejects. */
	readonly adapted: ConfidenceThreshold;
	/** The contribution of each learned weight, by name of a feature or of a language. In logits; above 0 favours showing. */
	readonly leanings: Readonly<Record<string, number>>;
	/** Geometric mean over the tokens of the first line; `undefined` where a doubtful token leaves no line to show. */
	readonly meanProbability: number | undefined;
	/** With the usual thresholds something would be shown, and only what was learnt is against it. */
	readonly isHeldBack: boolean;
	/** The sample to learn from if the text is shown. */
	readonly sample: GateSample | undefined;
}

/**
 * The chance of acceptance from which on a suggestion is worth a look. A quarter is where taking one over gains as much as
 * three useless ones cost; somebody who wants quiet asks for more, and somebody eager for less.
 */
const breakEven: Readonly<Record<ConfidenceLevel, number>> = { eager: 0.15, balanced: 0.25, quiet: 0.4 };

/**
 * The gate for a place. With nothing learnt it is the table of thresholds; whatever was learnt, it stays between the
 * level's neighbours in that table.
 * @param model name of the model that runs, where it is known.
 */
export function gateAt(
	document: DocumentSnapshot,
	{ level, model }: { readonly level: ConfidenceLevel; readonly model: string | undefined },
	{ weights, luck }: GateTaste,
): GateAt {
	const range = rangeOf(model, level);
	const language = languageFamily(document.languageId);
	const values = placeValues(document, luck);
	const token = moved(range, 'token', inclination(weights, { values, language }) / weights.slope);
	return { range, token, breakEven: breakEven[level], language, values, weights };
}

export function judgeAnswer(gate: GateAt, answer: CompletionAnswer): GateVerdict {
	const { usual } = gate.range;
	const own = judgeAt(gate, answer, gate.token);
	const isHeldBack = own.text === undefined && cutByThreshold(answer.tokens, usual, answer) !== undefined;
	return { ...own, usual, isHeldBack };
}

/** The same where the user's taste has no say: to see from time to time whether it still holds. */
export function judgeAsUsual(gate: GateAt, answer: CompletionAnswer): GateVerdict {
	const { usual } = gate.range;
	const sure = cutByThreshold(answer.tokens, usual, answer);
	return { ...judgeAt(gate, answer, usual.token), text: sure?.text, usual, isHeldBack: false };
}

function judgeAt(gate: GateAt, answer: CompletionAnswer, token: number): Omit<GateVerdict, 'usual' | 'isHeldBack'> {
	const sure = cutByThreshold(answer.tokens, { token, line: 0 }, answer);
	if (sure === undefined) {
		const adapted = { token: gate.token, line: lineThreshold(gate, gate.values) };
		const nothing = { text: undefined, meanProbability: undefined, sample: undefined };
		return { ...nothing, adapted, leanings: leanings(gate.weights, gate) };
	}
	const values = answerValues(gate.values, sure, token);
	const line = lineThreshold(gate, values);
	const { meanProbability } = sure;
	const text = meanProbability < line ? undefined : sure.text;
	const sample = sampleOf(gate, sure, values);
	const adapted = { token: gate.token, line };
	return { text, meanProbability, adapted, leanings: leanings(gate.weights, sample), sample };
}

function sampleOf({ range, breakEven, language }: GateAt, sure: SureText, values: GateValues): GateSample {
	const surplus = logit(sure.meanProbability) - logit(range.usual.line);
	return { surplus, values, language, breakEven };
}

/** The mean that the first line needs: where the chance of acceptance, as learnt, breaks even. */
function lineThreshold({ range, weights, language }: GateAt, values: PlaceValues | GateValues): number {
	return moved(range, 'line', inclination(weights, { values, language }) / weights.slope);
}

/** @param by in logits; above 0 the threshold falls. */
function moved({ least, usual, most }: ThresholdRange, which: 'token' | 'line', by: number): number {
	return by === 0 ? usual[which] : clamp(sigmoid(logit(usual[which]) - by), least[which], most[which]);
}
