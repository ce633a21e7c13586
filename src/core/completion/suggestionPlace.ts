import { isCloser } from '../postprocess/marks';
import type { DocumentSnapshot } from '../text/documentSnapshot';

/** Where a suggestion was given, to be known again when the cursor comes back or text was typed there. */
export interface SuggestionPlace {
	readonly uri: string;
	/** The last `tailLength` characters before the cursor. */
	readonly before: string;
	/** The first `tailLength` characters after the cursor. */
	readonly after: string;
}

/** Characters compared on each side of the cursor: some lines, so that two places of a file are not taken for one. */
const tailLength = 256;

/** Further from the cursor a place is not looked for. Characters. */
export const longestTyped = 1000;

/** White space in lines without text, which a suggestion does not have, between a place and the cursor. Characters. */
const mostBlank = 64;

const closerOf: Readonly<Record<string, string>> = {
	'(': ')',
	'[': ']',
	'{': '}',
	'"': '"',
	"'": "'",
	'`': '`',
	'<': '>',
};

const closers: ReadonlySet<string> = new Set(Object.values(closerOf));

export function placeOf(document: DocumentSnapshot): SuggestionPlace {
	return {
		uri: document.uri,
		before: document.prefix.slice(-tailLength),
		after: document.suffix.slice(0, tailLength),
	};
}

/** The part of `text` that was not typed yet since it was suggested at the place; never empty. `undefined` where the document differs. */
export function restOf(place: SuggestionPlace, text: string, document: DocumentSnapshot): string | undefined {
	if (place.uri !== document.uri) {
		return undefined;
	}
	const { before, after } = place;
	// A short `before` is the whole text before the cursor, so it can only be at the start.
	const isWhole = before.length < tailLength;
	const near = isWhole ? document.prefix : endOf(document.prefix, before.length + text.length + mostBlank);
	for (
		let at = near.lastIndexOf(before, isWhole ? 0 : undefined);
		at !== -1;
		at = at === 0 ? -1 : near.lastIndexOf(before, at - 1)
	) {
		const typed = near.slice(at + before.length);
		const rest = unsaid(text, typed);
		if (rest !== undefined && rest !== '' && isSameAfter(after, document.suffix, typed)) {
			return rest;
		}
	}
	return undefined;
}

/** The rest of `text` after `typed`; `undefined` where they differ. */
export function unsaid(text: string, typed: string): string | undefined {
	if (text.startsWith(typed)) {
		return text.slice(typed.length);
	}
	// Editors leave indentation in lines without text, and take it out of them again.
	const [plain, plainTyped] = [withoutBlank(text), withoutBlank(typed)];
	return plain.startsWith(plainTyped) ? plain.slice(plainTyped.length) : undefined;
}

function withoutBlank(text: string): string {
	return text.replace(/\n[ \t]+(?=\n)/g, '\n');
}

/** The text typed between the place and the cursor; `undefined` where the cursor has not simply moved on by typing. */
export function typedSince(place: SuggestionPlace, document: DocumentSnapshot): string | undefined {
	const { before, after, uri } = place;
	if (uri !== document.uri) {
		return undefined;
	}
	const near = endOf(document.prefix, before.length + longestTyped);
	// A shorter one was the whole text before the cursor.
	const isWhole = before.length < tailLength;
	const at = isWhole && near.length < document.prefix.length ? -1 : near.lastIndexOf(before, isWhole ? 0 : undefined);
	const typed = near.slice(at + before.length);
	return at !== -1 && isSameAfter(after, document.suffix, typed) ? typed : undefined;
}

function endOf(text: string, length: number): string {
	return text.slice(Math.max(0, text.length - length));
}

/**
 * The same text after the cursor, but for closers: those that the editor put there because an opener was typed, in lines of
 * their own after Enter between the two, and those that were there and were typed over.
 */
function isSameAfter(before: string, now: string, typed: string): boolean {
	if (follows(before, now)) {
		return true;
	}
	// Most places fail here, without a look at what was typed.
	if (!closers.has(now.trimStart().charAt(0)) && !isCloser(before.charAt(0))) {
		return false;
	}
	const { pending, over } = closersOf(typed);
	return (
		isSplit(before, now, typed) ||
		isBehind(before, now, pending) ||
		(over !== '' && before.startsWith(over) && isBehind(before.slice(over.length), now, pending))
	);
}

/** Enter between two brackets, the first thing typed, puts the closer on a line of its own. */
function isSplit(before: string, now: string, typed: string): boolean {
	return typed.startsWith('\n') && isCloser(before.charAt(0)) && now.replace(/^\n[ \t]*/, '').startsWith(before);
}

/** Does `before` stand in `now`, behind nothing but some of the closers? */
function isBehind(before: string, now: string, closers: readonly string[]): boolean {
	let rest = now;
	for (const closer of closers) {
		if (follows(before, rest)) {
			return true;
		}
		const at = rest.length - rest.trimStart().length;
		if (!rest.startsWith(closer, at)) {
			return false;
		}
		rest = rest.slice(at + closer.length);
	}
	return follows(before, rest);
}

/** An empty `before` was the end of the file: then nothing else may have appeared behind it. */
function follows(before: string, now: string): boolean {
	return before === '' ? now === '' : now.startsWith(before);
}

/** The closers of brackets and quotes that `text` opens, innermost first, and the brackets that it closes without opening them. */
function closersOf(text: string): { readonly pending: readonly string[]; readonly over: string } {
	const pending: string[] = [];
	let over = '';
	for (let index = 0; index < text.length; index++) {
		const character = text.charAt(index);
		const closer = closerOf[character];
		if (pending[0] === character) {
			pending.shift();
		} else if (closer !== undefined) {
			pending.unshift(closer);
		} else if (isCloser(character)) {
			over += character;
		}
	}
	return { pending, over };
}
