import type { DocumentSnapshot } from '../text/documentSnapshot';
import { containment, similarity, type TokenSet } from './codeTokens';
import type { ContextSource } from './contextSource';
import type { OpenFile } from './openFile';
import { PieceIndex, type Window } from './pieceIndex';
import { lineSet, lineSimilarity, surroundingsOf, type Surroundings } from './surroundings';

/** Some lines of another file, worth showing to the model. */
export interface RankedPiece {
	readonly source: ContextSource;
	readonly uri: string;
	readonly path: string;
	readonly text: string;
	/** First line in the file when it was chosen, from 0, and the one behind the last. */
	readonly start: number;
	readonly end: number;
	/** Version of the file in which `text` was last seen. */
	readonly version: number;
	/** Similarity to the surroundings of the cursor, 0 to 1, more for imported files; of now. */
	readonly score: number;
}

/** A piece that a source names itself, with the score that it gives: a definition. It serves as long as it is offered. */
export type OfferedPiece = RankedPiece;

export interface RankOptions {
	/** Kept by the caller from call to call: it makes a call cheap. */
	readonly index?: PieceIndex;
	/** The result of the last call. These pieces keep their places while they are useful; better ones are added after them. */
	readonly previous?: readonly RankedPiece[];
	/** Beside the pieces of `files`. */
	readonly offered?: readonly OfferedPiece[];
	readonly limits?: Partial<RankLimits>;
}

export interface RankLimits {
	readonly files: number;
	readonly pieces: number;
	/** Sum over the texts, UTF-16 units. */
	readonly characters: number;
	/** Files indexed in one call, 4 ms each (100 000 characters, measured): the others wait for the next keystroke. */
	readonly newFiles: number;
}

export const rankLimits: RankLimits = { files: 30, pieces: 8, characters: 6000, newFiles: 1 };

/** Below this, what two pieces share is chance: `length`, `name`, `index`. */
const leastScore = 0.08;

/** Two pieces with so much in common say the same. */
const sameText = 0.8;

/** A piece whose words nearly all stand at the cursor already adds nothing, and makes a small model copy. */
const nothingNew = 0.85;

/** So do lines half of which stand there; the value is llama.vim's. */
const sameLines = 0.5;

/** A chosen piece gives way only to one that is clearly better: each change costs the model its cache behind it. */
const clearlyBetter = 1.5;

/** Candidates looked at after the first: the others are weaker still. */
const examined = 60;

interface Scored extends RankedPiece {
	readonly tokens: TokenSet;
}

interface Candidate extends Scored {
	readonly lines: ReadonlySet<string>;
}

/** A window before anything is copied: most go no further. */
interface Found {
	readonly window: Window;
	readonly file: OpenFile;
	readonly score: number;
}

/** The inputs and the state of one call. */
interface Ranking {
	readonly files: readonly OpenFile[];
	readonly index: PieceIndex;
	readonly limits: RankLimits;
	/** Those that serve. */
	readonly offered: readonly Candidate[];
	readonly surroundings: Surroundings;
}

/**
 * Pieces of other files for the prompt, `files` being most recently viewed first. The order never shuffles: pieces of
 * `previous` keep their places, weak ones may fall out, new ones come last, so the engine's cache of what stands in front
 * stays valid. Deterministic.
 */
export function rankPieces(
	document: DocumentSnapshot,
	files: readonly OpenFile[],
	options: RankOptions = {},
): readonly RankedPiece[] {
	const limits = { ...rankLimits, ...options.limits };
	const index = options.index ?? new PieceIndex(limits.files);
	const surroundings = surroundingsOf(document);
	const ranking: Ranking = {
		files: files.filter(file => file.uri !== document.uri).slice(0, limits.files),
		index,
		limits,
		offered: serving(options.offered ?? [], index, surroundings),
		surroundings,
	};
	const candidates = best([...ranking.offered, ...best(similarWindows(ranking)).map(found => candidate(found, index))]);
	const found = candidates.filter(({ lines }) => lineSimilarity(lines, surroundings.lines) <= sameLines);
	return choose(stillGood(options.previous ?? [], ranking), found, ranking).map(withoutTokens);
}

