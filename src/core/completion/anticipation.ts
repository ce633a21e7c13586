/** One change of a document, as the editor reports it. */
export interface DocumentChange {
	/** Places that were changed at once. */
	readonly places: number;
	/** UTF-16 units put in at the first of them. */
	readonly inserted: number;
	readonly isUndoOrRedo: boolean;
}

export interface Cursors {
	readonly count: number;
	/** Something is selected. */
	readonly isSelection: boolean;
}

/** More at once is pasted or generated, and the editor does not ask for a completion. A suggestion may be that long. */
const longestTyped = 400;

/**
 * Will the editor ask for a completion in a moment? It does so after typing, taking back and accepting; not after undo and
 * redo, nor after edits in several places, which are renamings, formatters and several cursors.
 */
export function isTyping({ places, inserted, isUndoOrRedo }: DocumentChange, cursors: Cursors): boolean {
	return places === 1 && inserted <= longestTyped && !isUndoOrRedo && cursors.count === 1 && !cursors.isSelection;
}
