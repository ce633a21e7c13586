import type { Disposable } from '../core/util/disposable';

/** Calls back after so many milliseconds, unless disposed of. */
export function after(milliseconds: number, callback: () => void): Disposable {
	const timer = setTimeout(callback, milliseconds);
	return {
		dispose: () => {
			clearTimeout(timer);
		},
	};
}
