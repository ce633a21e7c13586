import { ResponseError } from 'vscode-jsonrpc';
import * as z from 'zod/mini';
import { EngineError, engineErrorCodes, isAbort } from '../core/engine/engineError';
import { errorMessage } from '../core/util/errorMessage';

/** JSON-RPC error codes: the LSP's "request cancelled", and one of the range that JSON-RPC leaves to applications. */
const requestCancelled = -32800;
const engineFailure = -32000;

const failureData = z.object({ code: z.enum(engineErrorCodes) });

/** Engine side: any error → what crosses the wire. */
export function toResponseError(error: unknown): ResponseError<unknown> {
	if (isAbort(error)) {
		return new ResponseError(requestCancelled, 'cancelled');
	}
	const code = EngineError.is(error) ? error.code : 'internal';
	const message = errorMessage(error);
	return new ResponseError(engineFailure, message, { code });
}

/** Host side: what crossed the wire → the error that the caller sees. */
export function fromResponseError(error: unknown): Error {
	if (error instanceof ResponseError) {
		if (error.code === requestCancelled) {
			return new DOMException('The engine cancelled the request.', 'AbortError');
		}
		const data = failureData.safeParse(error.data);
		return new EngineError(data.success ? data.data.code : 'internal', error.message, { cause: error });
	}
	return error instanceof Error ? error : new EngineError('internal', String(error));
}
