import type { CompletionOutcome, CompletionRequest } from '../completion/completionRequest';

/** One request for a suggestion and its outcome. */
export interface CompletionRecord {
	/** Milliseconds since 1970. */
	readonly at: number;
	/** Its texts are empty where the document is private. */
	readonly request: Omit<CompletionRequest, 'pieces'>;
	/** The cursor, both counted from 0. */
	readonly position: { readonly line: number; readonly character: number };
	readonly outcome: CompletionOutcome | EngineFailure;
	/** Time from the request to the outcome. */
	readonly milliseconds: number;
}

export interface EngineFailure {
	readonly kind: 'failure';
	/** A sentence for the user. */
	readonly message: string;
}

/** Number of records kept. One takes up to 130 kB: the text around the cursor and the pieces of other files. */
const capacity = 20;

/** The last outcomes, newest first. They contain the user's code, so they stay in memory and are never written. */
export class OutcomeLog {
	readonly #records: CompletionRecord[] = [];

	get records(): readonly CompletionRecord[] {
		return this.#records;
	}

	add(record: CompletionRecord): void {
		this.#records.unshift(record.request.isPrivate ? withoutText(record) : record);
		this.#records.length = Math.min(this.#records.length, capacity);
	}

	/** The newest about a document; without one, the newest of all. */
	last(uri: string | undefined): CompletionRecord | undefined {
		return this.#records.find(({ request }) => request.document.uri === uri) ?? this.#records[0];
	}

	/** The record with the answer of the model that this outcome remembered. */
	originOf({ request, outcome, at }: CompletionRecord): CompletionRecord | undefined {
		if (outcome.kind === 'failure' || outcome.answer !== undefined || outcome.candidate === undefined) {
			return undefined;
		}
		const { candidate } = outcome;
		return this.#records.find(
			earlier =>
				earlier.at <= at &&
				earlier.request.document.uri === request.document.uri &&
				earlier.outcome.kind !== 'failure' &&
				earlier.outcome.answer !== undefined &&
				'suggestion' in earlier.outcome &&
				earlier.outcome.suggestion.text.endsWith(candidate),
		);
	}
}

function withoutText(record: CompletionRecord): CompletionRecord {
	const { request } = record;
	return { ...record, request: { ...request, document: { ...request.document, prefix: '', suffix: '' } } };
}
