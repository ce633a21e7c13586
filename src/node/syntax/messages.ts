import type { CodeOutline, OutlineSource } from '../../core/explain/codeFacts';

/** To the thread that parses. Ids count up; `end` names the document that was opened under that id. */
export type ToParser =
	| {
			readonly kind: 'open';
			readonly id: number;
			readonly uri: string;
			readonly grammar: string;
			readonly text: string;
			/** Where in the text the cursor is. */
			readonly cursor: number;
	  }
	| { readonly kind: 'end'; readonly id: number; readonly question: number; readonly says: string }
	| ({ readonly kind: 'outline'; readonly question: number; readonly grammar: string } & Omit<
			OutlineSource,
			'languageId'
	  >);

/** The answer to an `end` or an `outline`. */
export interface FromParser {
	readonly question: number;
	readonly end?: number | undefined;
	readonly outline?: CodeOutline | undefined;
}

/** The settings that the thread starts with. */
export interface ParserSettings {
	/** Folder with the parser and the grammars. */
	readonly grammars: string;
}
