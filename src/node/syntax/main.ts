import { parentPort, workerData } from 'node:worker_threads';
import { Grammars } from './loadGrammar';
import type { FromParser, ParserSettings, ToParser } from './messages';
import { OpenDocuments } from './openDocuments';
import { outlineOf } from './outline/outline';
import { parse } from './reparse';

/** The thread that parses, so that no key in the editor waits for it. It ends with an error where something goes wrong. */
const port = parentPort;
if (port === null) {
	throw new Error('This is started as a worker thread.');
}
const { grammars: folder } = workerData as ParserSettings;
const grammars = new Grammars(folder);
const documents = new OpenDocuments();

port.on('message', (message: ToParser) => {
	if (message.kind === 'open') {
		documents.open(message);
		// Requests that were superseded while they waited are not parsed.
		setImmediate(() => void readNewest());
		return;
	}
	void (message.kind === 'end' ? tell(message) : outline(message));
});

async function readNewest(): Promise<void> {
	const asked = documents.newest?.grammar;
	const parser = asked === undefined ? undefined : await grammars.parserOf(asked);
	const { newest } = documents;
	if (parser !== undefined && newest !== undefined && newest.grammar === asked) {
		documents.read(newest.id, parser);
	}
}

async function tell({ id, question, says }: Extract<ToParser, { kind: 'end' }>): Promise<void> {
	const grammar = documents.get(id)?.grammar;
	const end = grammar === undefined ? undefined : documents.endOf(id, says, await grammars.parserOf(grammar));
	answer({ question, end });
}

async function outline({ question, grammar, ...source }: Extract<ToParser, { kind: 'outline' }>): Promise<void> {
	const parsed = parse(await grammars.parserOf(grammar), source.text);
	const told = parsed === undefined ? undefined : outlineOf(parsed.tree.rootNode, source);
	parsed?.tree.delete();
	answer({ question, outline: told });
}

function answer(message: FromParser): void {
	port?.postMessage(message);
}
