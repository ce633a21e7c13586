import assert from 'node:assert/strict';
import { RecentFiles, type RecentFileSource, type StoredFile } from '../../../src/extension/context/recentFiles';
import type { ReadableDocument } from '../../../src/extension/context/openFiles';
import { address } from './address';

const never = new AbortController().signal;

type Listener = (document: ReadableDocument) => void;

/** Documents that come and go, and a disk. */
class FakeEditor implements RecentFileSource {
	readonly #listeners = { opened: new Set<Listener>(), closed: new Set<Listener>(), seen: new Set<Listener>() };
	readonly disk = new Map<string, { stamp: number; text: string }>();
	readonly secret = new Set<string>();
	readonly reads: string[] = [];

	active = (): undefined => undefined;
	onOpened = this.#on('opened');
	onClosed = this.#on('closed');
	onActivated = this.#on('seen');
	onEdited = this.#on('seen');
	pathOf = (uri: { path: string }): string => uri.path.slice(1);
	mayRead = (uri: { toString(): string }): Promise<boolean> => Promise.resolve(!this.secret.has(uri.toString()));

	read = (uri: { toString(): string }, knownStamp: number | undefined): Promise<StoredFile | undefined> => {
		const found = this.disk.get(uri.toString());
		if (found === undefined || found.stamp === knownStamp) {
			return Promise.resolve(found && { stamp: found.stamp, text: undefined });
		}
		this.reads.push(uri.toString());
		return Promise.resolve(found);
	};

	/** Something happens to a document. */
	tell(what: 'opened' | 'closed' | 'seen', ...uris: readonly string[]): void {
		for (const uri of uris) {
			const document = {
				uri: address(uri),
				languageId: 'typescript',
				version: 3,
				lineCount: 1,
				lineAt: () => ({ text: '' }),
			};
			this.#listeners[what].forEach(listener => {
				listener(document);
			});
		}
	}

	#on(what: 'opened' | 'closed' | 'seen') {
		return (listener: Listener) => {
			this.#listeners[what].add(listener);
			return { dispose: () => void this.#listeners[what].delete(listener) };
		};
	}
}

describe('lately closed files', () => {
	let editor = new FakeEditor();
	let recent = new RecentFiles(editor);
	const closed = (uri: string, text = uri): void => {
		editor.disk.set(uri, { stamp: 1, text });
		editor.tell('seen', uri);
		editor.tell('closed', uri);
	};
	const listed = async (): Promise<readonly string[]> => {
		await recent.refresh(never);
		return recent.list('').map(({ path }) => path);
	};
	beforeEach(() => {
		editor = new FakeEditor();
		recent = new RecentFiles(editor);
	});

	it('are those that the user has seen, last closed first, with their text on disk', async () => {
		closed('file:///a', 'saved text');
		closed('file:///b');
		editor.disk.set('file:///unseen', { stamp: 1, text: 'x' });
		editor.tell('closed', 'file:///unseen');
		assert.deepEqual(await listed(), ['b', 'a']);
		const [, a] = recent.list('');
		assert.deepEqual([a?.text, a?.source, a?.languageId], ['saved text', 'recent', 'typescript']);
	});

	it('count only when they have been read, and never for themselves', async () => {
		closed('file:///a');
		assert.deepEqual(recent.list(''), []);
		await recent.refresh(never);
		assert.equal(recent.list('').length, 1);
		assert.deepEqual(recent.list('file:///a'), []);
	});

	it('are read again only when they have changed on disk, as another version', async () => {
		closed('file:///a');
		await recent.refresh(never);
		await recent.refresh(never);
		const before = recent.list('')[0]?.version;
		editor.disk.set('file:///a', { stamp: 2, text: 'new' });
		await recent.refresh(never);
		assert.equal(editor.reads.length, 2);
		assert.notEqual(recent.list('')[0]?.version, before);
		assert.ok((before ?? 0) < 0, 'no version that the open document has');
	});

	it('are dropped when they are gone, opened again, or may not be read any more', async () => {
		['file:///gone', 'file:///open', 'file:///secret', 'file:///kept'].forEach(uri => {
			closed(uri);
		});
		assert.equal((await listed()).length, 4);
		editor.disk.delete('file:///gone');
		editor.tell('opened', 'file:///open');
		editor.secret.add('file:///secret');
		assert.deepEqual(await listed(), ['kept']);
	});

	it('do not count between a change of the rules and the next reading', async () => {
		closed('file:///a');
		await recent.refresh(never);
		recent.forget();
		assert.deepEqual(recent.list(''), []);
		assert.deepEqual(await listed(), ['a']);
	});

	it('are the last ten, of files that lie on a disk', async () => {
		for (let index = 0; index < 12; index++) {
			closed(`file:///${index}`);
		}
		closed('untitled:Untitled-1');
		closed('output:log');
		assert.deepEqual(await listed(), ['11', '10', '9', '8', '7', '6', '5', '4', '3', '2']);
	});

	it('stay as they are when the cursor moves on while they are read', async () => {
		closed('file:///a');
		await recent.refresh(AbortSignal.abort());
		assert.deepEqual(recent.list(''), []);
	});

	it('are forgotten with the window', async () => {
		closed('file:///a');
		await recent.refresh(never);
		recent.dispose();
		closed('file:///b');
		assert.deepEqual(await listed(), []);
	});
});
