import { closingQuote, literalAt, type Literal } from '../text/literals';

/** A bracket, quote or other punctuation mark of code, outside strings and comments. */
export interface Mark {
	readonly index: number;
	readonly character: string;
	/** Nesting after the mark, 0 where the text starts. Quotes nest as brackets do. Negative: it closes what began before. */
	readonly depth: number;
	readonly kind: 'open' | 'close' | 'other';
}

const closerOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const openers = '([{';
const closers = ')]}';
const quotes = '"\'`';

export function isCloser(character: string): boolean {
	return character !== '' && closers.includes(character);
}

/** The closer that belongs to an opening bracket; a quote belongs to itself. */
export function closes(opener: string): string {
	return closerOf[opener] ?? opener;
}

/**
 * Marks of a piece of code that may start inside a string (`openQuote`). Not a parser: a quote that nothing closes on its
 * line is a plain mark (an apostrophe, a Rust lifetime).
 */
export function scanMarks(text: string, languageId: string, openQuote = ''): readonly Mark[] {
	const scan: Scan = { text, languageId, marks: [], depth: 0, index: 0 };
	if (openQuote !== '') {
		const end = closingQuote(text, 0, openQuote);
		if (end === -1) {
			scan.index = text.includes('\n') ? text.indexOf('\n') : text.length;
		} else {
			scan.index = end;
			push(scan, 'close');
		}
	}
	while (scan.index < text.length) {
		step(scan);
	}
	return scan.marks;
}

/** The quote that is still open at the end of the line, '' for none. */
export function openQuoteAt(line: string, languageId: string): string {
	const last = scanMarks(line, languageId).findLast(mark => quotes.includes(mark.character));
	return last?.kind === 'other' ? last.character : '';
}

/** The marks that close what was opened before the text, outermost last. */
export function unmatchedClosers(marks: readonly Mark[]): readonly Mark[] {
	let lowest = 0;
	return marks.filter(mark => {
		const isNew = mark.kind === 'close' && mark.depth < lowest;
		lowest = Math.min(lowest, mark.depth);
		return isNew;
	});
}

/** The marks that open what the text does not close, outermost first. */
export function unmatchedOpeners(marks: readonly Mark[]): readonly Mark[] {
	const stack: Mark[] = [];
	for (const mark of marks) {
		if (mark.kind === 'open') {
			stack.push(mark);
		} else if (mark.kind === 'close') {
			stack.pop();
		}
	}
	return stack;
}

interface Scan {
	readonly text: string;
	readonly languageId: string;
	readonly marks: Mark[];
	depth: number;
	index: number;
}

function step(scan: Scan): void {
	const { text, index, languageId } = scan;
	const character = text.charAt(index);
	const literal = literalAt(text, index, languageId);
	if (literal?.kind === 'string') {
		skipString(scan, literal);
	} else if (literal !== undefined) {
		scan.index = literal.end;
	} else if (openers.includes(character)) {
		push(scan, 'open');
	} else if (closers.includes(character)) {
		push(scan, 'close');
	} else if (/[\s\p{L}\p{N}_$]/u.test(character)) {
		scan.index++;
	} else {
		push(scan, 'other');
	}
}

function push(scan: Scan, kind: Mark['kind']): void {
	// A character beyond the basic plane is two units, and half of it is no character.
	const character = String.fromCodePoint(scan.text.codePointAt(scan.index) ?? 0);
	scan.depth += { open: 1, close: -1, other: 0 }[kind];
	scan.marks.push({ index: scan.index, character, depth: scan.depth, kind });
	scan.index += character.length;
}

function skipString(scan: Scan, { end, isClosed, openLength }: Literal): void {
	if (!isClosed) {
		push(scan, 'other');
		return;
	}
	push(scan, 'open');
	scan.index = end - openLength;
	push(scan, 'close');
	scan.index = end;
}
