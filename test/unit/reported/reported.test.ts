import assert from 'node:assert/strict';
import { parserScope } from './parserScope';
import { accepted, casesOf, outcomeOf, reportedFiles, type ReportedCase } from './reportedCases';

const scope = parserScope();

function check(one: ReportedCase): void {
	it(`${one.name} (${one.language})`, async () => {
		const outcome = await outcomeOf(one, scope);
		const why = outcome.kind === 'silence' ? `${outcome.stage}/${outcome.reason}` : outcome.suggestion.text;
		assert.equal(accepted(one, outcome), one.wanted, why);
	});
}

describe('what users of such tools report', () => {
	for (const file of reportedFiles) {
		const cases = casesOf(file);
		for (const kind of new Set(cases.map(one => one.kind))) {
			describe(kind, () => {
				for (const one of cases.filter(each => each.kind === kind)) {
					check(one);
				}
			});
		}
	}
});
