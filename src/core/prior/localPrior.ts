import { endOfLine, lineEnd, scanLexemes, wordAtEnd } from './lexemeScan';
import type { OpenTexts } from './openTexts';
import { TextIndex } from './textIndex';

/** Possible continuations, counted from the text after the same lexemes elsewhere. */
export interface PriorGuess {
	/** How many lexemes in front of the cursor were the same at the best place. 0: the begun word only. */
	readonly agreeing: number;
	/** A beginning of what came there, at most a line of it, and its share. The shares add up to 1. */
	readonly continuations: readonly Continuation[];
}

export interface Continuation {
	readonly text: string;
	readonly share: number;
}

/** The text around the cursor, with LF line ends. */
export interface PriorPlace {
	readonly path: string;
	readonly prefix: string;
	readonly suffix: string;
}

/** Lexemes in front of the cursor that are compared: some three lines. */
const order = 32;
/** A place with one agreeing lexeme less counts for so much less. */
const perLexeme = 10;
/** Places with so many fewer than the best are not looked at: they would add up to less than a hundredth. */
const window = 2;
/** At most this many of the best places are counted: the last ones, which are nearest to the cursor. */
const mostPlaces = 48;
/** A single place with fewer agreeing lexemes is chance, unless so many letters of a word are begun. */
const leastAlone = 3;
/** UTF-16 units of a continuation: the longest token of code. */
const longest = 32;

interface Place {
	readonly source: TextIndex;
	readonly lexeme: number;
	readonly agreeing: number;
}

/** The end of the text so far, as it is compared. */
interface Cursor {
	/** Hashes of the lexemes in front of the begun word, the last first. */
	readonly context: readonly number[];
	readonly begun: string;
	/** Blanks at the end. */
	readonly blank: string;
	/** The indentation of the cursor's line, where it holds something, and of the line above it. */
	readonly indent: string;
	readonly indentAbove: string;
	/** The indentation is the answer's to write: the line is its own, or the cursor stood in column 0. */
	readonly isOwnLine: boolean;
}

/**
 * Next-token statistics of the document and of the other open files, without a model: the text behind the longest
 * agreement with what stands before the cursor, smoothed by shorter ones ("infini-gram", Liu et al. 2024, arXiv 2401.17377,
 * over the texts at hand). Lexemes and not the model's tokens are compared, because the cursor cuts tokens: a name that is
 * begun is found whatever tokens it has, and what is indexed serves every model. Blanks do not count.
 */
export class LocalPrior {
	#before = { path: '', index: new TextIndex() };
	#after = { text: '', index: new TextIndex() };
	#files: readonly TextIndex[] = [];
	#line = '';

	constructor(private readonly texts: OpenTexts) {}

	/** To be called before `guess`, with the place that is asked about. */
	moveTo({ path, prefix, suffix }: PriorPlace): void {
		const lineStart = prefix.lastIndexOf('\n') + 1;
		this.#line = endOfLine(prefix.slice(lineStart));
		this.#read(path, prefix.slice(0, lineStart));
		const after = suffix.slice(suffix.indexOf('\n') + 1);
		if (after !== this.#after.text) {
			this.#after = { text: after, index: indexOf(suffix.includes('\n') ? after : '') };
		}
		this.#files = this.texts.besides(path);
	}

	/** How many lexemes the texts have that are searched: the document's and the other files'. */
	get lexemes(): number {
		const sources = [...this.#files, this.#after.index, this.#before.index];
		return sources.reduce((sum, { count }) => sum + count, 0);
	}

	/** @param written what the answer has so far. */
	guess(written: string): PriorGuess | undefined {
		const cursor = this.#cursor(written);
		const places = this.#places(cursor);
		const best = places.reduce((most, { agreeing }) => Math.max(most, agreeing), 0);
		if (places.length === 1 && best < leastAlone && cursor.begun.length < leastAlone) {
			return undefined;
		}
		const weights = new Map<string, number>();
		let total = 0;
		for (const place of places.slice(-mostPlaces)) {
			const text = continuationAt(place, cursor);
			// Whether there is anything to say is for the model to decide.
			if (text !== '' && (written !== '' || !text.startsWith('\n'))) {
				const weight = perLexeme ** (place.agreeing - best);
				weights.set(text, (weights.get(text) ?? 0) + weight);
				total += weight;
			}
		}
		const continuations = [...weights].map(([text, weight]) => ({ text, share: weight / total }));
		return continuations.length === 0 ? undefined : { agreeing: best, continuations };
	}

	/** While the user types on, only the new lines are read. */
	#read(path: string, before: string): void {
		const { index } = this.#before;
		if (path === this.#before.path && before.startsWith(index.text)) {
			index.append(before.slice(index.text.length));
		} else {
			this.#before = { path, index: indexOf(before) };
		}
	}

