import type { DocumentSnapshot } from '../text/documentSnapshot';
import { containment, similarity, tokenSet, type TokenSet } from './codeTokens';
import { importedPaths, isImported } from './imports';
import { languageFamily } from './languageFamily';
import type { OpenFile } from './openFile';
import { PieceIndex } from './pieceIndex';

/** Some lines of another open file, worth showing to the model. */
export interface RankedPiece {
	readonly uri: string;
	readonly path: string;
	readonly text: string;
	/** First line in the file when it was chosen, from 0, and the one behind the last. */
	readonly start: number;
	readonly end: number;
	/** Of the file in which `text` was last seen. */
	readonly version: number;
	/** Similarity to the surroundings of the cursor, 0 to 1, more for imported files; of now. */
	readonly score: number;
}

export interface RankOptions {
	/** Kept by the caller from call to call: it makes a call cheap. */
	readonly index?: PieceIndex;
	/** What the last call returned. These stay where they are as long as they serve; better ones are put behind them. */
	readonly previous?: readonly RankedPiece[];
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

export const rankLimits: RankLimits = { files: 20, pieces: 8, characters: 6000, newFiles: 1 };

/** Lines around the cursor that other code is compared with. */
const linesBefore = 40;
const linesAfter = 20;

/** Characters on either side that they are looked for in. */
const longestSide = 6000;

const importBonus = 1.5;
const foreignLanguage = 0.5;

/** Below this, what two pieces share is chance: `length`, `name`, `index`. */
const leastScore = 0.08;

/** Two pieces with so much in common say the same. */
const sameText = 0.8;

/** A piece whose words nearly all stand at the cursor already adds nothing, and makes a small model copy. */
const nothingNew = 0.85;

/** A chosen piece gives way only to one that is clearly better: each change costs the model its cache behind it. */
const clearlyBetter = 1.5;

/** Candidates looked at after the first: the others are weaker still. */
const examined = 60;

interface Scored extends RankedPiece {
	readonly tokens: TokenSet;
}

/** What a call works with. */
interface Ranking {
	readonly files: readonly OpenFile[];
	readonly index: PieceIndex;
	readonly limits: RankLimits;
	/** Words around the cursor. */
	readonly surroundings: TokenSet;
	/** Factor for a file: more when it is imported, less when it is in another language. */
	readonly weigh: (file: OpenFile) => number;
}

/**
 * Pieces of other open files for the prompt, `files` being most recently viewed first. The order never shuffles: pieces of
 * `previous` keep their places, weak ones may fall out, new ones come last, so the engine's cache of what stands in front
 * stays valid. Deterministic.
 */
export function rankPieces(
	document: DocumentSnapshot,
	files: readonly OpenFile[],
	options: RankOptions = {},
): readonly RankedPiece[] {
	const limits = { ...rankLimits, ...options.limits };
	const ranking: Ranking = {
		files: files.filter(file => file.uri !== document.uri).slice(0, limits.files),
		index: options.index ?? new PieceIndex(limits.files),
		limits,
		surroundings: tokenSet(surroundingsOf(document)),
		weigh: weigher(document),
	};
	return choose(stillGood(options.previous ?? [], ranking), candidates(ranking), ranking).map(withoutTokens);
}

/** The pieces chosen before whose text is still there and still has to do with the cursor's place. */
function stillGood(previous: readonly RankedPiece[], ranking: Ranking): readonly Scored[] {
	const { files, index, surroundings } = ranking;
	return previous.slice(0, ranking.limits.pieces).flatMap(piece => {
		const file = files.find(({ uri }) => uri === piece.uri);
		if (file === undefined || (file.version !== piece.version && !file.text.includes(piece.text))) {
			return [];
		}
		const tokens = index.tokensOf(piece.text);
		const score = similarity(tokens, surroundings) * ranking.weigh(file);
		const isGood = score >= leastScore / clearlyBetter && containment(tokens, surroundings) < nothingNew;
		return isGood ? [{ ...piece, version: file.version, score, tokens }] : [];
	});
}

/** Best first. */
function candidates({ files, index, limits, surroundings, weigh }: Ranking): readonly Scored[] {
	let newFiles = 0;
	return files
		.filter(file => index.has(file) || newFiles++ < limits.newFiles)
		.flatMap(file => {
			const weight = weigh(file);
			const { uri, path, version } = file;
			return index
				.similar(file, surroundings, { least: leastScore / weight, known: nothingNew })
				.map(({ window, similarity }) => {
					return { ...window, uri, path, version, score: similarity * weight };
				});
		})
		.sort((a, b) => b.score - a.score)
		.slice(0, examined);
}

function choose(kept: readonly Scored[], found: readonly Scored[], { limits }: Ranking): readonly Scored[] {
	let chosen = kept;
	for (const piece of found) {
		if (chosen.some(other => saysTheSame(piece, other))) {
			continue;
		}
		const isFull = !fits([...chosen, piece], limits);
		const weakest = isFull ? Math.min(...chosen.map(({ score }) => score)) : undefined;
		const next = [...chosen.filter(({ score }) => score !== weakest), piece];
		if (fits(next, limits) && (weakest === undefined || piece.score > weakest * clearlyBetter)) {
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

function surroundingsOf({ prefix, suffix }: DocumentSnapshot): string {
	const before = prefix.slice(-longestSide).split('\n').slice(-linesBefore).join('\n');
	const after = suffix.slice(0, longestSide).split('\n', linesAfter).join('\n');
	return before + after;
}

function weigher(document: DocumentSnapshot): Ranking['weigh'] {
	const imports = importedPaths(document.prefix);
	const family = languageFamily(document.languageId);
	return ({ path, languageId }) =>
		(isImported(path, imports) ? importBonus : 1) * (languageFamily(languageId) === family ? 1 : foreignLanguage);
}

function withoutTokens({ uri, path, text, start, end, version, score }: Scored): RankedPiece {
	return { uri, path, text, start, end, version, score };
}
