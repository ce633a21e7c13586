import assert from 'node:assert/strict';
import fc from 'fast-check';
import { blankTexts, calledNames, firstName } from '../../../src/core/explain/calledNames';

const names = (code: string, languageId = 'typescript', limit?: number) =>
	calledNames(code, languageId, limit).map(({ name }) => name);

describe('calledNames', () => {
	const cases: readonly (readonly [string, string, string, readonly string[]])[] = [
		['calls', 'typescript', 'a(b(1), c.d(2))', ['a', 'b', 'd']],
		['constructors', 'typescript', 'new Cart(1)', ['Cart']],
		['calls with type arguments', 'typescript', 'first<string, number>(x)', ['first']],
		['optional calls', 'typescript', 'run?.(x)', ['run']],
		['each name once', 'typescript', 'a(a(a()))', ['a']],
		['no keywords', 'typescript', 'if (a) { while (b()) { return (c); } }', ['b']],
		['no declared function', 'typescript', 'function total(items) { return sum(items); }', ['sum']],
		['no declared generator', 'typescript', 'function* all() { yield next(); }', ['next']],
		['no calls in strings', 'typescript', `f("g(1)", 'h(2)', \`i(3)\`)`, ['f']],
		['no calls in comments', 'typescript', '// g(1)\n/* h(2) */ f()', ['f']],
		['python', 'python', 'def total(xs):\n    # g(1)\n    """h(2)"""\n    return sum(xs)', ['sum']],
		['python classes', 'python', 'class Cart(Base):\n    x = list()', ['list']],
		['division in python, which is no comment', 'python', 'a // b(1)', ['b']],
		[
			'rust macros and paths',
			'rust',
			'fn main() { println!("a(b)"); std::mem::swap(&mut a, b); }',
			['println', 'swap'],
		],
		['rust lifetimes', 'rust', "fn f<'a>(x: &'a str) { g(x) }", ['g']],
		['go', 'go', 'func (c *Cart) Total() int { return sum(c.items) }', ['Total', 'sum']],
		['lua', 'lua', '-- g(1)\nprint(h(2))', ['print', 'h']],
		['components', 'typescriptreact', '<Cart items={all()} />', ['Cart', 'all']],
		['no components elsewhere', 'typescript', 'a <Cart', []],
		['names in other scripts', 'typescript', 'überprüfe(名前(1))', ['überprüfe', '名前']],
		['nothing in an unclosed string at the end', 'typescript', 'f(); /* g(', ['f']],
		['nothing in nothing', 'typescript', '', []],
	];
	for (const [what, languageId, code, expected] of cases) {
		it(`finds ${what}`, () => {
			assert.deepEqual(names(code, languageId), expected);
		});
	}

	it('stops at the limit', () => {
		assert.deepEqual(names('a() + b() + c()', 'typescript', 2), ['a', 'b']);
	});

	it('tells where each name stands', () => {
		const code = 'x = "a(" + sum(1)';
		const [found] = calledNames(code, 'typescript');
		assert.deepEqual(found, { name: 'sum', offset: code.indexOf('sum') });
	});

	it('points at the name it reports, whatever the text', () => {
		const piece = fc.constantFrom(
			'a',
			'foo',
			'(',
			')',
			'"',
			"'",
			'`',
			'//',
			'/*',
			'*/',
			'#',
			'\n',
			' ',
			'<',
			'>',
			'!',
			'é',
		);
		fc.assert(
			fc.property(fc.array(piece), fc.constantFrom('typescript', 'python', 'rust', 'lua'), (pieces, languageId) => {
				const code = pieces.join('');
				for (const { name, offset } of calledNames(code, languageId)) {
					assert.equal(code.slice(offset, offset + name.length), name);
				}
			}),
		);
	});

	for (const [what, code] of [
		['one endless word', 'a'.repeat(20_000)],
		['brackets only', '('.repeat(20_000)],
		['quotes only', `"'\``.repeat(7000)],
		['angles only', 'a<'.repeat(10_000)],
		['comment starts only', '/*'.repeat(10_000)],
	] as const) {
		it(`comes back from ${what}`, () => {
			assert.deepEqual(names(code), []);
		});
	}
});

describe('blankTexts', () => {
	it('keeps every other character and line where it was', () => {
		assert.equal(blankTexts('a "b" // c\nd', 'typescript'), `a${' '.repeat(9)}\nd`);
	});
});

describe('firstName', () => {
	for (const [code, name] of [
		['return total;', 'total'],
		['// a\n"b" + c', 'c'],
		['1 + 2', undefined],
	] as const) {
		it(`of ${JSON.stringify(code)} is ${name ?? 'nothing'}`, () => {
			assert.equal(firstName(code, 'typescript')?.name, name);
		});
	}
});
