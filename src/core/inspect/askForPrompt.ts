import type { CompletionAnswer, CompletionEngine, CompletionQuery } from '../completion/completionEngine';
import { isAbort } from '../engine/engineError';

/**
 * The answer to `query` with its prompt. What is typed meanwhile goes first and ends this; then it is asked again after a
 * `pause`, until `signal` aborts. Throws the engine's errors.
 */
export async function askForPrompt(
	engine: CompletionEngine,
	query: CompletionQuery,
	{ signal, pause }: { readonly signal: AbortSignal; readonly pause: () => Promise<void> },
): Promise<CompletionAnswer> {
	for (;;) {
		try {
			return await engine.complete({ ...query, wantsPrompt: true }, signal);
		} catch (error) {
			if (!isAbort(error) || signal.aborted) {
				throw error;
			}
		}
		await pause();
	}
}
