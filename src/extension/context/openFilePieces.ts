import type { OpenFile } from '../../core/context/openFile';
import { PieceIndex } from '../../core/context/pieceIndex';
import { rankPieces, type RankedPiece } from '../../core/context/rankPieces';
import type { DocumentSnapshot } from '../../core/text/documentSnapshot';

/** Documents whose last choice is remembered. */
const capacity = 20;

/** The pieces of other open files for a document, chosen anew at each keystroke but in an order that stays. */
export class OpenFilePieces {
	readonly #index = new PieceIndex();
	readonly #chosen = new Map<string, readonly RankedPiece[]>();

	/** @param files the open files but the one asked about, most recently viewed first. */
	constructor(private readonly files: (exceptUri: string) => readonly OpenFile[]) {}

	pieces(document: DocumentSnapshot): readonly RankedPiece[] {
		const { uri } = document;
		const previous = this.#chosen.get(uri) ?? [];
		const pieces = rankPieces(document, this.files(uri), { index: this.#index, previous });
		this.#chosen.delete(uri);
		this.#chosen.set(uri, pieces);
		for (const oldest of [...this.#chosen.keys()].slice(0, -capacity)) {
			this.#chosen.delete(oldest);
		}
		return pieces;
	}

	/** After a change of what may be read. */
	forget(): void {
		this.#index.clear();
		this.#chosen.clear();
	}
}
