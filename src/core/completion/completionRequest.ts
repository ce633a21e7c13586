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
	 * What the document has before and behind the window that `document` is, which then is parsed whole; `undefined` where
	 * that cannot be told. Left out where the window holds all. Called only when the model is to be asked for several lines.
	 */
	beyond?(): { readonly before: string; readonly after: string } | undefined;
	/** The document is seen as if an entry of the suggest widget were in it already: the user has not typed that. */
	readonly isPreview?: boolean;
	/** Text is selected, or there are several cursors: as where a snippet is being filled in. */
	readonly isSelecting?: boolean;
	/** Name of the model that runs, where one does: each has thresholds of its own. */
	readonly model?: string | undefined;
}

/** What to show at the cursor. */
export interface Suggestion {
	readonly text: string;
	/** UTF-16 units right of the cursor, in the same line, that the text replaces. */
	readonly replaceAfter: number;
}

/** How an outcome came about, as far as it went. */
export interface Trail {
	/** What the model was asked. */
	readonly query?: CompletionQuery;
	readonly answer?: CompletionAnswer;
	/** Left out for requests by hand, which pass no gate. */
	readonly gate?: GateRuling | undefined;
	/** What a parser told the filters, where it was asked and could tell. */
	readonly scopeEnd?: number | undefined;
	/** What went into the filters: the part of the answer that the model is sure of, or what was remembered. */
	readonly candidate?: string;
	/** The filters that changed the candidate, in order. */
	readonly steps?: readonly FilterStep[];
}

export type Offer = Trail & {
	readonly kind: 'suggestion';
	readonly source: 'memory' | 'model';
	readonly suggestion: Suggestion;
	/** What else could stand there, best first: for who asked by hand and wants to choose. */
	readonly alternatives?: readonly Suggestion[];
};

/** Nothing to show: which step decided that, and why. */
export type SilentOutcome = Trail & Silence & { readonly kind: 'silence' };

export type CompletionOutcome = Offer | SilentOutcome;
