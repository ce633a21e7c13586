/** Words that say nothing about what code is about: keywords that most languages share. */
const stopWords = `
	abstract and any as async await bool boolean break case catch char class const continue def default delete do double
	elif else enum except export extends extern false final finally float fn for from func function get goto if impl
	implements import in instanceof int interface is lambda let long module mut namespace new nil none not null number of
	or override package pass private protected pub public raise readonly require return self set short static string struct
	super switch template then this throw throws true try type typeof undefined unsafe use using var virtual void where
	while with yield
`;

/** A set of words as sorted numbers without duplicates: 32-bit hashes, compared and stored more cheaply than strings. */
export type TokenSet = Uint32Array;

const shortestWord = 2;
const stopHashes: ReadonlySet<number> = new Set(stopWords.trim().split(/\s+/).map(wordHash));

/**
 * The words of a piece of code, lower case: each identifier, and the parts of `camelCase` and `snake_case`. Keywords,
 * single letters and numbers are left out. Two words with the same hash are taken for one, which is rare and harmless.
 */
export function tokenSet(text: string): TokenSet {
	return sorted(new Set(tokensOf(text)));
}

export function sorted(hashes: ReadonlySet<number>): TokenSet {
	return Uint32Array.from(hashes).sort();
}

/** Those words in the order they come, repeated. One pass over the characters: it runs over whole files. */
export function tokensOf(text: string): readonly number[] {
	const hashes: number[] = [];
	for (let index = 0; index < text.length;) {
		const kind = kindOf(text.charCodeAt(index));
		if (kind === other) {
			index++;
		} else {
			const end = wordEnd(text, index);
			if (kind !== digit) {
				addWord(hashes, text, index, end);
			}
			index = end;
		}
	}
	return hashes;
}

const other = 0;
const digit = 1;
const lower = 2;
const upper = 3;
const joint = 4;

/** Anything beyond ASCII counts as a small letter: words of all scripts, and some signs, which do no harm. */
function kindOf(code: number): number {
	if (code >= 0x61 && code <= 0x7a) {
		return lower;
	}
	if (code >= 0x41 && code <= 0x5a) {
		return upper;
	}
	if (code >= 0x30 && code <= 0x39) {
		return digit;
	}
	return code === 0x5f || code === 0x24 ? joint : code >= 0x80 ? lower : other;
}

function wordEnd(text: string, start: number): number {
	let end = start;
	while (end < text.length && kindOf(text.charCodeAt(end)) !== other) {
		end++;
	}
	return end;
}

function addWord(hashes: number[], text: string, start: number, end: number): void {
	let part = start;
	let before = joint;
	for (let index = start; index < end; index++) {
		const kind = kindOf(text.charCodeAt(index));
		if (kind === joint || (kind === upper && before !== upper)) {
			add(hashes, text, part, index);
			part = kind === joint ? index + 1 : index;
		}
		before = kind;
	}
	add(hashes, text, part, end);
	if (part > start) {
		add(hashes, text, start, end);
	}
}

function add(hashes: number[], text: string, start: number, end: number): void {
	if (end - start >= shortestWord) {
		const hash = hashOf(text, start, end);
		if (!stopHashes.has(hash)) {
			hashes.push(hash);
		}
	}
}

function wordHash(word: string): number {
	return hashOf(word, 0, word.length);
}

/** FNV-1a over UTF-16 units, with the capital letters of ASCII made small. */
function hashOf(text: string, start: number, end: number): number {
	let hash = 0x811c9dc5;
	for (let index = start; index < end; index++) {
		const code = text.charCodeAt(index);
		hash = Math.imul(hash ^ (code >= 0x41 && code <= 0x5a ? code + 32 : code), 0x01000193);
	}
	return hash >>> 0;
}

/** Jaccard similarity, 0 to 1. Two empty sets have nothing in common. */
export function similarity(a: TokenSet, b: TokenSet): number {
	return jaccard(inCommon(a, b), a.length, b.length);
}

/** The share of `part` that `whole` has too. */
export function containment(part: TokenSet, whole: TokenSet): number {
	return part.length === 0 ? 1 : inCommon(part, whole) / part.length;
}

export function jaccard(common: number, a: number, b: number): number {
	return common === 0 ? 0 : common / (a + b - common);
}

function inCommon(a: TokenSet, b: TokenSet): number {
	let common = 0;
	for (let i = 0, j = 0; i < a.length && j < b.length;) {
		const x = a[i] ?? 0;
		const y = b[j] ?? 0;
		common += x === y ? 1 : 0;
		i += x <= y ? 1 : 0;
		j += y <= x ? 1 : 0;
	}
	return common;
}
