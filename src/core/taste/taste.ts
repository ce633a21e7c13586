import { languageFamily } from '../context/languageFamily';
import type { CompletionAnswer } from '../completion/completionEngine';
import { judgeAnswer, judgeAsUsual, type GateAt, type GateTaste, type GateVerdict } from './adaptiveGate';
import { figureOf } from './byLanguage';
import { clamp } from './gateFeatures';
import { learnLines, type LineTaste, type TasteOutcome } from './lineTaste';
import { learn, noWeights, type GateSample, type TasteWeights } from './logisticTaste';

/** The gate's decision about an answer. A trial passes only to see whether the user would still reject it. */
export interface GateRuling extends GateVerdict {
	readonly isTrial: boolean;
	/** Learnt from. */
	readonly outcomes: number;
}

/** All that is kept of what a user accepted and passed over: figures, and no text of theirs. Plain data. */
export interface TasteState extends GateTaste {
	readonly weights: TasteWeights;
	readonly luck: number;
	readonly lines: LineTaste;
	/** How many outcomes were learnt from. */
	readonly outcomes: number;
}

export const noTaste: TasteState = { weights: noWeights, luck: 0, lines: {}, outcomes: 0 };

/** A shown suggestion, to learn from when its outcome is known. */
export interface ShownSuggestion {
	readonly languageId: string;
	readonly hasSeveralLines: boolean;
	/** Left out where the gate had no say: the user had asked by hand. */
	readonly sample?: GateSample | undefined;
}

/** One in this many suggestions that only the user's taste would hide is shown, so that a change of mind is noticed. */
const trialEvery = 8;

/** How much one outcome moves the luck. */
const luckStep = 0.2;

/** Learns from accepts and rejects which suggestions a user wants to see. */
export class Taste {
	#state: TasteState;
	#heldBack = 0;
	/** A suggestion that was taken in part and then typed over was still worth showing. */
	readonly #settled = new WeakSet<GateSample>();

	/** @param onChange is handed what to keep. */
	constructor(
		state: TasteState = noTaste,
		private readonly onChange: (state: TasteState) => void = () => undefined,
	) {
		this.#state = state;
	}

	get state(): TasteState {
		return this.#state;
	}

	/** Between -1 and 1, see `LineTaste`. */
	likesSeveralLines(languageId: string): number {
		return figureOf(this.#state.lines, languageFamily(languageId));
	}

	judge(gate: GateAt, answer: CompletionAnswer): GateRuling {
		const ruling = this.foresee(gate, answer);
		if (!ruling.isHeldBack) {
			return ruling;
		}
		this.#heldBack++;
		return this.#heldBack % trialEvery === 0 ? { ...ruling, ...judgeAsUsual(gate, answer), isTrial: true } : ruling;
	}

	/** The same for what may never be shown: no trial is spent on it. */
	foresee(gate: GateAt, answer: CompletionAnswer): GateRuling {
		return { ...judgeAnswer(gate, answer), isTrial: false, outcomes: this.#state.outcomes };
	}

	learn({ languageId, hasSeveralLines, sample }: ShownSuggestion, outcome: TasteOutcome): void {
		const { weights, luck, lines, outcomes } = this.#state;
		const isNew = sample !== undefined && !this.#settled.has(sample);
		if (isNew) {
			this.#settled.add(sample);
		}
		const isAccepted = outcome !== 'passed-over';
		this.#set({
			weights: isNew ? learn(weights, sample, isAccepted) : weights,
			luck: isNew ? clamp((1 - luckStep) * luck + luckStep * (isAccepted ? 1 : -1)) : luck,
			lines: learnLines(lines, languageFamily(languageId), outcome, hasSeveralLines),
			outcomes: outcomes + Number(isNew),
		});
	}

	/** As on the first day. */
	forget(): void {
		this.#heldBack = 0;
		this.#set(noTaste);
	}

	#set(state: TasteState): void {
		this.#state = state;
		this.onChange(state);
	}
}
