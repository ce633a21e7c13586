import type { Settings } from '../settings/settings';
import type { FilterStep } from '../postprocess/pipeline';
import type { GateRuling } from '../taste/taste';
import type { DocumentSnapshot } from '../text/documentSnapshot';
import type { CompletionAnswer, CompletionQuery, ContextPiece } from './completionEngine';
import type { Permission } from './offReason';
import type { Silence } from './silenceReasons';

export interface CompletionRequest extends Permission {
	readonly document: DocumentSnapshot;
	readonly settings: Settings;
	/** Pieces of other files, best first. Called only when the model is to be asked; nothing here waits for them. */
	pieces(): readonly ContextPiece[];
	/**
	 * The text of the document before and after the window that `document` holds, so that all of it can be parsed; `undefined`
	 * where it is not known. Left out where the window holds everything. Called only when several lines are to be asked for.
	 */
	beyond?(): { readonly before: string; readonly after: string } | undefined;
	/** `document` already contains the selected entry of the suggest widget, which the user has not typed. */
	readonly isPreview?: boolean;
	/** Text is selected, or there are several cursors, as in a snippet that is being filled in. */
	readonly isSelecting?: boolean;
	/** Name of the loaded model, if there is one. Each model has its own thresholds. */
	readonly model?: string | undefined;
}

/** The text to show at the cursor. */
export interface Suggestion {
	readonly text: string;
	/** Number of UTF-16 units right of the cursor, in the same line, that the text replaces. */
	readonly replaceAfter: number;
}

/** The steps to an outcome. Those that were not reached are left out. */
export interface Trail {
	/** The question to the model. */
	readonly query?: CompletionQuery;
	readonly answer?: CompletionAnswer;
	/** Left out for requests by hand, which pass no gate. */
	readonly gate?: GateRuling | undefined;
	/** The end of the text by syntax, where a parser was asked and could tell. Offset in `candidate`. */
	readonly scopeEnd?: number | undefined;
	/** The text before the filters: the part of the answer that passed the gate, or a remembered text. */
	readonly candidate?: string;
	/** The filters that changed the candidate, in order. */
	readonly steps?: readonly FilterStep[];
}

export type Offer = Trail & {
	readonly kind: 'suggestion';
	readonly source: 'memory' | 'model';
	readonly suggestion: Suggestion;
	/** Other suggestions for the place, best first, for a user who asked by hand and wants to choose. */
	readonly alternatives?: readonly Suggestion[];
};

/** Nothing is shown. `stage` decided that, for the `reason`. */
export type SilentOutcome = Trail & Silence & { readonly kind: 'silence' };

export type CompletionOutcome = Offer | SilentOutcome;
