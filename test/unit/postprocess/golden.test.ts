import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { linesAfter, renderGolden } from '../../../src/core/inspect/goldenCase';
import { postprocess } from '../../../src/core/postprocess/pipeline';
import { parseGolden, type ReadCase } from './goldenFormat';

const folder = join(import.meta.dirname, 'golden');
const files = readdirSync(folder).filter(name => name.endsWith('.txt'));
const casesOf = (name: string): readonly ReadCase[] => parseGolden(readFileSync(join(folder, name), 'utf8'));

/** The lines that the pipeline leaves in place of the cursor's line. */
function becomes(one: ReadCase, languageId: string): string | undefined {
	const context = { ...one, languageId };
	const { shown } = postprocess({ text: one.says, replaceAfter: 0 }, context);
	return shown === undefined ? undefined : linesAfter(shown, context);
}

describe('what models really said', () => {
	for (const name of files) {
		it(`becomes what is right, in ${name}`, () => {
			const cases = casesOf(name);
			const place = (one: ReadCase): string =>
				`${one.title}\n${one.source}\n${one.prefix}‸${one.suffix}\n> ${one.says}`;
			assert.deepEqual(
				cases.map(one => [place(one), becomes(one, name.replace('.txt', ''))]),
				cases.map(one => [place(one), one.becomes]),
			);
		});
	}

	it('is at least a hundred and fifty cases, none of them twice', () => {
		const cases = files.flatMap(name => casesOf(name).map(({ prefix, suffix, says }) => prefix + suffix + says));
		assert.ok(cases.length >= 150, String(cases.length));
		assert.equal(new Set(cases).size, cases.length);
	});
});

describe('the golden format', () => {
	const one = {
		title: 'ends before the closer',
		source: 'a 1.0 b.ts',
		model: 'm',
		stopReason: 'end-of-line' as const,
		prefix: 'f(\n\t',
		suffix: '  \n)',
		says: 'a,  \n\tb',
	};

	it('marks white space at the end of a line, and writes what nobody can see as its code', () => {
		const text = renderGolden({ ...one, prefix: 'f(\u200b ', shown: { text: 'a, ¶', replaceAfter: 2 } });
		assert.equal(
			text,
			[
				'# ends before the closer',
				'@ a 1.0 b.ts; m; end-of-line',
				'|f(⟨U+200B⟩ ‸  ¶',
				'|)',
				'>a,  ¶',
				'>\tb',
				'=f(⟨U+200B⟩ a, ¶¶',
				'',
			].join('\n'),
		);
	});

	it('reads what was written, whatever the code', () => {
		const unit = fc.constantFrom(
			...['a', ' ', '\t', '\n', '\r', '\0', '¶', '‸', '|', '>', '=', '# ', '@ ', ';', '\u202e', '\ud83d', '\ude00'],
			...['⟨', 'U+', '200B⟩', '\u2028', '\u00a0', '😀'],
		);
		const code = fc.string({ unit, maxLength: 20 });
		const shown = fc.option(fc.record({ text: code, replaceAfter: fc.nat(3) }), { nil: undefined });
		const reason = fc.constantFrom('end-of-line', undefined);
		const cases = fc.record({
			...{ title: code, source: code, model: code, stopReason: reason, prefix: code, suffix: code, says: code, shown },
		});
		fc.assert(
			fc.property(cases, cases, (first, second) => {
				const read = parseGolden(`${renderGolden(first)}\n${renderGolden(second)}`);
				const expected = [first, second].map(({ shown: item, ...rest }) => ({
					...rest,
					becomes: item === undefined ? undefined : linesAfter(item, rest),
				}));
				assert.deepEqual(read, expected);
			}),
			{ numRuns: 300 },
		);
	});

	it('names a case that is not written as it wants', () => {
		assert.throws(() => parseGolden('# what\n@ a; b\n|‸\n>x\n'), /second line of "what"/);
		assert.throws(() => parseGolden('# what\n@ a; b; c\n|x\n>x\n'), /"what" needs a document/);
	});
});
