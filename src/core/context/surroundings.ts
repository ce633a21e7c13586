import type { DocumentSnapshot } from '../text/documentSnapshot';
import { tokenSet, type TokenSet } from './codeTokens';
import { importedPaths, isImported } from './imports';
import { languageFamily } from './languageFamily';
import type { OpenFile } from './openFile';

/** The place at the cursor, as other code is compared with it. */
export interface Surroundings {
	readonly uri: string;
	readonly tokens: TokenSet;
	readonly lines: ReadonlySet<string>;
	/** Factor for a file's pieces: more when it is imported, less when it is in another language. */
	weigh(file: Pick<OpenFile, 'path' | 'languageId'>): number;
}

/** Lines around the cursor that other code is compared with. */
const linesBefore = 40;
const linesAfter = 20;

/** Characters on either side that they are looked for in. */
const longestSide = 6000;

const importBonus = 1.5;
const foreignLanguage = 0.5;

export function surroundingsOf(document: DocumentSnapshot): Surroundings {
	const { uri, prefix, suffix } = document;
	const before = prefix.slice(-longestSide).split('\n').slice(-linesBefore);
	const after = suffix.slice(0, longestSide).split('\n', linesAfter);
	const text = before.join('\n') + after.join('\n');
	const imports = importedPaths(prefix);
	const family = languageFamily(document.languageId);
	return {
		uri,
		tokens: tokenSet(text),
		lines: lineSet(text),
		weigh: ({ path, languageId }) =>
			(isImported(path, imports) ? importBonus : 1) * (languageFamily(languageId) === family ? 1 : foreignLanguage),
	};
}

/** Lines that say something, without their indentation. */
export function lineSet(text: string): ReadonlySet<string> {
	const lines = text.split('\n').map(line => line.trim());
	return new Set(lines.filter(line => /[\p{L}\p{N}]/u.test(line)));
}

/** Jaccard, 0 to 1. */
export function lineSimilarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
	let common = 0;
	for (const line of a) {
		common += b.has(line) ? 1 : 0;
	}
	return common === 0 ? 0 : common / (a.size + b.size - common);
}
