import { check } from './cases';

describe('a suggestion and the lines below', () => {
	check([
		{
			it: 'is nothing when it is the next line',
			at: 'f();\n‸\nreturn total;',
			says: 'return total;',
			becomes: undefined,
			fired: ['cutFollowingLines'],
		},
		{
			it: 'is nothing when it is nearly the next line',
			at: '‸\nconst result = await repository.findAll(query);',
			says: 'const results = await repository.findAll(query);',
			becomes: undefined,
		},
		{
			it: 'counts numbered lines as different',
			at: 'addEntry("some key", table[1]);\n‸\naddEntry("some key", table[3]);',
			says: 'addEntry("some key", table[2]);',
			becomes: 'addEntry("some key", table[1]);\naddEntry("some key", table[2]);\naddEntry("some key", table[3]);',
		},
		{
			it: 'ends before the next line',
			at: '\tconst a = 1;\n\t‸\n\treturn a + b;\n}',
			says: 'const b = 2;\n\treturn a + b;\n}',
			becomes: '\tconst a = 1;\n\tconst b = 2;\n\treturn a + b;\n}',
		},
		{
			it: 'ends before the closer below',
			at: 'if (a) {\n\t‸\n}',
			says: 'b();\n}',
			becomes: 'if (a) {\n\tb();\n}',
		},
		{
			it: 'ends before a closer that goes on',
			at: 'foo(() => {\n\tbar();‸\n});',
			says: '\n\tbaz();\n})',
			becomes: 'foo(() => {\n\tbar();\n\tbaz();\n});',
		},
		{
			it: 'may close its own block above a closer',
			at: 'class A {\n\tf() {‸\n}',
			says: '\n\t\treturn 1;\n\t}',
			becomes: 'class A {\n\tf() {\n\t\treturn 1;\n\t}\n}',
		},
		{
			it: 'closes its own block and not the one below',
			at: 'class A {\n\tf() {‸\n}',
			says: '\n\t\treturn 1;\n\t}\n}',
			becomes: 'class A {\n\tf() {\n\t\treturn 1;\n\t}\n}',
		},
		{
			it: 'ends before a bracket that is closed below',
			at: 'foo(\n\ta,\n\tb‸\n);',
			says: ', c);',
			becomes: 'foo(\n\ta,\n\tb, c\n);',
			fired: ['balanceBrackets'],
		},
		{
			it: 'ends before a bracket that nothing opened',
			at: 'foo([\n\ta‸\n]);',
			says: ', b);',
			becomes: 'foo([\n\ta, b\n]);',
		},
		{
			it: 'is not nothing because the line it continues is the next one too',
			at: 'step();‸\nstep();',
			says: '\nother();',
			becomes: 'step();\nother();\nstep();',
		},
		{
			it: 'ends before the next function though the rest of the line closes',
			at: 'function f() {‸}\n\nfunction g() {}',
			says: '\n\treturn 1;\n}\n\nfunction g() {}',
			becomes: 'function f() {\n\treturn 1;\n}\n\nfunction g() {}',
		},
		{ it: 'does not stumble over the end of the file', at: 'f();\n‸', says: 'g();', becomes: 'f();\ng();' },
	]);
});

describe('a suggestion that repeats', () => {
	check([
		{
			it: 'keeps one of three equal lines',
			at: '‸',
			says: 'next(item);\nnext(item);\nnext(item);',
			becomes: 'next(item);',
			fired: ['cutRepetition'],
		},
		{
			it: 'keeps one of three equal pairs',
			at: '‸',
			says: 'a(1);\nb(2);\na(1);\nb(2);\na(1);\nb(2);',
			becomes: 'a(1);\nb(2);',
		},
		{
			it: 'keeps one of two equal triples',
			at: '‸',
			says: 'start();\na(1);\nb(2);\nc(3);\na(1);\nb(2);\nc(3);',
			becomes: 'start();\na(1);\nb(2);\nc(3);',
		},
		{
			it: 'may close three blocks that are open',
			at: 'if (a) {\n\tif (b) {\n\t\tif (c) {\n\t\t\tf(‸',
			says: 'd);\n\t\t}\n\t}\n}',
			becomes: 'if (a) {\n\tif (b) {\n\t\tif (c) {\n\t\t\tf(d);\n\t\t}\n\t}\n}',
		},
		{ it: 'keeps one of many equal phrases', at: 'foo‸', says: '.bar.bar.bar.bar.bar.bar', becomes: 'foo.bar' },
		{ it: 'may have many zeros', at: 'x = ‸', says: '0x0000000000000000;', becomes: 'x = 0x0000000000000000;' },
		{ it: 'may draw a line', at: '// ‸', says: '----------------', becomes: '// ----------------' },
		{ it: 'may hold equal numbers', at: 'a = [‸]', says: '0, 0, 0, 0, 0, 0', becomes: 'a = [0, 0, 0, 0, 0, 0]' },
		{
			it: 'is nothing when it is the line above',
			at: 'const total = sum(values);\n‸',
			says: 'const total = sum(values);',
			becomes: undefined,
		},
		{ it: 'may repeat a short line', at: 'null,\n‸', says: 'null,', becomes: 'null,\nnull,' },
		{
			it: 'is nothing when it is the two lines above',
			at: 'open(file);\nread(file);\n‸',
			says: 'open(file);\nread(file);',
			becomes: undefined,
		},
		{
			it: 'is nothing when it is the line above twice',
			at: 'a(b);\na(‸',
			says: 'b);\na(b);',
			becomes: undefined,
		},
	]);
});

describe('a suggestion that was cut short', () => {
	const context = { stopReason: 'token-limit' } as const;
	check([
		{
			it: 'loses its half line',
			at: 'if (a) {‸',
			says: '\n\tfoo();\n\tbar(some',
			context,
			becomes: 'if (a) {\n\tfoo();',
			fired: ['dropHalfLine'],
		},
		{ it: 'loses half a word', at: 'x = ‸', says: 'compute(someVaria', context, becomes: 'x = compute(' },
		{ it: 'is nothing when it is half a word', at: 'x = ‸', says: 'comp', context, becomes: undefined },
		{
			it: 'keeps its last line when the model ended it',
			at: 'if (a) {‸',
			says: '\n\tfoo();\n\tbar(some)',
			context: { stopReason: 'end-of-generation' },
			becomes: 'if (a) {\n\tfoo();\n\tbar(some)',
		},
	]);
});
