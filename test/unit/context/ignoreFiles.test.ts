import assert from 'node:assert/strict';
import { IgnoreFiles, type IgnoreFileSystem } from '../../../src/extension/context/ignoreFiles';
import type { Folder } from '../../../src/extension/context/workspacePaths';
import { address } from './address';

const folder: Folder = { uri: address('file:///work') };

/** A workspace folder as a map from paths to texts. */
class FakeFiles implements IgnoreFileSystem<Folder> {
	reads = 0;
	watching = 0;
	changed: () => void = () => {
		throw new Error('nobody watches');
	};

	constructor(readonly texts: Record<string, string>) {}

	find(_: Folder, name: string) {
		const paths = Object.keys(this.texts).filter(path => path.endsWith(name));
		return Promise.resolve(paths.map(path => address(`file:///work/${path}`)));
	}

	read(_: Folder, path: string) {
		this.reads++;
		return Promise.resolve(this.texts[path]);
	}

	watch(_folder: Folder, _names: readonly string[], onChange: () => void) {
		this.watching++;
		this.changed = onChange;
		return {
			dispose: () => {
				this.watching--;
			},
		};
	}
}

function setUp(texts: Record<string, string>, patterns: string[] = []) {
	const files = new FakeFiles(texts);
	const changes: string[] = [];
	const ignoreFiles = new IgnoreFiles(
		files,
		() => patterns,
		() => changes.push('changed'),
	);
	const ignored = (path: string): Promise<boolean> => ignoreFiles.ignores(folder, path);
	return { files, changes, ignoreFiles, ignored };
}

describe('IgnoreFiles', () => {
	it('reads .gitignore and .sottoignore at every depth', async () => {
		const { ignored } = setUp({ '.gitignore': 'dist', 'app/.gitignore': 'local', 'app/.sottoignore': 'private' });
		assert.equal(await ignored('dist/a.js'), true);
		assert.equal(await ignored('app/local'), true);
		assert.equal(await ignored('app/private/a.ts'), true);
		assert.equal(await ignored('local'), false);
		assert.equal(await ignored('src/a.ts'), false);
	});

	it('lets .sottoignore only leave out more', async () => {
		const { ignored } = setUp({ '.gitignore': '*.sql', '.sottoignore': '!*.sql\n*.csv' });
		assert.equal(await ignored('a.sql'), true);
		assert.equal(await ignored('a.csv'), true);
	});

	it('reads what git excludes for one clone', async () => {
		const { ignored } = setUp({ '.git/info/exclude': 'notes.md', '.gitignore': '' });
		assert.equal(await ignored('notes.md'), true);
	});

	it('adds the patterns of the setting, also for files in no folder', async () => {
		const { ignored, ignoreFiles } = setUp({ '.gitignore': '!*.sql' }, ['*.sql']);
		assert.equal(await ignored('a.sql'), true);
		assert.equal(ignoreFiles.ignoresLoose('/elsewhere/a.sql'), true);
		assert.equal(ignoreFiles.ignoresLoose('/c:/elsewhere/a.sql'), true);
		assert.equal(ignoreFiles.ignoresLoose('/elsewhere/a.ts'), false);
	});

	it('reads once, and again after a file has changed', async () => {
		const { files, changes, ignored } = setUp({ '.gitignore': 'a' });
		await Promise.all([ignored('a'), ignored('b'), ignored('c')]);
		const once = files.reads;
		await ignored('d');
		assert.equal(files.reads, once);
		files.texts['.gitignore'] = 'b';
		files.changed();
		assert.deepEqual(changes, ['changed']);
		assert.equal(await ignored('a'), false);
		assert.equal(await ignored('b'), true);
		assert.equal(files.watching, 1);
	});

	it('reads again after the setting has changed', async () => {
		const patterns = ['a'];
		const { changes, ignored, ignoreFiles } = setUp({}, patterns);
		assert.equal(await ignored('a'), true);
		patterns.pop();
		ignoreFiles.forget();
		assert.equal(await ignored('a'), false);
		assert.deepEqual(changes, ['changed']);
	});

	it('reads the files at the root of a workspace that cannot be searched', async () => {
		const { files, ignored } = setUp({ '.gitignore': 'a', '.sottoignore': 'b' });
		files.find = () => Promise.reject(new Error('no search provider'));
		assert.equal(await ignored('a'), true);
		assert.equal(await ignored('b'), true);
	});

	it('stops watching when disposed', async () => {
		const { files, ignored, ignoreFiles } = setUp({});
		await ignored('a');
		ignoreFiles.dispose();
		assert.equal(files.watching, 0);
	});
});
