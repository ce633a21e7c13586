// Speaks the engine's protocol without a model, and misbehaves on demand: the `prefix` of a completion says how.
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { ResponseError } from 'vscode-jsonrpc';

const model = {
	name: 'fake',
	path: 'fake.gguf',
	architecture: 'fake',
	family: 'fake',
	verified: true,
	canComplete: true,
	canExplain: false,
	contextTokens: 8,
	fileBytes: 1,
	threads: 1,
	device: 'cpu',
	loadMs: 1,
};
const counts = { promptTokens: 1, reusedTokens: 0, evaluatedTokens: 1, generatedTokens: 1, prefillMs: 0, decodeMs: 0 };
const answer = text => ({ text, tokens: [{ text, probability: 1 }], stopReason: 'end-of-line', ...counts });

const misbehave = {
	crash: () => process.exit(9),
	hang: () => {
		for (;;);
	},
	nonsense: () => ({ text: 5 }),
	never: (_params, token) =>
		new Promise(resolve => {
			token.onCancellationRequested(() => {
				process.stderr.write('cancelled\n');
				resolve(new ResponseError(-32800, 'cancelled'));
			});
		}),
	environment: () => answer(JSON.stringify(process.env)),
};

const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
connection.onRequest('model/load', ({ path }) => {
	if (path === 'crash') {
		process.exit(3);
	}
	return path === 'missing'
		? new ResponseError(-32000, 'It is gone. Choose another.', { code: 'model-missing' })
		: model;
});
connection.onRequest('engine/ping', () => ({ residentBytes: 1 }));
connection.onRequest(
	'completion/run',
	(params, token) => misbehave[params.prefix]?.(params, token) ?? answer(params.prefix.toUpperCase()),
);
connection.listen();
process.on('disconnect', () => process.exit());
