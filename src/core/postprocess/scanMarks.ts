import { closingQuote } from '../text/closingQuote';
import { commentSyntax } from '../text/commentSyntax';
import { hasTemplates, literalAt, type Literal } from '../text/literals';
import { endOfTemplate, holesOf } from '../text/quoted';
import { closerOf, isCloser, type Mark } from './marks';

/** What is open where a text begins or ends: '' for code, the quote of a string, or the sign that began a comment. */
export type Open = string;

/**
 * Marks of a piece of code that may start inside a string or a comment. Not a parser: a quote that nothing closes is a
 * plain mark (an apostrophe, the rest of a string that began further up).
 */
export function scanMarks(text: string, languageId: string, open: Open = ''): readonly Mark[] {
	return scan(text, languageId, open).marks;
}

/** What is open at the end of a text. */
export function openAtEnd(text: string, languageId: string, open: Open = ''): Open {
	return scan(text, languageId, open).open;
}

export interface ScannedCode {
	readonly marks: readonly Mark[];
	/** At the end. */
	readonly open: Open;
}

/** Both, for the price of one look. */
export function scanCode(text: string, languageId: string, open: Open = ''): ScannedCode {
	return scan(text, languageId, open);
}

/** True for what only its own sign ends, on whatever line: a block comment, a string with three quotes. */
export function spansLines(open: Open): boolean {
	return open.length > 1 && open !== '//' && open !== '--';
}

export function isQuote(open: Open): boolean {
	return /^["'`]/.test(open);
}

interface Scan {
	readonly text: string;
	readonly languageId: string;
	readonly marks: Mark[];
	depth: number;
	index: number;
	open: Open;
	/** Where the last `${` begins, if no brace follows: it leads from a template that does not end into code again. */
	readonly hole: number;
}

function openHole(text: string): number {
	const hole = text.lastIndexOf('${');
	return hole > text.lastIndexOf('}') ? hole : -1;
}

function scan(text: string, languageId: string, open: Open): Scan {
	const state: Scan = { text, languageId, marks: [], depth: 0, index: 0, open: '', hole: openHole(text) };
	if (open !== '') {
		leave(state, open);
	}
	while (state.index < text.length) {
		step(state);
	}
	return state;
}

/** Out of what is open where the text begins. */
function leave(state: Scan, open: Open): void {
	const { text, languageId } = state;
	const close = commentSyntax(languageId).block.find(([begin]) => begin === open)?.[1];
	const end = close === undefined ? endOfOpen(text, open) : text.indexOf(close);
	if (end === -1) {
		state.index = text.length;
		state.open = open;
		return;
	}
	state.index = end;
	if (close !== undefined) {
		state.index += close.length;
	} else if (text.startsWith(open, end)) {
		push(state, 'close', open);
	}
}

/** A line's end ends a line comment, and a string that should have ended before. */
function endOfOpen(text: string, open: Open): number {
	if (!isQuote(open)) {
		return text.indexOf('\n');
	}
	const end = open === '`' ? endOfTemplate(text, 0) : closingQuote(text, 0, open);
	return end === -1 && open.length === 1 && open !== '`' ? text.indexOf('\n') : end;
}

/** Where a comment, a string or a regular expression can begin, in any language. */
const sign = /["'`#/%;<{-]/;

function step(state: Scan): void {
	const { text, index } = state;
	const character = text.charAt(index);
	const literal = sign.test(character) ? literalAt(text, index, state.languageId) : undefined;
	if (literal !== undefined) {
		skip(state, literal);
	} else if (/[\s\p{L}\p{N}_$]/u.test(character)) {
		state.index++;
	} else {
		// A character beyond the basic plane is two units, and half of it is no character.
		const mark = String.fromCodePoint(text.codePointAt(index) ?? 0);
		push(state, closerOf(mark) !== undefined ? 'open' : isCloser(mark) ? 'close' : 'other', mark);
	}
}

function skip(state: Scan, { kind, end, isClosed, openLength }: Literal): void {
	const { text, index } = state;
	const opening = text.slice(index, index + openLength);
	const quote = isQuote(opening) ? opening : '';
	if (state.open === '' && !isClosed && end === text.length && (quote !== '`' || index > state.hole)) {
		state.open = opening;
	}
	if (quote === '') {
		state.index = end;
	} else if (isClosed) {
		push(state, 'open', quote);
		pushHoles(state, end - openLength);
		state.index = end - openLength;
		push(state, 'close', quote);
	} else {
		push(state, 'other', quote);
		state.index = kind === 'comment' ? end : state.index;
	}
}

/** The code in a template's `${…}` is code. What it leaves open ends with it. */
function pushHoles(state: Scan, end: number): void {
	const { text, languageId, depth } = state;
	if (text.charAt(state.index - 1) !== '`' || !hasTemplates(languageId)) {
		return;
	}
	for (const [from, close] of holesOf(text, state.index, end)) {
		state.index = from - 1;
		push(state, 'open', '{');
		for (const mark of scanMarks(text.slice(from, close), languageId)) {
			state.marks.push({ ...mark, index: from + mark.index, depth: state.depth + mark.depth });
		}
		state.index = close;
		push(state, 'close', '}');
		state.depth = depth;
	}
}

function push(state: Scan, kind: Mark['kind'], character: string): void {
	state.depth += { open: 1, close: -1, other: 0 }[kind];
	state.marks.push({ index: state.index, character, depth: state.depth, kind });
	state.index += character.length;
}
