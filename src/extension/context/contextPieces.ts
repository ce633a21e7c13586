import type { EnabledSources } from '../../core/context/contextSource';
import type { OpenFile } from '../../core/context/openFile';
import { PieceIndex } from '../../core/context/pieceIndex';
import { rankPieces, type OfferedPiece, type RankedPiece } from '../../core/context/rankPieces';
import type { DocumentSnapshot } from '../../core/text/documentSnapshot';
import { remember } from '../../core/util/remember';

/** The current pieces of each source. None may wait for anything: somebody is typing. */
export interface PieceSources {
	/** Open files but this document, most recently viewed first. */
	files(exceptUri: string): readonly OpenFile[];
	/** The same of lately closed ones. */
	recent(exceptUri: string): readonly OpenFile[];
	definitions(document: DocumentSnapshot): readonly OfferedPiece[];
	problems(document: DocumentSnapshot): readonly OfferedPiece[];
}

/** Documents whose last choice is remembered. */
const capacity = 20;

/** The pieces for a document from all sources that are on, chosen anew at each keystroke but in an order that stays. */
export class ContextPieces {
	readonly #index = new PieceIndex();
	readonly #chosen = new Map<string, readonly RankedPiece[]>();

	constructor(private readonly sources: PieceSources) {}

	pieces(document: DocumentSnapshot, on: EnabledSources): readonly RankedPiece[] {
		const { uri } = document;
		const offered = [
			...(on.definitions ? this.sources.definitions(document) : []),
			...(on.problems ? this.sources.problems(document) : []),
		];
		const previous = this.#chosen.get(uri) ?? [];
		const pieces = rankPieces(document, this.#files(uri, on), { index: this.#index, previous, offered });
		remember(this.#chosen, uri, pieces, capacity);
		return pieces;
	}

	/**
	 * Indexes one file that `pieces` would have to index otherwise.
	 * @returns false when there is none left.
	 */
	prepareOne(uri: string, on: EnabledSources): boolean {
		const file = this.#files(uri, on).find(one => !this.#index.has(one));
		if (file !== undefined) {
			this.#index.prepare(file);
		}
		return file !== undefined;
	}

	/** After a change of what may be read. */
	forget(): void {
		this.#index.clear();
		this.#chosen.clear();
	}

	#files(uri: string, on: EnabledSources): readonly OpenFile[] {
		return [...(on.files ? this.sources.files(uri) : []), ...(on.recent ? this.sources.recent(uri) : [])];
	}
}
