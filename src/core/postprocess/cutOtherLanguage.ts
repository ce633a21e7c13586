import { literalAt } from '../text/literals';
import type { Filter, FilterContext } from './filter';
import { openHere, textAfter, textBefore } from './nearbyBrackets';

/** Signs that stand in no code of a language, though they do in those that small models know best. */
const foreign: Readonly<Record<string, RegExp>> = {
	python: /[!=]==|&&|\|\||=>|\?\.|\btypeof\b|\bfunction\s*\(|^\s*(?:const|let|var)\s/,
	go: /[!=]==|=>|\?\.|\btypeof\b|\bawait\b|\bfunction\b|^\s*\.\.\.|^\s*(?:const|let)\s*[{[]|\bas (?:any|unknown)\b/,
	rust: /[!=]==|\btypeof\b|\bfunction\b|\bnew [A-Z]|\bas (?:any|unknown)\b|^\s*const\s*[{[]|\bfor [^{]*:$/,
	c: /[!=]==|=>|\btypeof\b.*===|\bfunction\s*\(|\bas (?:any|unknown)\b/,
	typescript: /^\s*(?:(?:async )?def \w+\(.*|elif\b.*|except\b.*):$|:=/,
};
const sameSigns: Readonly<Record<string, string>> = {
	cpp: 'c',
	java: 'c',
	javascript: 'typescript',
	javascriptreact: 'typescript',
	typescriptreact: 'typescript',
};

/** How chat models begin what is not code, and how they end it. */
const talk =
	/^\s*(?:(?:Here(?:'s| is| are)|Sure[,!]|Certainly[,!]|Of course[,!]|I hope|Note that|This (?:code|function)) |```|~~~)/;
const page = /<!DOCTYPE|<html\b/i;
const hasMarkup = /^(?:html|xml|vue|svelte|markdown|php|erb|ejs|handlebars)|react$/;

/** Ends the text before the first line that is prose, or code of another language. */
export const cutOtherLanguage: Filter = (candidate, context) => {
	if (openHere(context) !== '' || context.languageId === 'markdown') {
		return candidate;
	}
	const { languageId } = context;
	const code = foreign[sameSigns[languageId] ?? languageId];
	const found = codeLinesOf(candidate.text, languageId).find(
		each =>
			talk.test(each.line) ||
			(page.test(each.code) && !hasMarkup.test(languageId)) ||
			(code?.test(each.code) === true && !isKnown(code, context)),
	);
	return found === undefined ? candidate : { ...candidate, text: candidate.text.slice(0, found.start).trimEnd() };
};

/** A document that has the sign itself is written in a dialect that knows it. */
function isKnown(sign: RegExp, context: FilterContext): boolean {
	const around = `${textBefore(context).text}\n${textAfter(context)}`;
	return codeLinesOf(around, context.languageId).some(each => sign.test(each.code));
}

interface CodeLine {
	readonly start: number;
	readonly line: string;
	/** The line without what its strings and comments say. */
	readonly code: string;
}

/** The lines that begin in code. */
function codeLinesOf(text: string, languageId: string): readonly CodeLine[] {
	let code = '';
	for (let index = 0; index < text.length;) {
		const end = /["'`#/%;<{-]/.test(text.charAt(index)) ? literalAt(text, index, languageId)?.end : undefined;
		code += end === undefined ? text.charAt(index) : ' '.repeat(end - index);
		index = end ?? index + 1;
	}
	let start = 0;
	return code.split('\n').map(each => {
		const line = text.slice(start, start + each.length);
		start += each.length + 1;
		return { start: start - each.length - 1, line, code: each };
	});
}
