import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { postprocess } from '../../../src/core/postprocess/pipeline';
import { linesAfter, parseGolden, renderGolden, type GoldenCase } from './goldenFormat';

const folder = join(import.meta.dirname, 'golden');
const files = readdirSync(folder).filter(name => name.endsWith('.txt'));
const casesOf = (name: string): readonly GoldenCase[] => parseGolden(readFileSync(join(folder, name), 'utf8'));

/** The lines that the pipeline leaves in place of the cursor's line. */
function becomes(one: GoldenCase, languageId: string): string | undefined {
	const context = { ...one, languageId };
	const { shown } = postprocess({ text: one.says, replaceAfter: 0 }, context);
	return shown === undefined ? undefined : linesAfter(shown, context);
}

describe('what models really said', () => {
	for (const name of files) {
		it(`becomes what is right, in ${name}`, () => {
			const cases = casesOf(name);
			const place = (one: GoldenCase): string =>
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
		stopReason: 'end-of-line',
		prefix: 'f(\n\t',
		suffix: '  \n)',
		says: 'a,  \n\tb',
	};

	it('reads what it writes, white space at the end of a line too', () => {
		const text = renderGolden({ ...one, shown: { text: 'a,\n\tb', replaceAfter: 2 } });
		assert.deepEqual(parseGolden(`${text}\n${renderGolden({ ...one, shown: undefined })}`), [
			{ ...one, becomes: '\ta,\n\tb' },
			{ ...one, becomes: undefined },
		]);
	});

	it('names a case that is not written as it wants', () => {
		assert.throws(() => parseGolden('# what\n@ a; b\n|‸\n>x\n'), /second line of "what"/);
		assert.throws(() => parseGolden('# what\n@ a; b; c\n|x\n>x\n'), /"what" needs a document/);
	});
});
