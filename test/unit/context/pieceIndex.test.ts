import assert from 'node:assert/strict';
import { tokenSet } from '../../../src/core/context/codeTokens';
import type { OpenFile } from '../../../src/core/context/openFile';
import { PieceIndex } from '../../../src/core/context/pieceIndex';

const all = { least: 0, known: 2 };

function file(name: string, lines: number, version = 1): OpenFile {
	const text = Array.from({ length: lines }, (_, index) => `word${index} common`).join('\n');
	return { uri: name, path: name, languageId: 'typescript', version, text };
}

describe('PieceIndex', () => {
	it('cuts a file into windows of 30 lines that overlap by half and cover it', () => {
		const windows = new PieceIndex().similar(file('a', 100), tokenSet('common'), all).map(({ window }) => window);
		assert.deepEqual(
			windows.map(({ start, end }) => [start, end]),
			[
				[0, 30],
				[15, 45],
				[30, 60],
				[45, 75],
				[60, 90],
				[75, 100],
			],
		);
	});

	it('makes one window of a short file', () => {
		assert.equal(new PieceIndex().similar(file('a', 3), tokenSet('common'), all).length, 1);
	});

	it('finds the windows that have a word, and says how similar they are', () => {
		const found = new PieceIndex().similar(file('a', 40), tokenSet('word39 other'), { least: 0.001, known: 1 });
		assert.equal(found.length, 1);
		assert.equal(found[0]?.similarity, 1 / (26 + 2 - 1));
	});

	it('leaves out windows that say nothing new', () => {
		const index = new PieceIndex();
		assert.deepEqual(index.similar(file('a', 2), tokenSet('word0 word1 common'), { least: 0, known: 0.9 }), []);
	});

	it('indexes a file again when its version changes', () => {
		const index = new PieceIndex();
		index.prepare(file('a', 2));
		assert.equal(index.has(file('a', 2)), true);
		assert.equal(index.has(file('a', 3, 2)), false);
		assert.equal(index.similar(file('a', 50, 2), tokenSet('word49'), { least: 0.001, known: 1 }).length, 1);
	});

	it('forgets the file that was not asked for longest', () => {
		const index = new PieceIndex(2);
		for (const name of ['a', 'b', 'a', 'c']) {
			index.prepare(file(name, 1));
		}
		assert.deepEqual(
			['a', 'b', 'c'].map(name => index.has(file(name, 1))),
			[true, false, true],
		);
	});

	it('forgets all when told', () => {
		const index = new PieceIndex();
		index.prepare(file('a', 1));
		index.clear();
		assert.equal(index.has(file('a', 1)), false);
	});
});
