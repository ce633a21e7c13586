import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Folders that are checked. */
const checked = ['src', 'test', 'scripts', 'bench'];

/** Paths that are still to be rewritten. Remove them from here when they are. */
const exceptions = [
	'src/core/explain/',
	'src/core/postprocess/',
	'src/engine/commentExplainer.ts',
	'src/engine/explainAbility.ts',
	'src/engine/explainer.ts',
];

/** Its examples look like such comments. */
const self = 'test/unit/plainComments.test.ts';

/** Finds comments that begin with half a sentence, such as "Of one file": the reader has to find the other half. */
const fragment = /(?<=^|[\s;{(,])(?:\/\*\*?|\/\/)\s*(?:\*\s*)?(?:What|Of)\b.*/gm;

function fragmentsIn(text: string): readonly string[] {
	return [...text.matchAll(fragment)].map(([comment]) => comment);
}

function pathsIn(folder: string): readonly string[] {
	return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter(file => file.endsWith('.ts'))
		.map(file => `${folder}/${file.replaceAll(sep, '/')}`);
}

function fragmentsOf(path: string): readonly string[] {
	return fragmentsIn(readFileSync(join(root, path), 'utf8')).map(comment => `${path}: ${comment}`);
}

describe('comments', () => {
	const paths = checked.flatMap(pathsIn);
	const isException = (path: string): boolean => [...exceptions, self].some(exception => path.startsWith(exception));

	it('do not begin with "What" or "Of"', () => {
		assert.deepEqual(paths.filter(path => !isException(path)).flatMap(fragmentsOf), []);
	});

	for (const text of [
		'/** What it holds. */\nlet a;',
		'\t/** Of one file. */\n\tlet a;',
		'/**\n * What it holds, and\n * why.\n */\nlet a;',
		'// Of these, one is kept.',
		'return undefined; // What was typed is gone.',
	]) {
		it(`are found in ${JSON.stringify(text)}`, () => {
			assert.equal(fragmentsIn(text).length, 1);
		});
	}

	for (const text of [
		'/** The text that it holds. */',
		'/** Whatever it holds is kept. */',
		'/** Often empty. */',
		'/**\n * It keeps the text.\n * What is left goes.\n */',
		'const heading = "What";',
	]) {
		it(`are in order in ${JSON.stringify(text)}`, () => {
			assert.deepEqual(fragmentsIn(text), []);
		});
	}
});
