import type { OpenFile } from '../../core/context/openFile';
import { EngineError } from '../../core/engine/engineError';
import type { EngineHost } from '../engine/engineHost';

type Asked = Pick<EngineHost, 'complete' | 'share'>;

/**
 * Asks once more where the engine ended at work, which its supervisor starts again: hours of answers are not lost for one
 * crash. The new engine knows the same texts before it is asked. Where it ends at the same question twice, that is told.
 */
export function askAgain(host: Asked): Asked {
	let files: readonly OpenFile[] = [];
	const again = async <T>(work: () => Promise<T>): Promise<T> => {
		try {
			return await work();
		} catch (error) {
			if (!EngineError.is(error, 'engine-exited')) {
				throw error;
			}
			await host.share(files);
			return work();
		}
	};
	return {
		complete: (query, signal) => again(() => host.complete(query, signal)),
		share: next => {
			files = next;
			return again(() => host.share(files));
		},
	};
}
