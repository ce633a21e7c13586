import assert from 'node:assert/strict';
import { OpenFiles } from '../../../src/extension/context/openFiles';
import { FakeEditor } from './fakeEditor';

async function setUp(mayRead = (uri: string): boolean => uri !== '') {
	const editor = new FakeEditor();
	const openFiles = new OpenFiles(editor, uri => Promise.resolve(mayRead(uri.toString())));
	const listed = async (except = ''): Promise<readonly string[]> => {
		await openFiles.ready();
		return openFiles.list(except).map(({ path }) => path);
	};
	await openFiles.ready();
	return { editor, openFiles, listed };
}

describe('OpenFiles', () => {
	it('takes an edit for a view: a refactoring changes files that nobody looks at', async () => {
		const { editor, listed } = await setUp();
		const [a, , c] = editor.open('file:///a', 'file:///b', 'file:///c');
		editor.view(a);
		editor.edited.forEach(listener => {
			assert.ok(c);
			listener(c);
		});
		assert.deepEqual(await listed(), ['c', 'a', 'b']);
	});

	it('lists what is open, most recently viewed first, without the document asked for', async () => {
		const { editor, listed } = await setUp();
		const [a, b] = editor.open('file:///a', 'file:///b', 'file:///c');
		editor.view(b);
		editor.view(a);
		assert.deepEqual(await listed(), ['a', 'b', 'c']);
		assert.deepEqual(await listed('file:///a'), ['b', 'c']);
	});

	it('knows what was open before it came', async () => {
		const editor = new FakeEditor();
		const [a, b] = editor.open('file:///a', 'file:///b');
		editor.active = () => b;
		const openFiles = new OpenFiles(editor, () => Promise.resolve(true));
		await openFiles.ready();
		assert.ok(a);
		assert.deepEqual(
			openFiles.list('').map(({ path }) => path),
			['b', 'a'],
		);
	});

	it('lists nothing that no tab shows and nobody has viewed', async () => {
		const { editor, listed } = await setUp();
		editor.open('file:///a', 'file:///b');
		editor.tabs = ['file:///b'];
		assert.deepEqual(await listed(), ['b']);
	});

	it('lists nothing that may not be read, or of which that is not known yet', async () => {
		const { editor, openFiles, listed } = await setUp(uri => !uri.endsWith('.env'));
		editor.open('file:///a', 'file:///.env');
		assert.deepEqual(openFiles.list(''), []);
		assert.deepEqual(await listed(), ['a']);
	});

	it('lists nothing when the answer is an error', async () => {
		const editor = new FakeEditor();
		editor.open('file:///a');
		const openFiles = new OpenFiles(editor, () => Promise.reject(new Error('no')));
		await openFiles.ready();
		assert.deepEqual(openFiles.list(''), []);
	});

	it('asks anew when the rules have changed, and lists nothing until it knows', async () => {
		let isAllowed = true;
		const { editor, openFiles, listed } = await setUp(() => isAllowed);
		editor.open('file:///a');
		assert.deepEqual(await listed(), ['a']);
		isAllowed = false;
		openFiles.recheck();
		assert.deepEqual(openFiles.list(''), []);
		assert.deepEqual(await listed(), []);
	});

	it('does not believe an answer from before the rules changed', async () => {
		const answers: ((isReadable: boolean) => void)[] = [];
		const editor = new FakeEditor();
		editor.open('file:///a');
		const openFiles = new OpenFiles(editor, () => new Promise(resolve => answers.push(resolve)));
		openFiles.recheck();
		answers[1]?.(false);
		await openFiles.ready();
		answers[0]?.(true);
		await new Promise(resolve => setImmediate(resolve));
		assert.deepEqual(openFiles.list(''), []);
	});

	it('reads a document once per version', async () => {
		const { editor, openFiles } = await setUp();
		const [a] = editor.open('file:///a');
		assert.ok(a);
		await openFiles.ready();
		const [first] = openFiles.list('');
		assert.equal(openFiles.list('')[0], first);
		assert.equal(a.linesRead, 1);
		a.version = 2;
		a.lines = ['new', 'text'];
		assert.equal(openFiles.list('')[0]?.text, 'new\ntext');
		assert.equal(a.linesRead, 3);
	});

	it('takes no more of a long document, or of a long line, than the bound', async () => {
		const { editor, openFiles } = await setUp();
		const [long, wide] = editor.open('file:///long', 'file:///wide');
		assert.ok(long && wide);
		long.lines = Array.from({ length: 200_000 }, () => 'x'.repeat(99));
		wide.lines = ['x'.repeat(1_000_000), 'next'];
		await openFiles.ready();
		assert.deepEqual(
			openFiles.list('').map(({ text }) => text.length),
			[99_999, 100_000],
		);
		assert.equal(long.linesRead, 1000);
	});

	it('lists at most twenty', async () => {
		const { editor, listed } = await setUp();
		editor.open(...Array.from({ length: 30 }, (_, index) => `file:///f${index}`));
		assert.equal((await listed()).length, 20);
	});

	it('leaves out the other cells of the notebook asked about', async () => {
		const { editor, listed } = await setUp();
		const cells = editor.open('vscode-notebook-cell:/n.ipynb#1', 'vscode-notebook-cell:/n.ipynb#2', 'file:///a');
		cells.forEach(cell => {
			editor.view(cell);
		});
		assert.deepEqual(await listed('vscode-notebook-cell:/n.ipynb#2'), ['a']);
		assert.equal((await listed('file:///a')).length, 2);
	});

	it('forgets a document that is closed', async () => {
		const { editor, openFiles, listed } = await setUp();
		const [a] = editor.open('file:///a');
		assert.ok(a);
		assert.deepEqual(await listed(), ['a']);
		editor.close(a);
		assert.deepEqual(await listed(), []);
		editor.open('file:///a');
		assert.deepEqual(openFiles.list(''), []);
	});

	it('listens to nothing once disposed', async () => {
		const { editor, openFiles } = await setUp();
		openFiles.dispose();
		assert.deepEqual([editor.opened.size, editor.closed.size, editor.activated.size], [0, 0, 0]);
	});
});
