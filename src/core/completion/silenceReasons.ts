import { filters, type FilterName } from '../postprocess/pipeline';

/** The steps that a request passes, in this order. Each may end it without a suggestion. */
export type SilenceStage = keyof typeof silenceReasons;

/** Every reason why nothing is suggested, by the step that decides it. `silenceText.ts` has the words for people. */
export const silenceReasons = {
	/** Sotto may not complete here. */
	off: ['disabled', 'private-file', 'manual-only', 'snoozed'],
	/** The model is not asked at this place. */
	place: [
		'selection',
		'binary-file',
		'long-line',
		'empty-file',
		'inside-word',
		'code-to-the-right',
		'indenting',
		'prose',
		'comment',
	],
	/** The model was asked and wrote nothing. */
	model: ['empty-answer'],
	/** The model's probabilities are below the threshold. `learned`: only below the one that was learned from the user. */
	gate: ['unsure-token', 'unsure-line', 'learned'],
	/** The filter that left nothing of the text. */
	filters: filters.map(({ name }) => name),
	/** The user has seen this suggestion here and typed something else. */
	rejections: ['rejected-before'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Why there is no suggestion. */
export type Silence = { [S in SilenceStage]: { readonly stage: S; readonly reason: ReasonAt<S> } }[SilenceStage];

export type ReasonAt<S extends SilenceStage> = (typeof silenceReasons)[S][number];
export type OffReason = ReasonAt<'off'>;
export type PlaceReason = ReasonAt<'place'>;
export type { FilterName };
