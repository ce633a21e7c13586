import type { Evidence } from '../evidence';
import { commentMarker } from '../calledNames';
import { declaredName } from './declaredName';
import { plainCode } from './plainCode';

/** What a small model is asked: code, and a comment below it that it goes on with. */
export interface CommentQuestion {
	/** Without comments. */
	readonly code: string;
	/** What a comment of the language begins with. */
	readonly marker: string;
	/** How the comment begins. The sentence is what follows. */
	readonly lead: string;
	/** What the sentence is about: it stands in front of it when it is shown. */
	readonly subject: string;
	/** So many sentences are tried. */
	readonly candidates: number;
	readonly maxTokens: number;
}

/** Why a small model is not asked, as a sentence. */
export interface NoQuestion {
	readonly because: string;
}

/** How the comment may begin. `npm run eval:explain` tells them apart. */
export const wordings = {
	plain: (subject: string) => `In plain English: ${subject} above`,
	short: (subject: string) => `${capitalised(subject)} above`,
	summary: (subject: string) => `Summary: ${subject}`,
} as const;
export type Wording = keyof typeof wordings;

export interface AskedHow {
	readonly wording: Wording;
	readonly candidates: number;
}

export const askedHow: AskedHow = { wording: 'plain', candidates: 4 };

/** Twenty-five words. */
const sentenceTokens = 40;
/** Characters of code that are read and judged; longer code is not told in a sentence by a small model. */
const mostCode = 2400;
/** No line that a person wrote is longer, give or take a table of data. */
const longestLine = 400;

export function sentenceQuestion(evidence: Evidence, how: AskedHow = askedHow): CommentQuestion | NoQuestion {
	const { languageId } = evidence;
	if (evidence.code.split('\n').some(line => line.length > longestLine)) {
		return { because: 'The code is minified or data, which a small model can say nothing true about.' };
	}
	const code = plainCode(evidence.code, languageId);
	if (code === '') {
		return { because: 'Only comments are selected, and they speak for themselves.' };
	}
	if (isProse(code, languageId)) {
		return { because: 'The selection is prose rather than code.' };
	}
	if (code.length > mostCode) {
		const lines = evidence.code.split('\n').length;
		return {
			because: `These are ${lines} lines, too many for one sentence of a small model. Select a single function.`,
		};
	}
	const name = declaredName(code);
	const subject = name === undefined ? 'the code' : `the ${name.kind} ${name.name}`;
	const lead = wordings[how.wording](subject);
	return {
		code,
		marker: commentMarker(languageId),
		lead,
		subject,
		candidates: how.candidates,
		maxTokens: sentenceTokens,
	};
}

const proseLanguages = new Set(['markdown', 'latex', 'restructuredtext', 'asciidoc', 'git-commit', 'log']);
const codeCharacters = /[{}()[\];=<>_$&|+*/\\]/g;
/** Prose has brackets, too, but few: 1 in 50 characters. */
const proseShare = 0.02;
const fewWords = 8;

function isProse(text: string, languageId: string): boolean {
	if (proseLanguages.has(languageId)) {
		return true;
	}
	const characters = text.replace(/\s/g, '').length;
	const marks = text.match(codeCharacters)?.length ?? 0;
	return text.split(/\s+/).length >= fewWords && marks < characters * proseShare;
}

function capitalised(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
