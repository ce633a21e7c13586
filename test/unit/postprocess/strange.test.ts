import { check } from './cases';

const key = `AKIA${'ABCD1234'.repeat(2)}`;

describe('a suggestion that looks like a secret', () => {
	check([
		{
			it: 'is nothing when it is the key of a cloud',
			at: 'const id = ‸',
			says: `'${key}';`,
			becomes: undefined,
			fired: ['dropSecrets'],
		},
		{ it: 'is nothing when it is a token', at: 'token: ‸', says: `ghp_${'a1B2'.repeat(9)}`, becomes: undefined },
		{
			it: 'is nothing when a private key begins in it',
			at: 'const pem = `‸`;',
			says: '-----BEGIN RSA PRIVATE KEY-----\nMIIE',
			becomes: undefined,
		},
		{
			it: 'is nothing when it is a JSON Web Token',
			at: 'const jwt = "‸";',
			says: `eyJ${'hbGciOiJ'.repeat(2)}.eyJ${'zdWIiOiI'.repeat(2)}.x`,
			becomes: undefined,
		},
		{
			it: 'is shown when the document has it already',
			at: `const id = '${key}';\nconst same = ‸`,
			says: `'${key}';`,
			becomes: `const id = '${key}';\nconst same = '${key}';`,
		},
		{
			it: 'is shown when it only names one',
			at: 'const ‸',
			says: 'key = process.env.AWS_ACCESS_KEY_ID;',
			becomes: 'const key = process.env.AWS_ACCESS_KEY_ID;',
		},
		{
			it: 'is shown when it is a hash',
			at: 'sha = ‸',
			says: "'2fd4e1c67a2d28fced849ee1bb76e7391b93eb12'",
			becomes: "sha = '2fd4e1c67a2d28fced849ee1bb76e7391b93eb12'",
		},
	]);
});

describe('a suggestion in another language', () => {
	check([
		{
			it: 'is nothing when TypeScript is said in Python',
			at: 'def f(a):\n    ‸\n',
			says: 'if (a === undefined) {',
			language: 'python',
			becomes: undefined,
			fired: ['cutOtherLanguage'],
		},
		{
			it: 'ends before the first line of the other language',
			at: 'func f() {\n\t‸\n}',
			says: 'a := 1\n\tconst b = (c) => c',
			language: 'go',
			becomes: 'func f() {\n\ta := 1\n}',
		},
		{ it: 'is nothing when Python is said in TypeScript', at: '‸', says: 'def f(a):', becomes: undefined },
		{
			it: 'ends where a chat model begins to explain',
			at: 'const a = ‸',
			says: 'b + 1;\n\nThis code adds one.',
			becomes: 'const a = b + 1;',
		},
		{ it: 'ends where a block of Markdown ends', at: 'const a = ‸', says: 'b;\n```\nNote', becomes: 'const a = b;' },
		{ it: 'is nothing when a chat model begins to talk', at: '‸', says: "Here's the code:\nf();", becomes: undefined },
		{ it: 'is nothing when a page begins', at: '‸', says: '<!DOCTYPE html>', becomes: undefined },
		{ it: 'may begin a page in HTML', at: '‸', says: '<!DOCTYPE html>', language: 'html', becomes: '<!DOCTYPE html>' },
		{
			it: 'may say so in a string',
			at: 'a = ‸',
			says: '"x === y && z"',
			language: 'python',
			becomes: 'a = "x === y && z"',
		},
		{
			it: 'may say so in a comment',
			at: '# ‸',
			says: 'a && b => c',
			language: 'python',
			becomes: '# a && b => c',
		},
		{
			it: 'may say what the document says too',
			at: 'a = b?.c\nd = ‸',
			says: 'e?.f',
			language: 'python',
			becomes: 'a = b?.c\nd = e?.f',
		},
		{
			it: 'may be prose in Markdown',
			at: '‸',
			says: 'Note that it is late.',
			language: 'markdown',
			becomes: 'Note that it is late.',
		},
		{
			it: 'may be an arrow of Rust',
			at: 'match a { ‸ }',
			says: 'Some(b) => b,',
			language: 'rust',
			becomes: 'match a { Some(b) => b, }',
		},
	]);
});

describe('a suggestion without end', () => {
	const line = 'step(one, two, three, 0);\n';
	const lines = Array.from({ length: 500 }, (_, index) => line.replace('0', String(index))).join('');
	check([
		{
			it: 'ends with the last whole line of what anybody would read',
			at: '‸',
			says: lines,
			becomes: lines.slice(0, lines.lastIndexOf('\n', 8000)),
			fired: ['capLength'],
		},
		{
			it: 'is nothing when it is one line of a million characters',
			at: '‸',
			says: 'a'.repeat(1_000_000),
			becomes: undefined,
		},
		{ it: 'is nothing when it is a million brackets', at: '‸', says: '{'.repeat(1_000_000), becomes: undefined },
	]);
});

describe('a suggestion that would not read as code', () => {
	check([
		{
			it: 'is nothing when its closing bracket runs into a word',
			at: '\t‸lookup(a);',
			says: 'const b = c.sub(d)',
			becomes: undefined,
		},
		{
			it: 'may be a cast in front of a word',
			at: 'int a = ‸value;',
			says: '(int)',
			language: 'c',
			becomes: 'int a = (int)value;',
		},
		{
			it: 'is nothing when it would make a comment of the rest of the line',
			at: 'a = ‸.b(c)',
			says: '# what',
			language: 'python',
			becomes: undefined,
		},
		{ it: 'is nothing when it ends its line with an open bracket', at: '‸\nb();', says: 'f(g(a);', becomes: undefined },
		{ it: 'may begin a loop', at: '‸\nb();', says: 'for (let i = 0;', becomes: 'for (let i = 0;\nb();' },
		{ it: 'is nothing when it is a lone quote', at: 'a = ‸', says: "'", becomes: undefined },
		{ it: 'may be the quote that ends a string', at: "a = 'b‸", says: "'", becomes: "a = 'b'" },
		{
			it: 'ends before a line that leaves a single-quoted string open',
			at: '‸\nd()\n',
			says: "if a == 'c:\n    b()",
			language: 'python',
			becomes: undefined,
		},
		{
			it: 'closes what stands behind the closer that it says',
			at: 'f({ a,‸})',
			says: ' ...b)',
			becomes: 'f({ a, ...b})',
		},
		{
			it: 'takes back in all lines what was too much in the first',
			at: 'def f():\n    ‸\n',
			says: '    a = 1\n        b = 2',
			language: 'python',
			becomes: 'def f():\n    a = 1\n    b = 2\n',
			fired: ['matchIndent'],
		},
		{
			it: 'loses a block with nothing in it, when other lines come before',
			at: '‸\nb();\n',
			says: 'a();\nif (c) {',
			becomes: 'a();\nb();\n',
			fired: ['closeBlocks'],
		},
		{
			it: 'is closed when it goes on beyond the closer at the cursor',
			at: 'f(‸)\n\tg();\n}',
			says: 'a) {\n\treturn {\n\t\tb,',
			becomes: 'f(a) {\n\treturn {\n\t\tb,\n\t}\n\tg();\n}',
		},
	]);
});