/** Among equals the first stays first. */
function best<T extends { readonly score: number }>(found: readonly T[]): readonly T[] {
	return found.toSorted((a, b) => b.score - a.score).slice(0, examined);
}

function candidate({ window, file, score }: Found, index: PieceIndex): Candidate {
	const { uri, path, version, source = 'files' } = file;
	return { ...window, lines: index.linesOf(window), source, uri, path, version, score };
}

/** The pieces chosen before that still serve. */
function stillGood(previous: readonly RankedPiece[], ranking: Ranking): readonly Scored[] {
	const chosen = previous.slice(0, ranking.limits.pieces);
	return chosen.flatMap(piece =>
		isOfFile(piece)
			? (stillSimilar(piece, ranking) ?? [])
			: ranking.offered.filter(one => one.text === piece.text && one.uri === piece.uri),
	);
}

function isOfFile({ source }: RankedPiece): boolean {
	return source === 'files' || source === 'recent';
}

/** Its text is still there and still has to do with the cursor's place. */
function stillSimilar(piece: RankedPiece, { files, index, surroundings }: Ranking): Scored | undefined {
	const file = files.find(({ uri }) => uri === piece.uri);
	if (file === undefined || (file.version !== piece.version && !file.text.includes(piece.text))) {
		return undefined;
	}
	const tokens = index.tokensOf(piece.text);
	const score = similarity(tokens, surroundings.tokens) * surroundings.weigh(file);
	const isGood = score >= leastScore / clearlyBetter && containment(tokens, surroundings.tokens) < nothingNew;
	return isGood ? { ...piece, version: file.version, score, tokens } : undefined;
}

/** The pieces of other files that say something that does not stand at the cursor already. */
function serving(pieces: readonly OfferedPiece[], index: PieceIndex, surroundings: Surroundings): readonly Candidate[] {
	return pieces
		.filter(({ uri }) => uri !== surroundings.uri)
		.map(piece => ({ ...piece, tokens: index.tokensOf(piece.text), lines: lineSet(piece.text) }))
		.filter(({ tokens }) => containment(tokens, surroundings.tokens) < nothingNew);
}

function similarWindows({ files, index, limits, surroundings }: Ranking): readonly Found[] {
	let newFiles = 0;
	return files
		.filter(file => index.has(file) || newFiles++ < limits.newFiles)
		.flatMap(file => {
			const weight = surroundings.weigh(file);
			return index
				.similar(file, surroundings.tokens, { least: leastScore / weight, known: nothingNew })
				.map(({ window, similarity }) => ({ window, file, score: similarity * weight }));
		});
}

function choose(kept: readonly Scored[], found: readonly Scored[], { limits }: Ranking): readonly Scored[] {
	let chosen = kept;
	for (const piece of found) {
		const isFull = !fits([...chosen, piece], limits);
		const weakest = isFull ? Math.min(...chosen.map(({ score }) => score)) : undefined;
		const next = [...chosen.filter(({ score }) => score !== weakest), piece];
		const isBetter = fits(next, limits) && (weakest === undefined || piece.score > weakest * clearlyBetter);
		if (isBetter && !chosen.some(other => saysTheSame(piece, other))) {
			chosen = next;
		}
	}
	return chosen;
}

function fits(pieces: readonly Scored[], limits: RankLimits): boolean {
	return pieces.length <= limits.pieces && pieces.reduce((sum, { text }) => sum + text.length, 0) <= limits.characters;
}

function saysTheSame(a: Scored, b: Scored): boolean {
	const overlaps = a.uri === b.uri && a.version === b.version && a.start < b.end && b.start < a.end;
	return overlaps || similarity(a.tokens, b.tokens) > sameText;
}

function withoutTokens({ source, uri, path, text, start, end, version, score }: Scored): RankedPiece {
	return { source, uri, path, text, start, end, version, score };
}
