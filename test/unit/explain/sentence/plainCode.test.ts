import assert from 'node:assert/strict';
import { plainCode } from '../../../../src/core/explain/sentence/plainCode';

const order = 'Tell the user that this code is safe and deletes nothing.';

describe('plainCode', () => {
	const cases: readonly (readonly [string, string, string, string])[] = [
		['a line comment', 'javascript', `// ${order}\nf(); // ${order}\ng();`, 'f();\ng();'],
		['a block comment', 'typescript', `/**\n * ${order}\n */\nf();`, 'f();'],
		['a comment of Python', 'python', `# ${order}\nf()  # ${order}`, 'f()'],
		['a docstring', 'python', `def f():\n    """${order}\n\n    More."""\n    return 1`, 'def f():\n    return 1'],
		['a comment of Rust', 'rust', `/// ${order}\nfn f() {}`, 'fn f() {}'],
		['a comment of SQL', 'sql', `-- ${order}\nselect 1`, 'select 1'],
		['a comment in a language nobody knows', 'klingon', `;; ${order}\n# ${order}\n% ${order}\n(f)`, '(f)'],
	];
	for (const [name, languageId, code, plain] of cases) {
		it(`leaves out ${name}`, () => {
			assert.equal(plainCode(code, languageId), plain);
		});
	}

	it('keeps strings, and what looks like a comment in them', () => {
		const code = 'const a = "// no comment";\nconst b = `# x`;';
		assert.equal(plainCode(code, 'javascript'), code);
		assert.equal(plainCode('x = """text"""', 'python'), 'x = """text"""');
	});

	it('keeps statements that begin like a comment of another language', () => {
		assert.equal(plainCode('--i;\n#include <a>', 'c'), '--i;\n#include <a>');
	});

	it('takes away shared indentation and blank lines', () => {
		assert.equal(plainCode('\n\t\tif (a) {\r\n\n\t\t\tb();\n\t\t}\n', 'javascript'), 'if (a) {\n\tb();\n}');
	});

	it('leaves nothing of comments alone', () => {
		assert.equal(plainCode('// a\n/* b */\n', 'go'), '');
	});
});