	#cursor(written: string): Cursor {
		const { index } = this.#before;
		const text = this.#line + written;
		const begun = wordAtEnd(text);
		const context: number[] = [];
		scanLexemes(text.slice(0, text.length - begun.length), (_start, _end, hash) => {
			if (hash !== lineEnd || context.at(-1) !== lineEnd) {
				context.push(hash);
			}
		});
		context.reverse();
		for (let lexeme = index.count - 1; lexeme >= 0 && context.length < order; lexeme--) {
			context.push(index.hash(lexeme));
		}
		const lines = text.split('\n');
		const above = lines.length > 1 ? (lines.at(-2) ?? '') : this.#lineAbove();
		const isOwnLine = lines.length > 1 || this.#line === '';
		const blank = /[ \t]*$/.exec(text)?.[0] ?? '';
		const indents = { indent: indentOf(lines.at(-1) ?? ''), indentAbove: indentOf(above), isOwnLine };
		return { context: context.slice(0, order), begun, blank, ...indents };
	}

	/** The last line above the cursor's that holds something. */
	#lineAbove(): string {
		const text = this.#before.index.text.trimEnd();
		return text.slice(text.lastIndexOf('\n') + 1);
	}

	/** Those within the window of the best, in the order of the texts: the other files, below the cursor, above it. */
	#places(cursor: Cursor): readonly Place[] {
		let best = cursor.begun === '' ? 1 : 0;
		const least = best;
		let places: Place[] = [];
		for (const source of [...this.#files, this.#after.index, this.#before.index]) {
			source.search(cursor, Math.max(least, best - window), (lexeme, agreeing) => {
				if (agreeing === 0 && isWhole(source, lexeme, cursor)) {
					return Math.max(least, best - window);
				}
				best = Math.max(best, agreeing);
				places.push({ source, lexeme, agreeing });
				return Math.max(least, best - window);
			});
		}
		places = places.filter(({ agreeing }) => agreeing >= best - window);
		return places;
	}
}

/**
 * The word is all there, so only what follows it is left to say: of that, the word alone tells nothing. Behind `this.label`
 * comes no `:` because `label: string` stands elsewhere.
 */
function isWhole(source: TextIndex, lexeme: number, { begun }: Cursor): boolean {
	return source.end(lexeme) - source.start(lexeme) === begun.length;
}

function indexOf(text: string): TextIndex {
	const index = new TextIndex();
	index.append(text);
	return index;
}

/** The text at a place from where the cursor's text ends, as it would be written at the cursor. */
function continuationAt({ source, lexeme }: Place, cursor: Cursor): string {
	const { context, begun, blank, indent, indentAbove, isOwnLine } = cursor;
	const start = source.start(lexeme);
	if (begun !== '') {
		return piece(source, start + begun.length);
	}
	if (source.hash(lexeme) === lineEnd) {
		return nextLine(source, lexeme, indent);
	}
	if (context[0] === lineEnd) {
		const expected = relativeIndent(source, lexeme, indentAbove);
		const isExpected = isOwnLine && expected.startsWith(blank);
		return (isExpected ? expected.slice(blank.length) : '') + piece(source, start);
	}
	const gap = source.text.slice(source.end(lexeme - 1), start);
	return gap.startsWith(blank) ? piece(source, start - gap.length + blank.length) : piece(source, start);
}

/**
 * Line ends and the start of the next line as it would be indented: many vocabularies have one token for line ends and
 * indentation, so what the first token is depends on what follows.
 * @param indent of the line that ends.
 */
function nextLine(source: TextIndex, lexeme: number, indent: string): string {
	const next = lexeme + 1;
	if (next >= source.count) {
		return '\n';
	}
	const gap = source.text.slice(source.start(lexeme), source.start(next));
	const lineEnds = gap.slice(0, gap.lastIndexOf('\n') + 1);
	return lineEnds + relativeIndent(source, next, indent) + piece(source, source.start(next));
}

/** To the end of the line, which is part of it. */
function piece({ text }: TextIndex, start: number): string {
	const lineStart = text.indexOf('\n', start) + 1;
	return text.slice(start, Math.min(lineStart === 0 ? text.length : lineStart, start + longest));
}

/** Deeper or less deep than the line above it by as much as it is there. */
function relativeIndent(source: TextIndex, lexeme: number, indent: string): string {
	const own = source.indent(lexeme);
	const above = lexeme < 2 ? '' : source.indent(lexeme - 2);
	return own.length >= above.length
		? indent + own.slice(above.length)
		: indent.slice(0, Math.max(0, indent.length - (above.length - own.length)));
}

function indentOf(line: string): string {
	return /^[ \t]*/.exec(line)?.[0] ?? '';
}
