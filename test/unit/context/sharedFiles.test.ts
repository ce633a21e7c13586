import assert from 'node:assert/strict';
import { TextShare } from '../../../src/core/prior/textShare';
import { OpenFiles } from '../../../src/extension/context/openFiles';
import { FakeDocument, FakeEditor } from './fakeEditor';

describe('the open files that the engine is told of', () => {
	/** All that was ever told, and what the engine knows at the end. */
	async function told(
		work: (editor: FakeEditor, rules: { secret: RegExp }, openFiles: OpenFiles) => Promise<void> | void,
	) {
		const editor = new FakeEditor();
		const rules = { secret: /\.env|ignored/ };
		const share = new TextShare();
		const texts: string[] = [];
		const known = new Set<string>();
		const openFiles = new OpenFiles(
			editor,
			uri => Promise.resolve(!rules.secret.test(uri.toString())),
			() => {
				// It is told of while it is made, too.
				const open = editor.documents.length === 0 ? [] : openFiles.list('file:///current');
				const { changed, gone } = share.changesTo(open) ?? { changed: [], gone: [] };
				gone.forEach(uri => known.delete(uri));
				changed.forEach(({ uri, text }) => {
					texts.push(text);
					known.add(uri);
				});
			},
		);
		await work(editor, rules, openFiles);
		await openFiles.ready();
		return { texts, known: [...known].sort() };
	}

	function openWith(editor: FakeEditor, uri: string, text: string): FakeDocument {
		const document = new FakeDocument(uri, [text]);
		editor.documents = [...editor.documents, document];
		editor.tabs = [...editor.tabs, uri];
		editor.opened.forEach(listener => {
			listener(document);
		});
		return document;
	}

	it('never holds the text of a file that is ignored or holds secrets', async () => {
		const { texts, known } = await told(editor => {
			openWith(editor, 'file:///a', 'fine');
			openWith(editor, 'file:///.env', 'KEY=1');
			editor.view(openWith(editor, 'file:///ignored/b', 'hidden'));
			openWith(editor, 'file:///current', 'in the request already');
		});
		assert.deepEqual(texts, ['fine']);
		assert.deepEqual(known, ['file:///a']);
	});

	it('is taken back when a file closes or comes to be ignored', async () => {
		const { known } = await told(async (editor, rules, openFiles) => {
			const closed = openWith(editor, 'file:///closed', 'one');
			openWith(editor, 'file:///late', 'two');
			openWith(editor, 'file:///kept', 'three');
			await openFiles.ready();
			editor.close(closed);
			rules.secret = /late/;
			openFiles.recheck();
		});
		assert.deepEqual(known, ['file:///kept']);
	});

	it('is what an edited file says when another one is viewed', async () => {
		const { texts } = await told(async (editor, _rules, openFiles) => {
			const [a, b] = [openWith(editor, 'file:///a', 'old'), openWith(editor, 'file:///b', 'other')];
			await openFiles.ready();
			a.lines = ['new'];
			a.version++;
			editor.view(b);
		});
		assert.deepEqual(texts, ['old', 'other', 'new']);
	});
});
