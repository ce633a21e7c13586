import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cursorRegion } from '../../../src/core/text/cursorRegion';

type Region = ReturnType<typeof cursorRegion>;

/** The end of the text is where the cursor stands. */
const cases: readonly [name: string, language: string, text: string, region: Region][] = [
	['code', 'typescript', 'const a = 1; ', 'code'],
	['a comment to the end of the line', 'typescript', 'a(); // so that', 'comment'],
	['the line below such a comment', 'typescript', '// so that\n', 'code'],
	['a block comment', 'typescript', '/**\n * Adds', 'comment'],
	['behind a block comment', 'typescript', '/** Adds */ ', 'code'],
	['slashes in a string', 'typescript', "const url = 'https://example', ", 'code'],
	['an open string', 'typescript', "import a from './", 'string'],
	['a glob in a string', 'typescript', "files('src/**/*.ts', ", 'code'],
	['an open template', 'typescript', 'const a = `one\n// two', 'string'],
	['a comment sign in a regular expression', 'typescript', 'a.match(/[/*]/); b', 'code'],
	['a quote in a regular expression', 'typescript', 'a.split(/"/); // b', 'comment'],
	['a division', 'typescript', 'const a = b / c; // d / e', 'comment'],
	['an escaped quote', 'javascript', "'it\\'s // ', ", 'code'],
	['an apostrophe in a comment above', 'typescript', "// it's\nconst a = ", 'code'],
	['a hash comment', 'python', 'x = 1  # so', 'comment'],
	['a hash in a string', 'python', 'x = "# so", ', 'code'],
	['a documentation string', 'python', 'def f():\n    """Adds\n    two', 'comment'],
	['a raw documentation string', 'python', 'class A:\n    r"""Adds', 'comment'],
	['behind a documentation string', 'python', 'def f():\n    """Adds."""\n    ', 'code'],
	['a long string that is a value', 'python', 'query = """\nselect # 1', 'string'],
	['a quote inside a documentation string', 'python', '"""It\'s "quoted"."""\nx = ', 'code'],
	['two slashes in Python', 'python', 'half = a // 2 + ', 'code'],
	['the number of arguments', 'shellscript', 'if [ $# -eq 1 ]; then', 'code'],
	['a star in a path', 'shellscript', 'rm build/*\nls ', 'code'],
	['a lifetime', 'rust', "fn f<'a>(x: &'a str) -> &'a ", 'code'],
	['a character at the end', 'rust', "let c = 'x", 'code'],
	['a comment behind a lifetime', 'rust', "fn f<'a>() // so", 'comment'],
	['a raw string', 'go', 'a := `x // `\nb', 'code'],
	['two dashes', 'lua', 'local a = 1 -- so', 'comment'],
	['a long comment', 'lua', '--[[ so\nthat', 'comment'],
	['two dashes in C', 'c', 'i--; j', 'code'],
	['an SQL comment', 'sql', 'select 1 -- so', 'comment'],
	['markup', 'html', '<p>https://example', 'code'],
	['a comment in markup', 'html', '<!-- so', 'comment'],
	['an address in a style sheet', 'css', 'a { background: url(http://example) ', 'code'],
	['a haskell comment', 'haskell', "f' x = {- so", 'comment'],
	['a language that is not known', 'brainstorm', 'a // so', 'comment'],
	['nothing', 'typescript', '', 'code'],
];

describe('cursorRegion', () => {
	for (const [name, language, text, region] of cases) {
		it(`${region}: ${name} (${language})`, () => {
			assert.equal(cursorRegion(text, language), region);
		});
	}

	it('stays what it is while letters are typed, whatever the code', () => {
		const units = ['a', ' ', '\n', "'", '"', '`', '/', '*', '#', '\\', '(', ')'];
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom(...units), maxLength: 40 }), code => {
				assert.equal(cursorRegion(`${code}\nx`, 'typescript'), cursorRegion(`${code}\n`, 'typescript'));
			}),
		);
	});

	it('reads a line of slashes as fast as any other', () => {
		assert.equal(cursorRegion(`x = ${'a / b + '.repeat(20_000)}`, 'typescript'), 'code');
	});
});
