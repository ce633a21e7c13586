import { CancellationTokenSource, type MessageConnection } from 'vscode-jsonrpc';
import { abortable } from '../core/util/abortable';
import type { Disposable } from '../core/util/disposable';
import { EngineError } from '../core/engine/engineError';
import {
	engineEvents,
	engineMethods,
	type EventBody,
	type EventName,
	type MethodName,
	type Params,
	type Result,
} from './engineContract';
import { fromResponseError } from './engineFailure';

/** The host's end of the contract. Owns the connection. */
export class EngineClient implements Disposable {
	readonly #closed = new AbortController();

	constructor(private readonly connection: MessageConnection) {
		connection.onClose(() => {
			this.close('its process is gone');
		});
		connection.listen();
	}

	/**
	 * A call always settles. Rejects with `signal.reason` on abort (and tells the engine), with
	 * `EngineError('engine-exited')` when the process ends, and with `EngineError('bad-message')` when the answer
	 * does not have the shape that the contract gives it.
	 */
	async call<M extends MethodName>(method: M, params: Params<M>, signal: AbortSignal): Promise<Result<M>> {
		signal.throwIfAborted();
		this.#closed.signal.throwIfAborted();
		const cancellation = new CancellationTokenSource();
		const answer = this.connection.sendRequest<unknown>(method, params, cancellation.token);
		try {
			return parseResult(method, await abortable(answer, AbortSignal.any([signal, this.#closed.signal])));
		} catch (error) {
			throw fromResponseError(error);
		} finally {
			if (signal.aborted) {
				cancellation.cancel();
			}
			cancellation.dispose();
		}
	}

	/** Bodies that do not parse are dropped: an event is a hint, and a hint that makes no sense is none. */
	on<E extends EventName>(event: E, listener: (body: EventBody<E>) => void): Disposable {
		return this.connection.onNotification(event, (body: unknown) => {
			const parsed = engineEvents[event].safeParse(body);
			if (parsed.success) {
				// The table pairs each event with its schema; TypeScript cannot follow the pairing through an index.
				listener(parsed.data as EventBody<E>);
			}
		});
	}

	/** Rejects everything that waits, and all later calls. The user may read `reason` in brackets. */
	close(reason: string): void {
		if (!this.#closed.signal.aborted) {
			const message = `The engine ended while it was at work (${reason}). Sotto starts it again by itself: try again.`;
			this.#closed.abort(new EngineError('engine-exited', message));
		}
	}

	dispose(): void {
		this.close('it was stopped');
		this.connection.dispose();
	}
}

function parseResult<M extends MethodName>(method: M, value: unknown): Result<M> {
	const parsed = engineMethods[method].result.safeParse(value);
	if (!parsed.success) {
		throw new EngineError('bad-message', `The engine answered ${method} with something else than it promised.`, {
			cause: parsed.error,
		});
	}
	// As above: the table pairs each method with its schema.
	return parsed.data as Result<M>;
}
