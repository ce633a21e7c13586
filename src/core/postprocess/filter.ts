import type { StopReason } from '../completion/stopReason';
import type { CodeScanner } from './codeScanner';

/** What a filter may look at: the text around the cursor, LF line ends. A `DocumentSnapshot` fits. */
export interface FilterContext {
	readonly prefix: string;
	readonly suffix: string;
	readonly languageId: string;
	/** Why the engine stopped. Left out where that is not known, for example for remembered text. */
	readonly stopReason?: StopReason | undefined;
	/** Where in the text a parser found that it leaves what the cursor is in, see `ScopeEnd`. */
	readonly scopeEnd?: number | undefined;
	/** Somebody asked for it by hand, or has the rest of it on screen: then a lone bracket is shown, too. */
	readonly isWanted?: boolean | undefined;
	/** Remembers the code around the cursor from one text to the next. */
	readonly scanner?: CodeScanner | undefined;
}

/** A suggestion on its way to the screen. */
export interface Candidate {
	/** Inserted at the cursor. */
	readonly text: string;
	/** Number of UTF-16 units right of the cursor, in the same line, that the text replaces. */
	readonly replaceAfter: number;
}

/** Returns the candidate to show, or `undefined` to show nothing. A filter never throws and never looks at the model. */
export type Filter = (candidate: Candidate, context: FilterContext) => Candidate | undefined;
