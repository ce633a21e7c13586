import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBlockEnd } from '../../src/core/completion/stopBlock';
import { linePrefix } from '../../src/core/text/documentSnapshot';
import { grammarFile, grammarNames, parserFile } from '../../src/node/syntax/grammars';
import { ParserThread } from '../../src/node/syntax/parserThread';
import { atCursor } from '../support/cursor';

const dist = join(import.meta.dirname, '../../dist');
/** The answer where the parser cannot tell. */
const untold = undefined;

interface Case {
	readonly it: string;
	readonly language: string;
	readonly at: string;
	readonly says: string;
	/** The part of it that is kept. */
	readonly stays: string | undefined;
}

/** With the indentation that shows where a block ends. */
const wellIndented: readonly Case[] = [
	{
		it: 'a block goes on to its closer',
		language: 'typescript',
		at: 'function f() {‸\n}\nf();',
		says: '\n\ta();\n\n\tb();',
		stays: '\n\ta();\n\n\tb();',
	},
	{
		it: 'a block ends with the closer that was opened at the cursor',
		language: 'go',
		at: 'package p\n\nfunc f() {‸\n',
		says: '\n\tg()\n}\n\nfunc g() {',
		stays: '\n\tg()\n}',
	},
	{
		it: 'a branch of its own belongs to a condition',
		language: 'typescript',
		at: 'if (a) {‸\nf();',
		says: '\n\tb();\n} else {\n\tc();\n}\nd();',
		stays: '\n\tb();\n} else {\n\tc();\n}',
	},
	{
		it: 'a function ends with its last line',
		language: 'python',
		at: 'class A:\n    def f(self):‸\n\n    def g(self):\n        pass\n',
		says: '\n        return 1\n\n    def h(self):\n        pass',
		stays: '\n        return 1',
	},
	{
		it: 'a comment behind the end stays',
		language: 'typescript',
		at: 'type A = {\n\tb: {‸\n};\n',
		says: '\n\t\tc: string;\n\t}; // the end\n\td: string;',
		stays: '\n\t\tc: string;\n\t}; // the end',
	},
];

const functions: Readonly<Record<string, readonly [start: string, end: string]>> = {
	javascript: ['function f() {\n', '}'],
	typescript: ['function f(a: number): void {\n', '}'],
	java: ['class A {\nvoid f() {\n', '}\n}'],
	c: ['int f(int a) {\n', '}'],
	cpp: ['class A {\nvoid f() {\n', '}\n};'],
};

/** Here indentation does not see the end. */
const badlyIndented: readonly Case[] = [
	...Object.entries(functions).map(([language, [start, end]]) => ({
		it: 'a block ends before its closer, however that is indented',
		language,
		at: `${start}if (a) {\n‸\n}\n${end}`,
		says: 'b();\n    }\n  c();\n      d();',
		stays: 'b();',
	})),
	{
		it: 'a block ends with its closer, though that is deeper',
		language: 'rust',
		at: 'fn f() {\nif a {‸\n}\nfn g() {}',
		says: '\n\tb();\n\t}\n\tc();',
		stays: '\n\tb();\n\t}',
	},
	{
		it: 'what follows a closer that is deeper is another function',
		language: 'go',
		at: 'package p\n\nfunc f() {‸\n',
		says: '\n\tg()\n\t}\n\tfunc g() {\n\th()',
		stays: '\n\tg()\n\t}',
	},
	{
		it: 'brackets end, though Python is not indented in them',
		language: 'python',
		at: 'def f():\n    a = [‸\n    return a\n',
		says: '\n            1,\n            2,\n        ]\n        b = 2',
		stays: '\n            1,\n            2,\n        ]',
	},
	{
		it: 'an element ends before its closing tag',
		language: 'typescriptreact',
		at: 'const a = (\n<div>\n‸\n</div>\n);\n',
		says: '<b>x</b>\n\t<i/>\n\t</div>\n\t<p/>',
		stays: '<b>x</b>\n\t<i/>',
	},
	{
		it: 'a block ends, with characters of two units in front of it',
		language: 'javascriptreact',
		at: '// 😀😀😀\nfunction f() {\nif ("😀") {\n‸\n}\n}',
		says: 'b("😀");\n\t}\n\t\tc();',
		stays: 'b("😀");',
	},
];

const beyondIt: readonly Case[] = [
	{
		it: 'there is an error around the cursor',
		language: 'typescript',
		at: 'function f( {\n]] if (a {{\n‸\n))',
		says: 'b();\n\t}\n\tc();',
		stays: untold,
	},
	{
		it: 'nothing is around the cursor',
		language: 'typescript',
		at: 'a();\n‸\n',
		says: 'b();\n\tc();',
		stays: untold,
	},
	{ it: 'the language has no grammar', language: 'elixir', at: 'def f do‸\n', says: '\n  a\nend\nb', stays: untold },
	{
		it: 'code goes on behind the end, in the line',
		language: 'javascript',
		at: 'f({‸\n',
		says: '\n\ta,\n}, () => {\n\tb();',
		stays: untold,
	},
];

describe('scope by syntax', () => {
	const thread = new ParserThread({
		entry: join(dist, 'syntax.cjs'),
		patienceMs: 30_000,
		onLog: message => {
			assert.fail(message);
		},
	});
	after(() => {
		thread.dispose();
	});

	async function stays({ language, at, says }: Case): Promise<string | undefined> {
		const { prefix, suffix } = atCursor(at);
		const end = await thread.open({ uri: `file:///${language}`, languageId: language, prefix, suffix })(says);
		return end === undefined ? undefined : says.slice(0, end);
	}

	for (const one of [...wellIndented, ...badlyIndented]) {
		it(`${one.language}: ${one.it}`, async () => {
			assert.equal(await stays(one), one.stays);
		});
	}

	for (const one of badlyIndented) {
		it(`${one.language}: indentation alone does not see that ${one.it}`, () => {
			const { prefix } = atCursor(one.at);
			assert.notEqual(findBlockEnd(linePrefix({ prefix }), one.says), one.stays);
		});
	}

	for (const one of beyondIt) {
		it(`does not tell where ${one.it}`, async () => {
			assert.equal(await stays(one), undefined);
		});
	}

	it('has every grammar that is named, and no other', () => {
		assert.deepEqual(readdirSync(join(dist, 'grammars')).sort(), [...grammarNames.map(grammarFile), parserFile].sort());
	});

	it('is no part of what the editor’s host and the engine run', () => {
		const meta = JSON.parse(readFileSync(join(dist, 'meta.json'), 'utf8')) as Record<string, { inputs: object }>;
		const users = Object.keys(meta).filter(name => JSON.stringify(meta[name]?.inputs).includes('tree-sitter-wasm'));
		assert.deepEqual(users, ['syntax']);
	});
});
