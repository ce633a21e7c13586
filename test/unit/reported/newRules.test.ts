import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isSubsequence } from '../../../src/core/postprocess/keepUserText';
import { imbalance } from '../../../src/core/postprocess/balance';
import { filters, postprocess } from '../../../src/core/postprocess/pipeline';
import { atCursor } from '../../support/cursor';
import { situation } from '../postprocess/situations';
import { casesOf, reportedFiles } from './reportedCases';

const reported = reportedFiles.flatMap(casesOf);
const places = fc.constantFrom(...reported.map(one => ({ ...atCursor(one.at), languageId: one.language })));
const said = fc.constantFrom(...reported.map(({ says }) => says));
/** Answers of any model at any place. */
const mixed = fc.tuple(places, said, said, fc.nat(20)).map(([place, first, second, cut]) => ({
	...place,
	text: first.slice(0, Math.max(1, first.length - cut)) + second,
}));
const added = [
	...['cutRepeatedStart', 'matchIndent', 'dropFragment', 'cutKnownDefinition', 'cutOpenQuote', 'cutLastComma'],
	...['cutControlTokens', 'cutFollowingLines', 'dropTrivial'],
];

describe('each rule that was made from reports', () => {
	for (const { name, filter } of filters.filter(each => added.includes(each.name))) {
		it(`does not change its own work: ${name}`, () => {
			fc.assert(
				fc.property(fc.oneof(mixed, situation), ({ text, ...place }) => {
					const context = { ...place, stopReason: undefined };
					const once = filter({ text: text.replaceAll('\r', ''), replaceAfter: 0 }, context);
					const twice = once === undefined ? undefined : filter(once, context);
					assert.deepEqual(twice, once);
				}),
				{ numRuns: 1500, seed: 13 },
			);
		});
	}

	it('loses no character and leaves no bracket worse, with all of them', () => {
		fc.assert(
			fc.property(mixed, ({ text, ...place }) => {
				const { shown } = postprocess({ text, replaceAfter: 0 }, place);
				if (shown === undefined) {
					return;
				}
				const { prefix, suffix, languageId } = place;
				assert.ok(isSubsequence(suffix.slice(0, shown.replaceAfter), shown.text));
				const before = imbalance(prefix + suffix, languageId);
				const after = imbalance(prefix + shown.text + suffix.slice(shown.replaceAfter), languageId);
				assert.ok(after.closers <= before.closers);
			}),
			{ numRuns: 3000 },
		);
	});
});
