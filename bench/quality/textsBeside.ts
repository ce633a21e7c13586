import { nearestFiles } from '../../src/core/evaluation/nearestFiles';
import type { SourceFile } from '../../src/core/evaluation/sourceFile';
import { OpenTexts } from '../../src/core/prior/openTexts';

/** As many as `npm run eval` has. */
const openFiles = 20;
/** The longest text of one file. UTF-16 units. */
const longestText = 100_000;

/** The texts for the prior: the files that somebody who edits `file` most likely has open. */
export async function textsBeside(file: SourceFile, files: readonly SourceFile[]): Promise<OpenTexts> {
	const texts = new OpenTexts();
	for (const { uri, path, text } of nearestFiles(file, files, openFiles).toReversed()) {
		await texts.add({ id: uri, path, text: text.slice(0, longestText) }, () => Promise.resolve());
	}
	return texts;
}
