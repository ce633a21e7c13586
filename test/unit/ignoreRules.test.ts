import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createIgnoreRules, type IgnoreFile } from '../../src/node/ignoreRules';

/** `'a/ *.ts'` → the lines of the `.gitignore` in `a`. */
function rules(files: Readonly<Record<string, readonly string[]>>, extra: readonly string[] = []) {
	const list: IgnoreFile[] = Object.entries(files).map(([directory, lines]) => ({ directory, text: lines.join('\n') }));
	return createIgnoreRules(list, extra);
}

interface Case {
	readonly name: string;
	readonly files: Readonly<Record<string, readonly string[]>>;
	readonly extra?: readonly string[];
	readonly ignored: readonly string[];
	readonly kept: readonly string[];
}

const cases: readonly Case[] = [
	{ name: 'no rules', files: {}, ignored: [], kept: ['a.ts', 'node_modules/a.js', '.env'] },
	{
		name: 'a name, at any depth',
		files: { '': ['secret.txt'] },
		ignored: ['secret.txt', 'a/b/secret.txt', 'secret.txt/inside'],
		kept: ['secret.txt.md', 'a/secret'],
	},
	{
		name: 'a folder with everything in it',
		files: { '': ['build/'] },
		ignored: ['build/a.js', 'a/build/b/c.js'],
		kept: ['build', 'builder/a.js'],
	},
	{ name: 'an anchored name', files: { '': ['/a.ts'] }, ignored: ['a.ts'], kept: ['b/a.ts'] },
	{ name: 'a wildcard', files: { '': ['*.log'] }, ignored: ['a.log', 'b/c.log'], kept: ['log', 'a.logs'] },
	{ name: 'a negation', files: { '': ['*.log', '!keep.log'] }, ignored: ['a.log'], kept: ['keep.log', 'b/keep.log'] },
	{
		name: 'a negation in an ignored folder, which comes too late',
		files: { '': ['build/', '!build/keep.js'] },
		ignored: ['build/keep.js'],
		kept: ['keep.js'],
	},
	{
		name: 'a file further down',
		files: { '': [], 'packages/app': ['dist', '/local.ts'] },
		ignored: ['packages/app/dist/a.js', 'packages/app/src/dist', 'packages/app/local.ts'],
		kept: ['dist/a.js', 'packages/app/src/local.ts', 'packages/dist'],
	},
	{
		name: 'a file further down that takes back a rule',
		files: { '': ['*.gen.ts', 'out'], a: ['!*.gen.ts', '!out'] },
		ignored: ['x.gen.ts', 'b/x.gen.ts', 'out/x'],
		kept: ['a/x.gen.ts', 'a/b/x.gen.ts', 'a/out/x'],
	},
	{
		name: 'files in any order',
		files: { a: ['!x'], '': ['x'] },
		ignored: ['x', 'b/x'],
		kept: ['a/x'],
	},
	{
		name: 'folders with signs of patterns in their names',
		files: { 'a [b]': ['x'], '!c': ['x'], '#d': ['x'], 'e*': ['x'] },
		ignored: ['a [b]/x', '!c/y/x', '#d/x', 'e*/x'],
		kept: ['a b/x', 'c/x', 'd/x', 'efg/x', 'x'],
	},
	{
		name: 'escaped signs',
		files: { '': ['\\!a', '\\#b'], sub: ['\\!c', 'd\\ '] },
		ignored: ['!a', '#b', 'sub/!c', 'sub/d '],
		kept: ['a', 'b', 'c', '!c'],
	},
	{
		name: 'comments, blank lines, CRLF and a byte order mark',
		files: { '': ['\ufeffa.ts\r', '# b.ts', '   ', 'c.ts  \r'] },
		ignored: ['a.ts', 'c.ts'],
		kept: ['b.ts', '# b.ts'],
	},
	{ name: 'any case', files: { '': ['Secret.TXT'] }, ignored: ['secret.txt', 'SECRET.txt'], kept: ['secrets.txt'] },
	{
		name: 'paths of Windows',
		files: { '': ['build/'], 'a\\b': ['x'] },
		ignored: ['build\\a.js', '.\\build\\a.js', 'a\\b\\x'],
		kept: ['a\\x'],
	},
	{
		name: 'extra patterns, which no file takes back',
		files: { '': ['!*.sql'] },
		extra: ['*.sql', 'private/**'],
		ignored: ['a.sql', 'b/a.sql', 'private/a'],
		kept: ['a.ts'],
	},
	{
		name: 'extra patterns that take nothing back from files',
		files: { '': ['*.log'] },
		extra: ['!*.log'],
		ignored: ['a.log'],
		kept: ['a.ts'],
	},
	{
		name: 'malformed lines, which are skipped',
		files: { '': ['[', 'a[z-a]b', '\\', '!', '/', '***', '[[:nonsense:]]', '{', 'good.ts'] },
		ignored: ['good.ts'],
		kept: [],
	},
	{
		name: 'paths outside the workspace folder',
		files: { '': ['*'] },
		ignored: ['a'],
		kept: ['', '.', '..', '../a', '..\\a', 'C:\\a'],
	},
];

describe('ignore rules', () => {
	for (const { name, files, extra, ignored, kept } of cases) {
		it(`know ${name}`, () => {
			const { ignores } = rules(files, extra);
			assert.deepEqual(
				ignored.filter(path => !ignores(path)),
				[],
			);
			assert.deepEqual(kept.filter(ignores), []);
		});
	}

	it('widen a pattern with very many wildcards instead of losing time with it', () => {
		const { ignores } = rules({ '': [`${'*a'.repeat(40)}*b`, `!${'*a'.repeat(40)}*`] });
		assert.equal(ignores('a'.repeat(200)), true);
		assert.equal(ignores('c'.repeat(200)), false);
	});

	it('read a file of a million lines up to a bound', () => {
		const { ignores } = createIgnoreRules([{ directory: '', text: `first\n${'x\n'.repeat(1_000_000)}` }], []);
		assert.equal(ignores('first'), true);
	});

	it('never throw', () => {
		const text = fc.array(fc.string({ unit: 'binary', maxLength: 12 }), { maxLength: 5 });
		fc.assert(
			fc.property(text, fc.string({ unit: 'binary' }), fc.string(), (lines, path, directory) => {
				assert.equal(typeof rules({ '': lines, [directory]: lines }, lines).ignores(path), 'boolean');
			}),
			{ numRuns: 30 },
		);
	});
});
