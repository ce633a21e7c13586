import { check } from './cases';

describe('characters of a suggestion', () => {
	check([
		{
			it: 'leaves an ordinary one alone',
			at: 'const a = ‸',
			says: 'compute(1);',
			becomes: 'const a = compute(1);',
		},
		{
			it: 'loses direction controls (Trojan Source)',
			at: '‸',
			says: 'if (role !== "user\u202e \u2066// admin\u2069 \u2066") {',
			becomes: 'if (role !== "user // admin ") {',
			fired: ['stripInvisible'],
		},
		{ it: 'loses zero-width characters', at: 'a‸', says: '.b\u200b\u200c\u2060c\ufeff()', becomes: 'a.bc()' },
		{ it: 'loses marks and soft hyphens', at: 'a‸', says: '.b\u200e\u200f\u00ad\u061cc', becomes: 'a.bc' },
		{ it: 'loses control characters but no tab', at: '‸', says: 'a\u0000\u0007\u001b[0m\tb', becomes: 'a[0m\tb' },
		{ it: 'loses letters that look like nothing', at: 'let ‸', says: 'a\u3164\u115f = 1', becomes: 'let a = 1' },
		{ it: 'loses text hidden in tag characters', at: '‸', says: 'ok\u{e0041}\u{e0042}()', becomes: 'ok()' },
		{ it: 'loses half an emoji', at: '// ‸', says: 'done \ud83d', becomes: '// done' },
		{ it: 'keeps an emoji of joined pictures', at: '// ‸', says: 'by 👩‍💻 and 👩🏽‍💻', becomes: '// by 👩‍💻 and 👩🏽‍💻' },
		{ it: 'keeps a heart with its selector', at: '// ‸', says: '❤️ 1️⃣', becomes: '// ❤️ 1️⃣' },
		{ it: 'loses a joiner between letters', at: '‸', says: 'pass\u200dword', becomes: 'password' },
		{ it: 'keeps combining characters', at: '// ‸', says: 'e\u0301te\u0301 कि', becomes: '// e\u0301te\u0301 कि' },
		{ it: 'loses a selector after a letter', at: '‸', says: 'ab\ufe01c', becomes: 'abc' },
		{
			it: 'has LF line ends',
			at: 'function f() {‸\n}',
			says: '\r\n\treturn 1;\r',
			becomes: 'function f() {\n\treturn 1;\n}',
			fired: ['normaliseLineEnds'],
		},
		{ it: 'ends where a Qwen marker begins', at: 'a = ‸', says: '1;<|endoftext|>\nimport x', becomes: 'a = 1;' },
		{ it: 'ends where a StarCoder marker begins', at: 'a = ‸', says: '1;<fim_middle>b', becomes: 'a = 1;' },
		{ it: 'ends where a new file begins', at: 'a = ‸', says: '1;<file_sep>src/b.ts\nx', becomes: 'a = 1;' },
		{ it: 'ends where a DeepSeek marker begins', at: 'a = ‸', says: '1;<｜fim▁end｜>', becomes: 'a = 1;' },
		{ it: 'ends where a CodeLlama marker begins', at: 'a = ‸', says: '1; <EOT>', becomes: 'a = 1;' },
		{ it: 'ends where a Codestral marker begins', at: 'a = ‸', says: '1;[SUFFIX]', becomes: 'a = 1;' },
		{ it: 'is nothing when it is a marker alone', at: 'a = ‸', says: '<|im_end|>', becomes: undefined },
		{
			it: 'finds a marker with a zero-width character hidden in it',
			at: 'a = ‸',
			says: '1;<|end\u200boftext|>x',
			becomes: 'a = 1;',
		},
		{
			it: 'may name a marker that the document names',
			at: "const stops = ['<|endoftext|>'];\nconst end = ‸",
			says: "'<|endoftext|>';",
			becomes: "const stops = ['<|endoftext|>'];\nconst end = '<|endoftext|>';",
		},
		{
			it: 'may use pipe operators',
			at: 'let y = ‸',
			says: 'f <| g |> h',
			language: 'fsharp',
			becomes: 'let y = f <| g |> h',
		},
		{ it: 'may compare generics', at: 'let ‸', says: 'a: Map<string, Set<T>>', becomes: 'let a: Map<string, Set<T>>' },
	]);
});
