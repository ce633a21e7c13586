import assert from 'node:assert/strict';
import { openAtEnd, scanMarks } from '../../../src/core/postprocess/scanMarks';

/** The marks of a text, one character each. */
function marks(text: string, languageId = 'typescript', open = ''): string {
	return scanMarks(text, languageId, open)
		.map(({ character }) => character)
		.join(' ');
}

describe('the marks of code', () => {
	const cases: readonly (readonly [text: string, marks: string, language?: string])[] = [
		['f(a[0], {})', '( [ ] , { } )'],
		['a = ")"; // (', '= " " ;'],
		['/* ( */ [1]', '[ ]'],
		['`a ${b ? `)` : "}"} (`(', '` { ? ` ` : " " } ` ('],
		['`a \\${ ${b(} ( ${[c]}` (', '` { ( } { [ ] } ` ('],
		['`a ${ (` (', '` ` (', 'go'],
		['`${a}` + `${{ b: `x` }}`', '` { } ` + ` { { : ` ` } } `'],
		['`${a ', '` {'],
		["it's ( don't", "' ( '"],
		["f'{x}' + rb'('", "' ' + ' '", 'python'],
		['a = """one ( "two" it\'s\n)"""', '= """ """', 'python'],
		["'''(''' + (", "''' ''' + (", 'python'],
		['a //= (2) # )', '/ / = ( )', 'python'],
		['/\\(["/]+/.test(x)', '. ( )'],
		['a / b / (c)', '/ / ( )'],
		['return /[)]/;', ';'],
		['<br /> </p> (', '< / > < / > ('],
		["fn f<'a>(x: &'a str) { 'x' == '\\n' }", "< ' > ( : & ' ) { ' ' = = ' ' }", 'rust'],
		['let x: &\'static str = "(";', ': & \' = " " ;', 'rust'],
		['<!-- don\'t ( --><b class="x">', '< = " " >', 'html'],
		['-- (\nreturn {', '{', 'lua'],
		['rm dir/* (', '/ * (', 'shellscript'],
		['"a\\"(" (', '" " ('],
		['"never ends (', '" ('],
	];
	for (const [text, expected, language] of cases) {
		it(`of ${JSON.stringify(text)} in ${language ?? 'typescript'}`, () => {
			assert.equal(marks(text, language), expected);
		});
	}

	it('begin where the string or comment ends in which the text begins', () => {
		assert.equal(marks('a) " + (', 'typescript', '"'), '" + (');
		assert.equal(marks('a) it\'s\n(" " {', 'typescript', '"'), '( " " {');
		assert.equal(marks('doc (\n""" (', 'python', '"""'), '""" (');
		assert.equal(marks('why (\nf()', 'typescript', '//'), '( )');
		assert.equal(marks('why (\n * ) */ f()', 'typescript', '/*'), '( )');
		assert.equal(marks('b}` [', 'typescript', '`'), '` [');
	});
});

describe('what is open at the end', () => {
	const cases: readonly (readonly [text: string, open: string, language?: string])[] = [
		['f(a', ''],
		['x = "a', '"'],
		['x = "a\ny', ''],
		['x = `a', '`'],
		['x = `a\nb', '`'],
		['x = `a ${b', ''],
		['x = `a ${b} c', '`'],
		['f(); // why', '//'],
		['f(); // why\n', ''],
		['/** what\n * it', '/*'],
		['def f():\n    """What\n    it', '"""', 'python'],
		['def f():\n    """What."""\n    ', '', 'python'],
		['x = 1  # why', '#', 'python'],
		["it's ", ''],
	];
	for (const [text, open, language] of cases) {
		it(`of ${JSON.stringify(text)} is ${JSON.stringify(open)}`, () => {
			assert.equal(openAtEnd(text, language ?? 'typescript'), open);
		});
	}

	it('takes templates nested as deep as anybody likes', () => {
		const nested = '`${'.repeat(50_000);
		assert.ok(scanMarks(nested, 'typescript').length > 0);
	});
});
