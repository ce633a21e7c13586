import type { WithinBudget } from '../../core/explain/gatherEvidence';

/**
 * Gives each piece of work `ms` milliseconds. A late or failed one counts as absent and is told to `missed`; what it
 * brings later is dropped. VS Code's provider commands cannot be cancelled, so letting go is all that can be done.
 */
export function timeBudget(
	ms: number,
	signal: AbortSignal,
	missed: (source: string, why: unknown) => void,
): WithinBudget {
	return async (source, work) => {
		signal.throwIfAborted();
		const { stop, ended } = stopwatch(ms, signal);
		try {
			const done = await Promise.race([Promise.resolve(work()).then(value => ({ value })), ended]);
			signal.throwIfAborted();
			if (done === undefined) {
				missed(source, `no answer in ${ms} ms`);
			}
			return done?.value;
		} catch (error) {
			signal.throwIfAborted();
			missed(source, error);
			return undefined;
		} finally {
			stop();
		}
	};
}

/** Resolves when the time is up or the signal aborts, whichever is first. */
function stopwatch(ms: number, signal: AbortSignal): { stop: () => void; ended: Promise<undefined> } {
	const finish = new AbortController();
	const ended = new Promise<undefined>(resolve => {
		const timer = setTimeout(resolve, ms, undefined);
		const end = () => {
			clearTimeout(timer);
			resolve(undefined);
		};
		AbortSignal.any([signal, finish.signal]).addEventListener('abort', end, { once: true });
	});
	return {
		ended,
		stop: () => {
			finish.abort();
		},
	};
}
