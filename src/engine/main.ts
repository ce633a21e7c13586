import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { serveEngine } from '../protocol/engineServer';
import { createEngine, type Engine } from './server';

/** Saving the cache must not keep a process alive that nobody needs. Milliseconds; the host ends it after a second. */
const shutdownTimeoutMs = 800;
let engine: Engine | undefined;

// Without it, a child that is at work outlives a host that was killed.
process.on('disconnect', () => {
	const exit = (): void => {
		process.exit();
	};
	setTimeout(exit, shutdownTimeoutMs);
	(engine?.leave() ?? Promise.resolve()).then(exit, exit);
});
if (!process.connected) {
	// The host went while the modules were loading, or there never was one.
	process.exit();
}

const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));

/** A state that nobody foresaw is not worth keeping: say why, and let the host start a fresh engine. */
function die(error: unknown): void {
	const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
	const exit = (): void => {
		process.exit(1);
	};
	connection.sendNotification('log', { level: 'error', message: `The engine failed: ${message}` }).then(exit, exit);
}
process.on('uncaughtException', die);
process.on('unhandledRejection', die);

serveEngine(connection, emit => {
	engine = createEngine(emit);
	return engine.handlers;
});
