import type { CompletionEngine } from '../../core/completion/completionEngine';
import { EngineError } from '../../core/engine/engineError';

/**
 * Asks once more where the engine ended at work, which its supervisor starts again: hours of answers are not lost for one
 * crash. Where it ends at the same question twice, that is told.
 */
export function askAgain(engine: CompletionEngine): CompletionEngine {
	return {
		complete: async (query, signal) => {
			try {
				return await engine.complete(query, signal);
			} catch (error) {
				if (!EngineError.is(error, 'engine-exited')) {
					throw error;
				}
				return engine.complete(query, signal);
			}
		},
	};
}
