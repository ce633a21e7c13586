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
	readonly text: string;
	readonly languageId: string;
	readonly marks: readonly Mark[];
	/** At the end. */
	readonly open: Open;
	readonly restarts: readonly Restart[];
}

/** The start of a line that code begins with. Nothing before it depends on what follows, so that a scan may begin here. */
export interface Restart {
	readonly index: number;
	/** How many stand before it. */
	readonly marks: number;
	readonly depth: number;
}

/** A scan of a text that is the same up to its `at`th restart. */
export interface KnownStart {
	readonly scanned: ScannedCode;
	readonly at: number;
}

/** Both, for the price of one look. */
export function scanCode(text: string, languageId: string, open: Open = '', known?: KnownStart): ScannedCode {
	return scan(text, languageId, open, known);
}

/** True for what only its own sign ends, on whatever line: a block comment, a string with three quotes. */
export function spansLines(open: Open): boolean {
	return open.length > 1 && open !== '//' && open !== '--';
}

function endsWithItsLine(open: Open): boolean {
	return !spansLines(open) && open !== '`';
}

export function isQuote(open: Open): boolean {
	return /^["'`]/.test(open);
}

interface Scan {
	readonly text: string;
	readonly languageId: string;
	readonly marks: Mark[];
	readonly restarts: Restart[];
	/** False behind a sign whose end was looked for in all that follows, and not found. */
	isCertain: boolean;
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

function scan(text: string, languageId: string, open: Open, known?: KnownStart): Scan {
	const state = { text, languageId, open: '', hole: openHole(text), isCertain: true, ...beginning(known) };
	if (open !== '' && known === undefined) {
		leave(state, open);
	}
	while (state.index < text.length) {
		const code = text.charCodeAt(state.index);
		if (!isPlain(code)) {
			step(state);
			continue;
		}
		state.index++;
		// A quote's end is looked for beyond a line end with a backslash before it.
		if (code === lineFeed && state.isCertain && text.charAt(state.index - 2) !== '\\') {
			state.restarts.push({ index: state.index, marks: state.marks.length, depth: state.depth });
		}
	}
	return state;
}

const lineFeed = 10;

function beginning(known: KnownStart | undefined): Pick<Scan, 'marks' | 'restarts' | 'depth' | 'index'> {
	const restart = known?.scanned.restarts[known.at];
	return known === undefined || restart === undefined
		? { marks: [], restarts: [], depth: 0, index: 0 }
		: {
				marks: known.scanned.marks.slice(0, restart.marks),
				restarts: known.scanned.restarts.slice(0, known.at + 1),
				depth: restart.depth,
				index: restart.index,
			};
}

/** White space, letters, digits: most of a text, so that asking a regular expression for each of them is what scanning costs. */
const plain = /[\s\p{L}\p{N}_$]/u;
const asciiPlain = Array.from({ length: 128 }, (_, code) => plain.test(String.fromCharCode(code)));

function isPlain(code: number): boolean {
	return asciiPlain[code] ?? plain.test(String.fromCharCode(code));
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
	state.isCertain &&= isClosed || endsWithItsLine(opening);
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

const steps = { open: 1, close: -1, other: 0 } as const;

function push(state: Scan, kind: Mark['kind'], character: string): void {
	state.depth += steps[kind];
	state.marks.push({ index: state.index, character, depth: state.depth, kind });
	state.index += character.length;
}
