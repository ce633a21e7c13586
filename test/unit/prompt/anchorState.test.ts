import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
	followAnchor,
	followSuffix,
	isSuffixStale,
	isStale,
	setAnchor,
	type CursorText,
	type Rest,
} from '../../../src/core/prompt/anchorState';
import { atCursor } from '../../support/cursor';

function at(marked: string, path = 'a.ts'): CursorText {
	const { prefix, suffix } = atCursor(marked);
	return { path, prefix, suffix };
}

/** From one place to the next: what was typed since the anchor, or `anew` where it was set again. */
function follow(from: CursorText, to: CursorText): string {
	const { anchor } = setAnchor(from);
	const next = followAnchor(anchor, to);
	return next.anchor === anchor ? next.typed : 'anew';
}

describe('setAnchor', () => {
	const cases: readonly { name: string; marked: string; before: string; typed: string }[] = [
		{ name: 'takes the start of the line', marked: 'a;\n\tlet b‸\nc', before: 'a;\n', typed: '\tlet b' },
		{ name: 'takes the start of the line in front of closers', marked: 'f(a‸);\nc', before: '', typed: 'f(a' },
		{ name: 'takes the cursor in front of other text', marked: 'a;\nf(‸b)', before: 'a;\nf(', typed: '' },
		{ name: 'takes the start of an empty file', marked: '‸', before: '', typed: '' },
	];
	for (const { name, marked, before, typed } of cases) {
		it(name, () => {
			const set = setAnchor(at(marked));
			assert.deepEqual([set.anchor.before, set.typed, set.anchor.after], [before, typed, at(marked).suffix]);
		});
	}

	it('takes the cursor in a line of uncommon length', () => {
		assert.equal(setAnchor(at(`a\n${'x'.repeat(2000)}‸`)).typed, '');
	});
});

describe('followAnchor', () => {
	const cases: readonly { name: string; from: string; to: string; typed: string }[] = [
		{ name: 'follows typing', from: 'a;\nle‸\nc', to: 'a;\nlet b‸\nc', typed: 'let b' },
		{ name: 'follows taking back', from: 'a;\nlet b‸\nc', to: 'a;\nl‸\nc', typed: 'l' },
		{ name: 'follows over line ends', from: 'a;\nb {‸\nc', to: 'a;\nb {\n\td;\n\t‸\nc', typed: 'b {\n\td;\n\t' },
		{ name: 'follows while the editor closes brackets', from: 'a;\nf‸\nc', to: 'a;\nf({‸})\nc', typed: 'f({' },
		{
			name: 'follows into a block that the editor closed',
			from: 'a;\nif {‸\nc',
			to: 'a;\nif {\n\t‸\n}\nc',
			typed: 'if {\n\t',
		},
		{ name: 'follows typing within a line', from: 'a;\nf(‸b)\nc', to: 'a;\nf(x, ‸b)\nc', typed: 'x, ' },
		{ name: 'sets it anew when the line before is joined', from: 'a;\nlet b‸\nc', to: 'a;‸\nc', typed: 'anew' },
		{ name: 'sets it anew after an edit before it', from: 'a;\nlet b‸\nc', to: 'aa;\nlet b‸\nc', typed: 'anew' },
		{ name: 'sets it anew after a jump down', from: 'a;\n‸\nc\nd', to: 'a;\n\nc‸\nd', typed: 'anew' },
		{ name: 'sets it anew after a jump up', from: 'a;\nb\nc‸\nd', to: 'a;‸\nb\nc\nd', typed: 'anew' },
		{
			name: 'sets it anew when the cursor goes back in its line',
			from: 'a;\nlet b‸\nc',
			to: 'a;\nlet‸ b\nc',
			typed: 'anew',
		},
		{ name: 'sets it anew when another line follows', from: 'a;\nb‸\nc', to: 'a;\nb‸\nother\nc', typed: 'anew' },
	];
	for (const { name, from, to, typed } of cases) {
		it(name, () => {
			assert.equal(follow(at(from), at(to)), typed);
		});
	}

	it('sets it anew in another file', () => {
		assert.equal(follow(at('a‸', 'a.ts'), at('a‸', 'b.ts')), 'anew');
	});

	it('sets it anew at the next line once much was typed, and in a line once very much was', () => {
		const typed = (text: string): string => follow(at('a;\n‸\nc'), at(`a;\n${text}‸\nc`));
		assert.notEqual(typed('x'.repeat(700)), 'anew');
		assert.equal(typed(`${'x'.repeat(700)}\n\t`), 'anew');
		assert.equal(typed('x'.repeat(1100)), 'anew');
		assert.notEqual(typed('x\n'.repeat(200)), 'anew');
	});

	it('follows when the window of a long file begins later than before', () => {
		const long = Array.from({ length: 300 }, (_, index) => `line ${index};\n`).join('');
		const from = { path: 'a.ts', prefix: `${long}let `, suffix: '\nc' };
		const to = { ...from, prefix: `${long.slice(long.indexOf('line 64;'))}let b` };
		assert.equal(follow(from, to), 'let b');
	});

	it('never loses or invents text: what stands before the anchor and what was typed end as the document does', () => {
		const text = fc.array(fc.constantFrom('a', 'b', ' ', '\n', '(', ')', '}', '\t'), { maxLength: 12 });
		const places = fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 8 });
		fc.assert(
			fc.property(places, steps => {
				let anchor: ReturnType<typeof setAnchor>['anchor'] | undefined;
				for (const [before, after] of steps) {
					const now = { path: 'a.ts', prefix: before.join(''), suffix: after.join('') };
					const next = followAnchor(anchor, now);
					// Longer where the window of the document begins later than at the anchor: `a⏎‸`, then `⏎‸`.
					assert.ok((next.anchor.before + next.typed).endsWith(now.prefix), JSON.stringify([anchor, now]));
					anchor = next.anchor;
				}
			}),
		);
	});
});

