/** Why an engine call failed. The code is for programs; `message` is a sentence for the user with a way forward. */
export const engineErrorCodes = [
	'model-missing',
	'model-not-gguf',
	'model-truncated',
	'model-unsupported',
	'model-not-loaded',
	'model-cannot-complete',
	'model-cannot-explain',
	'out-of-memory',
	'engine-unavailable',
	'engine-exited',
	'engine-hung',
	'bad-message',
	'internal',
] as const;
export type EngineErrorCode = (typeof engineErrorCodes)[number];

export class EngineError extends Error {
	override readonly name = 'EngineError';

	constructor(
		readonly code: EngineErrorCode,
		message: string,
		options?: ErrorOptions,
	) {
		super(message, options);
	}

	static is(error: unknown, code?: EngineErrorCode): error is EngineError {
		return error instanceof EngineError && (code === undefined || error.code === code);
	}
}

/** Cancelling is not a failure: callers use this to tell the two apart. */
export function isAbort(error: unknown): boolean {
	return error instanceof Error && error.name === 'AbortError';
}
