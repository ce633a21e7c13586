import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { linedText, textBetween, windowEnd, windowStart, type LinedText } from '../../../src/core/text/documentWindow';

/** The window of a text of these lines, and how many lines were looked at. */
function windowOf(lines: readonly string[], line: number, character: number) {
	const text = linedText(lines);
	let looked = 0;
	const counted: LinedText = {
		lineCount: text.lineCount,
		lineAt: index => {
			looked++;
			return text.lineAt(index);
		},
	};
	const cursor = { line, character };
	const [from, to] = [windowStart(counted, cursor), windowEnd(counted, cursor)];
	return {
		from,
		to,
		looked,
		prefix: textBetween(text, from, cursor),
		suffix: textBetween(text, cursor, to),
	};
}

describe('the window of a document', () => {
	it('is all of a short one', () => {
		const { prefix, suffix } = windowOf(['a', 'bc', ''], 1, 1);
		assert.deepEqual([prefix, suffix], ['a\nb', 'c\n']);
	});

	for (const length of [256_000, 1_000_000, 20_000_000]) {
		it(`is 64 000 characters of one line of ${length}`, () => {
			const { prefix, suffix, looked } = windowOf(['x'.repeat(length)], 0, length / 2);
			assert.deepEqual([prefix.length, suffix.length], [48_000, 16_000]);
			assert.ok(looked < 5);
		});
	}

	it('is bounded in a document of many lines, and looks at no more of them', () => {
		const lines = Array.from({ length: 200_000 }, (_, index) => `line ${index}`);
		const { from, to, looked } = windowOf(lines, 100_000, 0);
		assert.ok(100_000 - from.line >= 512 && 100_000 - from.line < 512 + 64);
		assert.equal(to.line, 100_256);
		assert.ok(looked < 1000);
	});

	it('cuts no character in two', () => {
		const line = `x${'😀'.repeat(50_000)}`;
		for (const character of [60_001, 60_003]) {
			const { prefix, suffix } = windowOf([line], 0, character);
			assert.doesNotMatch(prefix + suffix, /[\ud800-\udfff]/u, 'half a character');
		}
	});

	it('joins, with what is before and behind it, to the whole text', () => {
		const line = fc.string({ maxLength: 30 }).map(text => text.replace(/[\r\n]/g, ''));
		const place = fc.tuple(fc.array(line, { minLength: 1, maxLength: 900 }), fc.nat(), fc.nat());
		fc.assert(
			fc.property(place, ([lines, at, column]) => {
				const cursorLine = at % lines.length;
				const character = column % ((lines[cursorLine]?.length ?? 0) + 1);
				const { from, to, prefix, suffix } = windowOf(lines, cursorLine, character);
				const text = linedText(lines);
				const end = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
				const before = textBetween(text, { line: 0, character: 0 }, from);
				assert.equal(before + prefix + suffix + textBetween(text, to, end), lines.join('\n'));
			}),
			{ numRuns: 50 },
		);
	});
});
