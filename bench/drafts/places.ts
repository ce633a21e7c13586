import { choosePositions, cursorDocument, type EvaluationPosition } from '../../src/core/evaluation/positions';
import type { OpenTexts } from '../../src/core/prior/openTexts';
import { readRepository } from '../../src/node/evaluation/readRepository';
import type { CompletionParams } from '../../src/protocol/engineContract';
import { textsBeside } from '../quality/textsBeside';

export const mostTokens = 64;

/** Where text is hidden, and the files around it. */
export interface Place {
	readonly position: EvaluationPosition;
	readonly texts: OpenTexts;
}

/** @param perLanguage positions. */
export async function placesIn(folders: readonly string[], perLanguage: number): Promise<readonly Place[]> {
	const files = (await Promise.all(folders.map(folder => readRepository(folder)))).flat();
	const places: Place[] = [];
	for (const position of choosePositions(files, { perLanguage, seed: 3 })) {
		places.push({ position, texts: await textsBeside(position.file, files) });
	}
	return places;
}

/** The product's request to its engine at a position. */
export function paramsAt(position: EvaluationPosition): CompletionParams {
	const { path, languageId, prefix, suffix } = cursorDocument(position);
	const extent = position.kind === 'block' ? 'block' : 'line';
	const limits = { extent, maxTokens: mostTokens, probabilityFloor: 0 } as const;
	return { requestId: 1, path, languageId, prefix, suffix, pieces: [], ...limits };
}
