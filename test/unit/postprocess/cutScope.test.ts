import { check } from './cases';

describe('a suggestion that a parser has looked at', () => {
	check([
		{
			it: 'ends where the syntax leaves what the cursor is in',
			at: 'for (;;) {\nif (a) {\n‸\n}\n}',
			says: 'b();\n\tc();\n\t\td();',
			context: { scopeEnd: 'b();'.length },
			becomes: 'for (;;) {\nif (a) {\nb();\n}\n}',
			fired: ['cutScope'],
		},
		{
			it: 'is whole where all of it is inside',
			at: 'if (a) {\n\t‸\n}',
			says: 'b();\n\tc();',
			context: { scopeEnd: 'b();\n\tc();'.length },
			becomes: 'if (a) {\n\tb();\n\tc();\n}',
		},
		{
			it: 'is whole where the parser could not tell',
			at: 'if (a) {\n\t‸\n}',
			says: 'b();\n\tc();',
			becomes: 'if (a) {\n\tb();\n\tc();\n}',
		},
		{
			it: 'is nothing where all of it is outside',
			at: 'if (a) {\n\t‸\n}',
			says: '}\nb();',
			context: { scopeEnd: 0 },
			becomes: undefined,
			fired: ['cutScope'],
		},
	]);
});
