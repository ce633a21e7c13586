import type { CompletionAnswer, CompletionEngine, CompletionQuery } from '../completion/completionEngine';
import { isAbort } from '../engine/engineError';

/**
 * The answer to `query` with its prompt. What somebody types goes first: this waits for it, or is ended by it, and is asked
 * again after a `pause`, until `signal` aborts. Throws the engine's errors.
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
