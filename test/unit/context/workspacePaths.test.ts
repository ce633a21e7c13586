import assert from 'node:assert/strict';
import { pathBelow, placeIn } from '../../../src/extension/context/workspacePaths';
import { address } from './address';

const folders = ['file:///work', 'file:///work/packages/app', 'vscode-remote://ssh/home/me'].map(uri => ({
	uri: address(uri),
}));

const cases: readonly [uri: string, folder: string | undefined, path: string | undefined][] = [
	['file:///work/a.ts', 'file:///work', 'a.ts'],
	['file:///work/packages/app/src/a.ts', 'file:///work/packages/app', 'src/a.ts'],
	['file:///work/packages/apple/a.ts', 'file:///work', 'packages/apple/a.ts'],
	['file:///workshop/a.ts', undefined, undefined],
	['file:///WORK/a.ts', 'file:///work', 'a.ts'],
	['file:///work', undefined, undefined],
	['file:///home/me/a.ts', undefined, undefined],
	['vscode-remote://ssh/home/me/a.ts', 'vscode-remote://ssh/home/me', 'a.ts'],
	['vscode-remote://wsl/home/me/a.ts', undefined, undefined],
	['vscode-notebook-cell:/work/a.ipynb#cell1', 'file:///work', 'a.ipynb'],
	['untitled:Untitled-1', undefined, undefined],
];

describe('placeIn', () => {
	for (const [uri, folder, path] of cases) {
		it(`finds ${uri} ${folder === undefined ? 'in no folder' : `in ${folder} as ${path}`}`, () => {
			const place = placeIn(folders, address(uri));
			assert.deepEqual([place?.folder.uri.toString(), place?.path], [folder, path]);
		});
	}
});

describe('pathBelow', () => {
	for (const [folder, path, below] of [
		['/a', '/a/b', 'b'],
		['/a/', '/a/b', 'b'],
		['/a', '/ab', undefined],
		['/a', '/a', undefined],
		['/', '/a', 'a'],
		['C:\\a', 'c:\\A\\b\\c', 'b\\c'],
	] as const) {
		it(`of ${path} below ${folder} is ${below}`, () => {
			assert.equal(pathBelow(folder, path), below);
		});
	}
});
