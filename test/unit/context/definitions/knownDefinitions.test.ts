import assert from 'node:assert/strict';
import { KnownDefinitions, type LookUp } from '../../../../src/core/context/definitions/knownDefinitions';
import type { OfferedPiece } from '../../../../src/core/context/rankPieces';
import type { DocumentSnapshot } from '../../../../src/core/text/documentSnapshot';
import { atCursor } from '../../../support/cursor';

const never = new AbortController().signal;

function at(text: string, uri = 'file:///a.ts'): DocumentSnapshot {
	return { uri, path: 'a.ts', languageId: 'typescript', version: 1, ...atCursor(text) };
}

/** A language server that defines each name in a file of its own, and counts what it is asked. */
class FakeServer {
	readonly asked: string[] = [];
	generation = 1;
	readonly lookUp: LookUp = ({ name, isReceiver }) => {
		this.asked.push(isReceiver ? `${name}.` : name);
		return Promise.resolve(name.startsWith('no') ? 'none' : name.startsWith('late') ? undefined : this.piece(name));
	};

	piece(name: string): OfferedPiece {
		const text = `function ${name}() { return ${this.generation}; }`;
		const uri = `file:///${name}.ts`;
		return { source: 'definitions', uri, path: `${name}.ts`, text, start: 0, end: 1, version: 1, score: 0.3 };
	}
}

describe('known definitions', () => {
	const place = at('send(flush(), nothing(‸');
	let server = new FakeServer();
	let known = new KnownDefinitions();
	beforeEach(() => {
		server = new FakeServer();
		known = new KnownDefinitions();
	});
	const paths = (document = place): readonly string[] => known.pieces(document).map(({ path }) => path);

	it('are none until they have been looked up, and asking for them asks nobody', async () => {
		assert.deepEqual(paths(), []);
		assert.deepEqual(server.asked, []);
		await known.refresh(place, server.lookUp, never);
		assert.deepEqual(paths(), ['flush.ts', 'send.ts']);
	});

	it('are asked for once, those that are not there as well', async () => {
		await known.refresh(place, server.lookUp, never);
		await known.refresh(at('send(flush(), nothing(other(‸'), server.lookUp, never);
		assert.deepEqual(server.asked, ['nothing', 'flush', 'send', 'other']);
	});

	it('serve while they are stale, until their successors are there', async () => {
		await known.refresh(place, server.lookUp, never);
		server.generation = 2;
		known.changed('file:///send.ts');
		const text = (): string => known.pieces(at('send(‸'))[0]?.text ?? '';
		assert.match(text(), /return 1/);
		await known.refresh(place, server.lookUp, never);
		assert.match(text(), /return 2/);
		assert.deepEqual(server.asked, ['nothing', 'flush', 'send', 'send']);
	});

	it('that were not there are asked for again when a file was saved', async () => {
		await known.refresh(place, server.lookUp, never);
		known.saved();
		await known.refresh(place, server.lookUp, never);
		assert.deepEqual(server.asked.slice(3), ['nothing']);
	});

	it('that came too late are asked for again', async () => {
		for (let time = 0; time < 2; time++) {
			await known.refresh(at('late(‸'), server.lookUp, never);
		}
		assert.deepEqual(server.asked, ['late', 'late']);
	});

	it('of what stands before a dot are another question', async () => {
		await known.refresh(at('queue(queue.pu‸'), server.lookUp, never);
		assert.deepEqual(server.asked, ['queue.', 'queue']);
	});

	it('are not kept when the cursor moves on meanwhile', async () => {
		const cancel = new AbortController();
		const lookUp: LookUp = name => {
			cancel.abort();
			return server.lookUp(name);
		};
		await known.refresh(place, lookUp, cancel.signal);
		assert.equal(server.asked.length, 1);
		assert.deepEqual(paths(), []);
	});

	it('are not kept when the rules change meanwhile', async () => {
		const lookUp: LookUp = name => {
			known.forget();
			return server.lookUp(name);
		};
		await known.refresh(place, lookUp, never);
		assert.deepEqual(paths(), []);
	});

	it('are kept for the last ten documents', async () => {
		for (let index = 0; index < 11; index++) {
			await known.refresh(at('send(‸', `file:///${index}.ts`), server.lookUp, never);
		}
		assert.deepEqual(paths(at('send(‸', 'file:///0.ts')), []);
		assert.deepEqual(paths(at('send(‸', 'file:///1.ts')), ['send.ts']);
	});
});
