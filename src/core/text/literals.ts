import { closingQuote } from './closingQuote';
import { commentSyntax } from './commentSyntax';
import { endOfCharacter, endOfTemplate, isApostrophe } from './quoted';

/** Text in which brackets and quotes mean nothing. `end`: behind its closing sign, or where the text or its line ends. */
export interface Literal {
	readonly kind: 'comment' | 'string' | 'pattern';
	readonly end: number;
	/** False for one that the text ends in, and for a quote that nothing closes on its line: an apostrophe, a lifetime. */
	readonly isClosed: boolean;
	/** Length of the opening sign. In strings the closing sign is as long. */
	readonly openLength: number;
}

const quotes = '"\'`';

/** Languages in which a quote may stand for something else than a string of characters. */
const loneQuoteLanguages: ReadonlySet<string> = new Set(['rust', 'haskell', 'clojure', 'scheme', 'lisp', 'racket']);

/** Languages in which a slash where a value is expected begins a regular expression. */
const patternLanguages = /^(?:java|type)script/;
/** A string between backticks may hold `${…}`, with strings in it. */
const templateLanguages = /^(?:(?:java|type)script|vue$|svelte$)/;
const pattern = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\//y;
/** Characters before a slash that are looked at, to tell a division from a regular expression. */
const patternContext = 40;
const wantsValue = /(?:^|[=([{,;:!&|?+\n]|=>|\b(?:return|typeof|case))[ \t]*$/;

/** May a string between backticks hold code? */
export function hasTemplates(languageId: string): boolean {
	return templateLanguages.test(languageId);
}

/** The comment, string or regular expression that begins at `index`, given that code stands before it. */
export function literalAt(text: string, index: number, languageId: string): Literal | undefined {
	const character = text.charAt(index);
	return (
		commentAt(text, index, languageId) ??
		(quotes.includes(character) ? stringAt(text, index, languageId) : undefined) ??
		(character === '/' && patternLanguages.test(languageId) ? patternAt(text, index) : undefined)
	);
}

function commentAt(text: string, index: number, languageId: string): Literal | undefined {
	const { line, block } = commentSyntax(languageId);
	const pair = block.find(([open]) => text.startsWith(open, index));
	if (pair !== undefined) {
		return ending('comment', text, { index, openLength: pair[0].length, close: pair[1] });
	}
	const sign = line.find(each => text.startsWith(each, index));
	// `$#` counts the arguments of a shell script, and `a#b` is a word of it.
	if (sign === undefined || (sign === '#' && !/^\s?$/.test(text.charAt(index - 1)))) {
		return undefined;
	}
	// The newline is left alone: it is white space.
	const end = text.indexOf('\n', index);
	return { kind: 'comment', end: end === -1 ? text.length : end, isClosed: end !== -1, openLength: sign.length };
}

function ending(
	kind: Literal['kind'],
	text: string,
	{ index, openLength, close }: { readonly index: number; readonly openLength: number; readonly close: string },
): Literal {
	const found = text.indexOf(close, index + openLength);
	const isClosed = found !== -1;
	return { kind, end: isClosed ? found + close.length : text.length, isClosed, openLength };
}

/** A documentation string, alone at the start of its line, is a comment to who reads it. */
function stringAt(text: string, index: number, languageId: string): Literal {
	const quote = text.charAt(index);
	if (quote !== '`' && text.startsWith(quote.repeat(3), index)) {
		const before = text.slice(text.lastIndexOf('\n', index - 1) + 1, index);
		const isDocumentation = languageId === 'python' && /^\s*[rRbBuU]?$/.test(before);
		return ending(isDocumentation ? 'comment' : 'string', text, { index, openLength: 3, close: quote.repeat(3) });
	}
	const end = endOfString(text, index, languageId);
	if (end !== -1) {
		return { kind: 'string', end: end + 1, isClosed: true, openLength: 1 };
	}
	const lineEnd = quote === '`' ? -1 : text.indexOf('\n', index);
	const isMark = quote === "'" && (loneQuoteLanguages.has(languageId) || isApostrophe(text, index));
	const isLone = lineEnd !== -1 || isMark;
	return { kind: 'string', end: isLone ? index + 1 : text.length, isClosed: false, openLength: 1 };
}

/** Index of the closing quote, -1 for none. */
function endOfString(text: string, index: number, languageId: string): number {
	const quote = text.charAt(index);
	if (quote === '`' && hasTemplates(languageId)) {
		return endOfTemplate(text, index + 1);
	}
	if (quote === "'" && (isApostrophe(text, index) || loneQuoteLanguages.has(languageId))) {
		return isApostrophe(text, index) ? -1 : endOfCharacter(text, index + 1);
	}
	return closingQuote(text, index + 1, quote);
}

function patternAt(text: string, index: number): Literal | undefined {
	if (!wantsValue.test(text.slice(Math.max(0, index - patternContext), index))) {
		return undefined;
	}
	pattern.lastIndex = index;
	const length = pattern.exec(text)?.[0].length;
	return length === undefined ? undefined : { kind: 'pattern', end: index + length, isClosed: true, openLength: 1 };
}
