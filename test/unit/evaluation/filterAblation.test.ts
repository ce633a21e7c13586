import assert from 'node:assert/strict';
import { autoClosed } from '../../../src/core/evaluation/autoClosed';
import { filterReports, filterRows } from '../../../src/core/evaluation/filterAblation';
import { filterTrials } from '../../../src/core/evaluation/filterTrials';
import { filters } from '../../../src/core/postprocess/pipeline';
import { recordOf } from './sources';

function trialsOf(prefix: string, said: string, hidden: string) {
	const document = { uri: 'a.ts', path: 'a.ts', languageId: 'typescript', version: 1, prefix, suffix: '\n' };
	return filterTrials({ text: said, stopReason: 'end-of-line' }, document, hidden);
}

describe('what the editor closes', () => {
	for (const [before, hidden, expected] of [
		['foo(bar(', 'a, b), c);', '))'],
		['x = "', 'a" + b;', '"'],
		["import { a } from '", "./a';", "'"],
		['call(`', 'a ${b}`, c);', '`)'],
		['const a = [', '', ''],
		['if (a) {', '\n\tb();', ''],
		['return ', 'f(a) ? "(" : b;', ''],
	] as const) {
		it(`behind ${before} is ${expected === '' ? 'nothing' : expected}, where ${JSON.stringify(hidden)} was written`, () => {
			assert.equal(autoClosed(before, hidden, 'typescript'), expected);
		});
	}
});

describe('the trials of the filters', () => {
	it('say what comes out with all filters and without each that fired', () => {
		const [open] = trialsOf('const a = f(', 'b);  ', 'b);');
		assert.deepEqual(Object.keys(open?.without ?? {}), ['trimTrailingSpace']);
		assert.ok(open?.all.isExactLine);
	});

	it('look at the line that the editor would have, closers and all', () => {
		const [open, closed] = trialsOf('f(a, g(', 'b));', 'b));');
		assert.deepEqual([open?.situation, closed?.situation], ['open', 'closed']);
		assert.ok(closed?.all.isExactLine && !closed.all.isUnbalanced);
		// The overlapping text would close too much, and `keepBalance` lets none of it through.
		assert.deepEqual(closed.without['overlapRestOfLine'], {
			isShown: false,
			isExactLine: false,
			isRight: false,
			isUnbalanced: false,
		});
	});

	it('count silence as nothing shown', () => {
		const [open] = trialsOf('a();', '\u200b', '');
		assert.equal(open?.all.isShown, false);
		assert.equal(open.without['stripInvisible']?.isShown, true);
	});
});

describe('the report of the filters', () => {
	const good = recordOf('b);', 'b);', { filters: trialsOf('const a = f(', 'b);  ', 'b);') });
	const looping = recordOf('', 'x;', { filters: trialsOf('', 'next(i);\nnext(i);\nnext(i);', 'next(i);') });
	const reports = filterReports([good, looping, recordOf('', '', { predictor: 'n-gram cache' })]);
	const find = (filter: string, situation = 'open') =>
		reports.find(one => one.filter === filter && one.situation === situation);

	it('counts how often each fired and decided, of all positions', () => {
		assert.deepEqual(
			[find('trimTrailingSpace')?.fired, find('trimTrailingSpace')?.decided, find('cutRepetition')?.fired],
			[0.5, 0, 0.5],
		);
		assert.equal(find('')?.positions, 2);
	});

	it('has every filter, fired or not, and the difference it makes', () => {
		assert.equal(reports.filter(({ situation }) => situation === 'open').length, filters.length + 1);
		assert.deepEqual(find('cutRepetition')?.right, { with: 1, without: 0.5 });
		const row = filterRows(reports).find(cells => cells[2] === 'cutRepetition');
		assert.deepEqual(row?.slice(0, 2), ['none', 'nothing']);
		assert.ok(row.includes('50.0 % → 100.0 %'), row.join());
	});
});
