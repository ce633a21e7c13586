import { check } from './cases';

describe('a suggestion that opens a block', () => {
	check([
		{
			it: 'of several lines is closed, so that what is accepted parses',
			at: 'function f() {\n\tlet sum = 0;\n\tfor‸\n\treturn sum;\n}\n',
			says: ' (let i = 0; i < length; i++) {\n\t\tsum += items[i];',
			becomes:
				'function f() {\n\tlet sum = 0;\n\tfor (let i = 0; i < length; i++) {\n\t\tsum += items[i];\n\t}\n\treturn sum;\n}\n',
			fired: ['closeBlocks'],
		},
		{
			it: 'is closed inside out, each at the indentation of its line',
			at: '‸\n\nconst b = 1;\n',
			says: 'call(\n\tfunction () {\n\t\treturn 1;',
			becomes: 'call(\n\tfunction () {\n\t\treturn 1;\n\t}\n)\n\nconst b = 1;\n',
		},
		{
			it: 'is closed by the bracket that the editor has put there already',
			at: 'function f() {\n\tif (a) {\n\t\t‸\n\t}\n}\n}\n',
			says: 'while (b) {\n\t\t\tc();',
			becomes: 'function f() {\n\tif (a) {\n\t\twhile (b) {\n\t\t\tc();\n\t}\n}\n}\n',
		},
		{
			it: 'is left alone when it is closed',
			at: '‸\nnext();\n',
			says: 'if (a) {\n\tb();\n}',
			becomes: 'if (a) {\n\tb();\n}\nnext();\n',
		},
		{
			it: 'is left alone when it is one line, where the user goes on',
			at: 'if‸\n',
			says: ' (a) {',
			becomes: 'if (a) {\n',
		},
		{
			it: 'takes no bracket in a string or a comment for one',
			at: '‸\nnext();\n',
			says: "const open = '{';\n// and (\nconst b = 1;",
			becomes: "const open = '{';\n// and (\nconst b = 1;\nnext();\n",
		},
		{
			it: 'needs nothing in a language of indentation',
			at: 'def f(a):\n    ‸\n\nb = 1\n',
			says: 'if a:\n        return 1',
			becomes: 'def f(a):\n    if a:\n        return 1\n\nb = 1\n',
			language: 'python',
		},
	]);
});
