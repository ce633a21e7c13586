import type { CompletionAnswer, CompletionEngine, CompletionQuery } from '../completion/completionEngine';
import { isAbort } from '../engine/engineError';

/**
 * Asks the engine for the answer to `query` and for its prompt. Requests from typing go first and may abort this one; it is
 * then repeated after a `pause`, until `signal` aborts. Throws the engine's errors.
 */
export async function askForPrompt(
	engine: CompletionEngine,
	query: CompletionQuery,
	{ signal, pause }: { readonly signal: AbortSignal; readonly pause: (signal: AbortSignal) => Promise<void> },
): Promise<CompletionAnswer> {
	for (;;) {
		try {
			return await engine.complete({ ...query, wantsPrompt: true }, signal);
		} catch (error) {
			if (!isAbort(error) || signal.aborted) {
				throw error;
			}
		}
		await pause(signal);
	}
}
