import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { placeOf, restOf, typedSince } from '../../../src/core/completion/suggestionPlace';
import type { DocumentSnapshot } from '../../../src/core/text/documentSnapshot';
import { atCursor } from '../../support/cursor';

function at(text: string, uri = 'file:///a.ts'): DocumentSnapshot {
	return { uri, path: 'a.ts', languageId: 'typescript', version: 1, ...atCursor(text) };
}

const long = 'const value = compute();\n'.repeat(40);

describe('restOf', () => {
	it('finds what was not typed yet, in a long file too', () => {
		const place = placeOf(at(`${long}con‸\n${long}`));
		assert.equal(restOf(place, 'sole.log();', at(`${long}consol‸\n${long}`)), 'e.log();');
		assert.equal(restOf(place, 'sole.log();', at(`${long}conx‸\n${long}`)), undefined);
	});

	it('finds the place behind text that repeats it', () => {
		const many = 'a'.repeat(300);
		assert.equal(restOf(placeOf(at(`${many}‸`)), 'aab', at(`${many}aa‸`)), 'aab');
		assert.equal(restOf(placeOf(at(`${many}‸`)), 'abab', at(`${many}ab‸`)), 'ab');
	});

	it('is never empty', () => {
		assert.equal(restOf(placeOf(at('a‸')), 'b', at('ab‸')), undefined);
		assert.equal(restOf(placeOf(at('a‸')), '', at('a‸')), undefined);
		assert.equal(restOf(placeOf(at('‸')), 'b', at('‸')), 'b');
	});

	it('agrees with what was typed and with nothing else, whatever it is', () => {
		const code = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 8 });
		const head = fc.constantFrom('', 'a'.repeat(300));
		fc.assert(
			fc.property(head, code, code, code, code, (above, before, text, after, now) => {
				const place = placeOf(at(`${above}${before}‸${after}`));
				const rests = Array.from(text, (_, typed) => typed)
					.filter(typed => (above + now).endsWith(place.before + text.slice(0, typed)))
					.filter(typed => above !== '' || now.length === before.length + typed)
					.map(typed => text.slice(typed));
				assert.equal(restOf(place, text, at(`${above}${now}‸${after}`)), rests[0]);
			}),
			{ numRuns: 1000 },
		);
	});

	it('does not take the end of a file for its beginning: what was said of an empty file is not said again', () => {
		assert.equal(restOf(placeOf(at('‸')), 'import', at('const a = 1;\n‸')), undefined);
		assert.equal(restOf(placeOf(at('a‸')), 'b', at('// a\na‸')), undefined);
	});
});

describe('typedSince', () => {
	const cases: readonly { name: string; asked: string; now: string; typed: string | undefined }[] = [
		{ name: 'nothing at the place itself', asked: 'a = ‸;', now: 'a = ‸;', typed: '' },
		{ name: 'what was typed', asked: 'a = ‸;', now: 'a = foo‸;', typed: 'foo' },
		{ name: 'what was typed, with a bracket that the editor closed', asked: 'a‸;', now: 'a(b‸);', typed: '(b' },
		{ name: 'lines', asked: `${long}‸`, now: `${long}a();\nb‸`, typed: 'a();\nb' },
		{
			name: 'nothing to say of a line at the end of a file with text below it now',
			asked: 'f();‸',
			now: 'f();\n‸g();',
			typed: undefined,
		},
		{ name: 'Enter between brackets', asked: 'f({‸})', now: 'f({\n\t‸\n})', typed: '\n\t' },
		{ name: 'nothing to say with a closer less', asked: 'f({‸})', now: 'f({\n\t‸\n)', typed: undefined },
		{
			name: 'nothing to say of a bracket on the next line without Enter',
			asked: 'f(‸)',
			now: 'f(a‸\n)',
			typed: undefined,
		},
		{ name: 'all from the start of a file', asked: '‸', now: 'abc‸', typed: 'abc' },
		{ name: 'nothing to say elsewhere', asked: 'a = ‸\nb\n', now: 'a = \nb‸\n', typed: undefined },
		{ name: 'nothing to say before the place', asked: 'abc‸', now: 'ab‸', typed: undefined },
		{ name: 'nothing to say when the start has changed', asked: 'abc‸', now: 'xabcd‸', typed: undefined },
		{ name: 'nothing to say far from it', asked: 'a‸', now: `a${long.repeat(2)}‸`, typed: undefined },
	];
	for (const { name, asked, now, typed } of cases) {
		it(`tells ${name}`, () => {
			assert.equal(typedSince(placeOf(at(asked)), at(now)), typed);
		});
	}

	it('keeps documents apart', () => {
		assert.equal(typedSince(placeOf(at('a‸')), at('ab‸', 'file:///b.ts')), undefined);
	});
});
