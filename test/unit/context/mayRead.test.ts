import assert from 'node:assert/strict';
import { createMayRead, type ReadRules } from '../../../src/extension/context/mayRead';
import type { Folder } from '../../../src/extension/context/workspacePaths';
import { address } from './address';

const folders: readonly Folder[] = [{ uri: address('file:///work') }, { uri: address('file:///link-to-lib') }];

/** Where links lead; what is not listed leads to itself. */
const links: Readonly<Record<string, string>> = {
	'/link-to-lib': '/real/lib',
	'/link-to-lib/a.ts': '/real/lib/a.ts',
	'/work/config.ts': '/home/me/.ssh/id_rsa',
	'/work/outside.ts': '/etc/outside.ts',
	'/work/inside.ts': '/work/src/inside.ts',
	'/work/hidden.ts': '/work/ignored/hidden.ts',
	'/work/lib.ts': '/real/lib/lib.ts',
	'/work/harmless.txt': '/work/.env',
	'/tmp/loose.ts': '/home/me/loose.ts',
	'/tmp/loose-key.ts': '/home/me/.aws/credentials',
	'/tmp/loose-private.ts': '/home/me/notes.private',
	'/tmp/into-ignored.ts': '/work/ignored/hidden.ts',
	'/tmp/into-work.ts': '/work/src/a.ts',
	'/work/a.ipynb': '/work/a.ipynb',
};

function failure(code: string): Error {
	return Object.assign(new Error(code), { code });
}

function rules(more: Partial<ReadRules<Folder>> = {}): ReadRules<Folder> {
	return {
		folders: () => folders,
		ignores: (_, path) => Promise.resolve(path.startsWith('ignored')),
		ignoresLoose: path => path.endsWith('.private'),
		realPath: path => {
			if (path.includes('gone')) {
				return Promise.reject(failure('ENOENT'));
			}
			return path.includes('locked') ? Promise.reject(failure('EACCES')) : Promise.resolve(links[path] ?? path);
		},
		...more,
	};
}

const cases: readonly [uri: string, readable: boolean, why: string][] = [
	['file:///work/src/a.ts', true, 'an ordinary file'],
	['file:///work/.env', false, 'a secret'],
	['file:///work/.env.example', false, 'a template of a secret'],
	['file:///home/me/.ssh/config', false, 'a secret outside'],
	['untitled:.env', false, 'a secret that was never saved'],
	['file:///work/ignored/a.ts', false, 'an ignored file'],
	['file:///elsewhere/a.ts', true, 'a file in no folder'],
	['file:///elsewhere/a.private', false, 'a file in no folder that the setting names'],
	['untitled:Untitled-1', true, 'an unsaved document'],
	['vscode-remote://ssh/home/me/a.ts', true, 'a file of a remote'],
	['vscode-vfs://github/me/repository/a.ts', true, 'a file of a virtual workspace'],
	['vscode-notebook-cell:/work/a.ipynb#c1', true, 'a cell'],
	['vscode-notebook-cell:/work/ignored/a.ipynb#c1', false, 'a cell of an ignored notebook'],
	['vscode-notebook-cell:/work/credentials.json#c1', false, 'a cell of a secret'],
	['output:extension-output', false, 'output'],
	['git:/work/src/a.ts', false, 'a git revision'],
	['vscode-settings:/settings', false, 'settings'],
	['vscode-scm:git/input', false, 'the commit message'],
	['comment:/a', false, 'a comment of a review'],
	['search-editor:/a', false, 'search results'],
	['https://example.com/a.ts', false, 'a web address'],
	['file:///work/config.ts', false, 'a link to a key'],
	['file:///work/harmless.txt', false, 'a link to a secret inside'],
	['file:///work/outside.ts', false, 'a link out of the workspace'],
	['file:///work/inside.ts', true, 'a link within the workspace'],
	['file:///work/hidden.ts', false, 'a link to an ignored file'],
	['file:///work/lib.ts', true, 'a link into another workspace folder'],
	['file:///link-to-lib/a.ts', true, 'a file in a folder that is a link'],
	['file:///tmp/loose.ts', true, 'a link in no folder'],
	['file:///tmp/loose-key.ts', false, 'a link in no folder to a secret'],
	['file:///tmp/loose-private.ts', false, 'a link in no folder to what the setting names'],
	['file:///tmp/into-ignored.ts', false, 'a link in no folder to an ignored file of one'],
	['file:///tmp/into-work.ts', true, 'a link in no folder to a file of one'],
	['file:///work/gone.ts', true, 'a file that was deleted'],
	['file:///work/locked.ts', false, 'a file that cannot be judged'],
];

describe('mayRead', () => {
	for (const [uri, readable, why] of cases) {
		it(`${readable ? 'allows' : 'forbids'} ${why}: ${uri}`, async () => {
			assert.equal(await createMayRead(rules())(address(uri)), readable);
		});
	}

	it('forbids when the ignore files cannot be read', async () => {
		const mayRead = createMayRead(rules({ ignores: () => Promise.reject(new Error('no')) }));
		assert.equal(await mayRead(address('file:///work/a.ts')), false);
	});

	it('follows a link anew each time, since it may lead elsewhere meanwhile', async () => {
		let target = '/work/src/a.ts';
		const mayRead = createMayRead(
			rules({ realPath: path => Promise.resolve(path.endsWith('changing.ts') ? target : path) }),
		);
		assert.equal(await mayRead(address('file:///work/changing.ts')), true);
		target = '/work/.env';
		assert.equal(await mayRead(address('file:///work/changing.ts')), false);
	});

	it('asks once per file until told to forget', async () => {
		let asked = 0;
		let isIgnored = false;
		const ignores = (): Promise<boolean> => {
			asked++;
			return Promise.resolve(isIgnored);
		};
		const mayRead = createMayRead(rules({ ignores, realPath: () => Promise.reject(failure('ENOENT')) }));
		assert.equal(await mayRead(address('file:///work/a.ts')), true);
		isIgnored = true;
		assert.equal(await mayRead(address('file:///work/a.ts')), true);
		assert.equal(asked, 1);
		mayRead.forget();
		assert.equal(await mayRead(address('file:///work/a.ts')), false);
	});
});
