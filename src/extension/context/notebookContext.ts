/** The fields of a `vscode.NotebookCell` that are used. Outputs may hold anything, and are never read. */
export interface Cell {
	readonly kind: number;
	readonly document: {
		readonly uri: { toString(): string };
		readonly languageId: string;
		getText(): string;
	};
}

/** `vscode.NotebookCellKind.Code`. */
const code = 2;

/** Earlier cells shown, UTF-16 units: about what a window of 4 000 tokens takes. */
const longestText = 12_000;

/**
 * The code of the cells before a cell, in order and in its language, as if the notebook were one file. Only whole cells,
 * those nearest: the start of the text stays where it is while the user types.
 */
export function textOfEarlierCells(cells: readonly Cell[], uri: string): string {
	const at = cells.findIndex(cell => cell.document.uri.toString() === uri);
	const language = cells[at]?.document.languageId;
	const texts: string[] = [];
	let left = longestText;
	for (const cell of cells.slice(0, Math.max(0, at)).reverse()) {
		if (cell.kind !== code || cell.document.languageId !== language) {
			continue;
		}
		const text = cell.document.getText().replace(/\r\n?/g, '\n').trimEnd();
		left -= text.length;
		if (left < 0) {
			break;
		}
		if (text !== '' && !isForeign(text)) {
			texts.unshift(`${text}\n\n`);
		}
	}
	return texts.join('');
}

/** `%%bash`, `%%html`: a cell magic that makes the cell another language. */
function isForeign(text: string): boolean {
	return /^\s*%%(?!time|timeit|capture|prun)/.test(text);
}
