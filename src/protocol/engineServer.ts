import type { CancellationToken, MessageConnection } from 'vscode-jsonrpc';
import { EngineError } from '../core/engine/engineError';
import {
	engineMethods,
	type EventBody,
	type EventName,
	type MethodName,
	type Params,
	type Result,
} from './engineContract';
import { toResponseError } from './engineFailure';

/** The engine's implementation: one function for each method. The signal aborts when the host no longer needs the result. */
export type EngineHandlers = {
	readonly [M in MethodName]: (params: Params<M>, signal: AbortSignal) => Promise<Result<M>>;
};

export type Emit = <E extends EventName>(event: E, body: EventBody<E>) => void;

/** The engine's end of the contract: validates parameters, turns cancellation into a signal and errors into codes. */
export function serveEngine(connection: MessageConnection, implement: (emit: Emit) => EngineHandlers): void {
	const handlers = implement((event, body) => {
		// A write fails only when the host is gone, and then this process is about to exit.
		connection.sendNotification(event, body).catch(() => undefined);
	});
	for (const method of Object.keys(engineMethods) as MethodName[]) {
		serveMethod(connection, method, handlers);
	}
	connection.listen();
}

function serveMethod(connection: MessageConnection, method: MethodName, handlers: EngineHandlers): void {
	connection.onRequest(method, async (params: unknown, token: CancellationToken) => {
		const parsed = engineMethods[method].params.safeParse(params);
		if (!parsed.success) {
			return toResponseError(new EngineError('bad-message', `${method}: ${parsed.error.message}`));
		}
		const cancellation = new AbortController();
		const listener = token.onCancellationRequested(() => {
			cancellation.abort();
		});
		try {
			// The table pairs each method with its schema; TypeScript cannot follow the pairing through an index.
			const handle = handlers[method] as (params: unknown, signal: AbortSignal) => Promise<unknown>;
			return await handle(parsed.data, cancellation.signal);
		} catch (error) {
			return toResponseError(error);
		} finally {
			listener.dispose();
		}
	});
}
