import type { DocumentSnapshot } from '../../text/documentSnapshot';
import { remember } from '../../util/remember';
import type { OfferedPiece } from '../rankPieces';
import { mostNames, referencedNames, type ReferencedName } from './referencedNames';

/** Asks for the definition of a name: the piece, `none` where there is nothing to show, `undefined` where no answer came in time. */
export type LookUp = (name: ReferencedName) => Promise<OfferedPiece | 'none' | undefined>;

interface Known {
	readonly piece: OfferedPiece | undefined;
	/** It still serves, and is asked for anew when there is time. */
	readonly isStale: boolean;
}

/** Documents whose definitions are kept, and names of each. */
const mostDocuments = 10;
const mostKnown = 64;

/**
 * Definitions that were looked up while nobody typed. A key press gets at once what is known; what is not is asked for when
 * the cursor has come to rest, and what may have changed is shown until its successor is there.
 */
export class KnownDefinitions {
	/** Uri of the document → name → what is known, least recently looked up first. */
	readonly #documents = new Map<string, Map<string, Known>>();

	/** Known definitions of the names at the cursor, nearest first. */
	pieces(document: DocumentSnapshot): readonly OfferedPiece[] {
		const known = this.#documents.get(document.uri);
		return known === undefined
			? []
			: referencedNames(document, mostNames).flatMap(name => known.get(keyOf(name))?.piece ?? []);
	}

	/** Asks for what is missing or stale, one name after the other, until `signal` aborts. */
	async refresh(document: DocumentSnapshot, lookUp: LookUp, signal: AbortSignal): Promise<void> {
		const known = this.#of(document.uri);
		for (const name of referencedNames(document, mostNames)) {
			const key = keyOf(name);
			if (known.get(key)?.isStale === false) {
				continue;
			}
			const found = await lookUp(name);
			if (signal.aborted || this.#documents.get(document.uri) !== known) {
				return;
			}
			if (found === undefined) {
				continue;
			}
			const piece = found === 'none' ? undefined : found;
			remember(known, key, { piece, isStale: false }, mostKnown);
		}
	}

	/** A file was changed: what was found in it may read otherwise now. */
	changed(uri: string): void {
		this.#markStale(piece => piece?.uri === uri);
	}

	/** A file was saved: names that had no definition may have one now. */
	saved(): void {
		this.#markStale(piece => piece === undefined);
	}

	/** After a change of what may be read. */
	forget(): void {
		this.#documents.clear();
	}

	#of(uri: string): Map<string, Known> {
		const known = this.#documents.get(uri) ?? new Map<string, Known>();
		remember(this.#documents, uri, known, mostDocuments);
		return known;
	}

	#markStale(isMeant: (piece: OfferedPiece | undefined) => boolean): void {
		for (const known of this.#documents.values()) {
			for (const [name, { piece }] of known) {
				if (isMeant(piece)) {
					known.set(name, { piece, isStale: true });
				}
			}
		}
	}
}

/** A name before a dot has a key of its own: its type is looked up, not its definition. */
function keyOf({ name, isReceiver }: ReferencedName): string {
	return isReceiver ? `${name}.` : name;
}
