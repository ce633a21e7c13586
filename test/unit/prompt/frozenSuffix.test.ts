import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { hasTextRight, isSuffixStillValid } from '../../../src/core/prompt/frozenSuffix';

const lines = Array.from({ length: 200 }, (_, index) => `\tconst line${index} = ${index};\n`).join('');
const rest = `\n${lines}`;

describe('isSuffixStillValid', () => {
	const cases: readonly { name: string; frozen: string; now: string; is: boolean }[] = [
		{ name: 'keeps the same text', frozen: rest, now: rest, is: true },
		{ name: 'keeps an empty text', frozen: '', now: '', is: true },
		{ name: 'lacks a bracket that was closed', frozen: rest, now: `)${rest}`, is: true },
		{ name: 'lacks several', frozen: rest, now: `"});${rest}`, is: true },
		{ name: 'lacks a brace that went to the next line', frozen: rest, now: `\n\t}${rest}`, is: true },
		{ name: 'lacks a bracket at the end of the file', frozen: '', now: ')', is: true },
		{ name: 'shows no bracket that is gone', frozen: `)${rest}`, now: rest, is: false },
		{ name: 'shows a word right behind the cursor', frozen: rest, now: `word${rest}`, is: false },
		{ name: 'shows a word behind closed brackets', frozen: rest, now: `) word${rest}`, is: false },
		{ name: 'shows text at the end of the file', frozen: '', now: 'word', is: false },
		{ name: 'shows no line that is gone', frozen: rest, now: rest.slice(rest.indexOf('\n', 1)), is: false },
		{ name: 'lacks no line right below', frozen: rest, now: `\n\tcall();${rest}`, is: false },
		{ name: 'knows no more brackets than an editor closes', frozen: rest, now: `${')'.repeat(65)}${rest}`, is: false },
		{
			name: 'keeps what differs a little further down',
			frozen: rest,
			now: rest.replace('line20', 'line20More'),
			is: true,
		},
		{ name: 'sees a change in the lines below', frozen: rest, now: rest.replace('line1', 'line1More'), is: false },
		{
			name: 'sees that much differs further down',
			frozen: rest,
			now: rest.replaceAll(/line(?:[2-9]\d) = /g, 'other = '),
			is: false,
		},
		{
			name: 'does not look at what never reaches the prompt',
			frozen: rest,
			now: rest.replaceAll(/line1[5-9]\d/g, 'other'),
			is: true,
		},
	];
	for (const { name, frozen, now, is } of cases) {
		it(name, () => {
			assert.equal(isSuffixStillValid(frozen, now), is);
		});
	}

	it('never takes a text for true that lacks a word in the three lines below the cursor', () => {
		const some = fc.array(fc.constantFrom('a', ')', '}', '\n', ' ', ';', 'word', '"'), { maxLength: 40 });
		const text = some.map(parts => parts.join(''));
		fc.assert(
			fc.property(text, text, (frozen, now) => {
				if (isSuffixStillValid(frozen, now)) {
					const words = (of: string): string[] => of.split('\n', 3).join('\n').match(/\w+/g) ?? [];
					const known = frozen.match(/\w+/g) ?? [];
					assert.deepEqual(words(now), known.slice(0, words(now).length));
				}
			}),
			{ numRuns: 2000 },
		);
	});
});

describe('hasTextRight', () => {
	for (const [suffix, is] of [
		['', false],
		['\nword', false],
		['); \nword', false],
		['"])}\n', false],
		[' word', true],
		[') + 1', true],
		[')word', true],
	] as const) {
		it(`says ${is} of ${JSON.stringify(suffix)}`, () => {
			assert.equal(hasTextRight(suffix), is);
		});
	}
});