describe('followSuffix', () => {
	it('keeps the text after the cursor while it is true, wherever the cursor is', () => {
		const first = followSuffix(undefined, at('a‸\nc'));
		assert.equal(followSuffix(first, at('a(‸)\nc')), first);
		assert.equal(followSuffix(first, at('other‸\nc')), first);
		assert.equal(followSuffix(first, at('a‸ b\nc')).after, ' b\nc');
		assert.notEqual(followSuffix(first, at('a‸\nc', 'b.ts')), first);
	});
});

describe('isStale', () => {
	const long = 'x = 1;\n'.repeat(100);
	const cases: readonly { name: string; from: string; to: string; rest: Rest | undefined; isOld: boolean }[] = [
		{ name: 'not while typing', from: 'a\n‸', to: `a\n${long}‸`, rest: undefined, isOld: false },
		{ name: 'where much was typed', from: 'a\n‸', to: `a\n${long}‸`, rest: 'short', isOld: true },
		{ name: 'in a new file where much was typed', from: '‸', to: `${long}‸`, rest: 'short', isOld: true },
		{ name: 'not where little was typed', from: 'a\n‸', to: 'a\nx = 1;\n‸', rest: 'short', isOld: false },
		{ name: 'not for a closer, in a short rest', from: 'a\n‸\n', to: 'a\nf(‸)\n', rest: 'short', isOld: false },
		{ name: 'for a closer, in a long one', from: 'a\n‸\n', to: 'a\nf(‸)\n', rest: 'long', isOld: true },
		{ name: 'not where all is as it was', from: 'a\n‸\n', to: 'a\nf‸\n', rest: 'long', isOld: false },
	];
	for (const { name, from, to, rest, isOld } of cases) {
		it(name, () => {
			const { anchor } = setAnchor(at(from));
			assert.equal(isStale(anchor, at(to), rest), isOld);
		});
	}

	it('never says so of another file: there the anchor is set anew anyway', () => {
		const { anchor } = setAnchor(at('‸'));
		assert.equal(isStale(anchor, at(`${long}‸`, 'b.ts'), 'long'), false);
		assert.equal(isStale(undefined, at('‸'), 'long'), false);
	});

	it('looks at nothing but the text after the cursor where that comes first', () => {
		const anchor = followSuffix(undefined, at('‸'));
		assert.equal(isSuffixStale(anchor, at(`${long}‸`), 'long'), false);
		assert.equal(isSuffixStale(anchor, at(`${long}‸)`), 'long'), true);
		assert.equal(isSuffixStale(anchor, at(`${long}‸)`), 'short'), false);
	});
});
