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
const longestTyped = 1000;

const closerOf: Readonly<Record<string, string>> = {
	'(': ')',
	'[': ']',
	'{': '}',
	'"': '"',
	"'": "'",
	'`': '`',
	'<': '>',
};

export function placeOf(document: DocumentSnapshot): SuggestionPlace {
	return {
		uri: document.uri,
		before: document.prefix.slice(-tailLength),
		after: document.suffix.slice(0, tailLength),
	};
}

/** What of `text`, suggested at the place, was not typed yet; never empty. `undefined` where anything else stands there. */
export function restOf(place: SuggestionPlace, text: string, document: DocumentSnapshot): string | undefined {
	if (place.uri !== document.uri) {
		return undefined;
	}
	const { before, after } = place;
	// The place is looked for, rather than each beginning of the text: a hundred places take a fraction of a millisecond.
	const near = endOf(document.prefix, before.length + text.length - 1);
	for (let at = near.lastIndexOf(before); at !== -1; at = at === 0 ? -1 : near.lastIndexOf(before, at - 1)) {
		const typed = near.slice(at + before.length);
		const rest = text.slice(typed.length);
		if (rest !== '' && text.startsWith(typed) && isSameAfter(after, document.suffix, typed)) {
			return rest;
		}
	}
	return undefined;
}

/** What stands between the place and the cursor; `undefined` where the cursor has not simply moved on from it by typing. */
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

/** The same text after the cursor, but for closers that the editor put there because an opener was typed. */
function isSameAfter(before: string, now: string, typed: string): boolean {
	// An empty `before` was the end of the file: then nothing else may have appeared behind it.
	const follows = (closers: string): boolean => (before === '' ? now === closers : now.startsWith(closers + before));
	const pending = pendingClosers(typed);
	return follows('') || pending.some((_, index) => follows(pending.slice(0, index + 1).join('')));
}

/** What would close the brackets and quotes that `text` opens, innermost first. */
function pendingClosers(text: string): string[] {
	const pending: string[] = [];
	for (const character of Array.from(text)) {
		const closer = closerOf[character];
		if (pending[0] === character) {
			pending.shift();
		} else if (closer !== undefined) {
			pending.unshift(closer);
		}
	}
	return pending;
}
