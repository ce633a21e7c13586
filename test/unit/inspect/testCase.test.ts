import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { StopReason } from '../../../src/core/completion/stopReason';
import { linesAfter, renderGolden, type GoldenCase } from '../../../src/core/inspect/goldenCase';
import type { CompletionRecord } from '../../../src/core/inspect/outcomeLog';
import { testCaseOf } from '../../../src/core/inspect/testCase';
import { postprocess } from '../../../src/core/postprocess/pipeline';
import { parseGolden, type ReadCase } from '../postprocess/goldenFormat';
import { answerOf, recordedBy, recordOf, requestAt, serviceSaying } from './records';

function recordFor(at: string, says: string, stopReason: StopReason = 'end-of-line'): CompletionRecord {
	const request = requestAt(at);
	const answer = { ...answerOf(says), stopReason };
	return recordOf(request, { kind: 'silence', stage: 'filters', reason: 'dropTrivial', answer, candidate: says });
}

function caseOf(record: CompletionRecord): GoldenCase {
	const made = testCaseOf(record);
	assert.ok(typeof made !== 'string', 'no test case was made');
	return made;
}

/** Why there is none. */
function refusal(record: CompletionRecord): string {
	const made = testCaseOf(record);
	assert.ok(typeof made === 'string', 'a test case was made');
	return made;
}

/** As a person would: pasted into the file of its language, and read by the test. */
function pasted(testCase: GoldenCase): ReadCase {
	const [read, ...more] = parseGolden(renderGolden(testCase));
	assert.ok(read !== undefined && more.length === 0);
	return read;
}

/** The result of running the case as a test. */
function becomes(one: ReadCase, languageId = 'typescript'): string | undefined {
	const { shown } = postprocess({ text: one.says, replaceAfter: 0 }, { ...one, languageId });
	return shown === undefined ? undefined : linesAfter(shown, one);
}

const files = 'function f() {\n\treturn 1;\n}\n\n'.repeat(100);

describe('testCaseOf', () => {
	it('writes a case as the golden files have them', async () => {
		const request = requestAt(`${files}print(‸)\n${files}`, { model: 'sotto-nano' });
		const record = await recordedBy(serviceSaying(answerOf('a, "b\\n")')), request);
		assert.equal(
			renderGolden(caseOf(record)),
			[
				'# is changed by overlapRestOfLine',
				'@ src/a.ts; sotto-nano; end-of-line',
				'|print(‸)',
				'>a, "b\\n")',
				'=print(a, "b\\n")',
				'',
			].join('\n'),
		);
	});

	it('keeps as many lines as the filters need, and no more', () => {
		const { title, prefix, suffix } = caseOf(
			recordFor(`${files}if (a) {\n\tb();\n‸\n\tc();\n}\n${files}`, 'd();\n\tc();'),
		);
		assert.deepEqual([title, prefix, suffix], ['is changed by cutFollowingLines', '\tb();\n', '\n\tc();']);
	});

	it('begins with what the parser left, for a golden case runs without one', async () => {
		const says = '\n\tb();\n\t\tc();';
		const service = serviceSaying(
			{ ...answerOf(says), stopReason: 'token-limit' },
			{ open: () => () => Promise.resolve(6) },
		);
		const record = await recordedBy(service, requestAt('if (a) {‸\n}'));
		const { suggestion } = record.outcome as { readonly suggestion: GoldenCase['shown'] };
		const testCase = caseOf(record);
		assert.deepEqual([testCase.says, testCase.stopReason, testCase.shown], ['\n\tb();', 'end-of-block', suggestion]);
	});

	it('says that nothing is shown where a filter dropped it', () => {
		const testCase = caseOf(recordFor('foo(a‸);', ');'));
		assert.match(testCase.title, /^is dropped by .*dropTrivial$/);
		assert.deepEqual([pasted(testCase).becomes, becomes(pasted(testCase))], [undefined, undefined]);
	});

	it('writes what was shown from memory, without a stop reason', async () => {
		const service = serviceSaying(answerOf('sole.log(x);'));
		await recordedBy(service, requestAt('con‸\n'));
		const testCase = pasted(caseOf(await recordedBy(service, requestAt('conso‸\n'))));
		assert.deepEqual(
			[testCase.says, testCase.stopReason, testCase.title, testCase.becomes],
			['le.log(x);', undefined, 'is shown as the model wrote it', 'console.log(x);'],
		);
	});

	it('tells why there is none', () => {
		const unsure = recordOf(requestAt('a‸'), { kind: 'silence', stage: 'gate', reason: 'unsure-line' });
		assert.match(refusal(unsure), /before the filters/);
		assert.match(refusal(recordOf(requestAt('a‸'), { kind: 'failure', message: '' })), /before the filters/);
	});

	it('makes a case that, pasted and run, does what was shown, whatever the code', () => {
		const units = [
			'a',
			'b',
			' ',
			'\n',
			'\t',
			'(',
			')',
			'{',
			'}',
			"'",
			'"',
			'`',
			'\\',
			';',
			'\u200b',
			'\u202e',
			'é',
			'😀',
		];
		const code = fc.string({ unit: fc.constantFrom(...units), maxLength: 60 });
		const reason = fc.constantFrom<StopReason>('end-of-line', 'token-limit', 'low-probability');
		fc.assert(
			fc.property(code, code, code, reason, (prefix, suffix, says, stopReason) => {
				const record = recordFor(`${prefix}‸${suffix}`, says, stopReason);
				const context = { prefix, suffix, languageId: 'typescript', stopReason };
				const { shown, steps } = postprocess({ text: says, replaceAfter: 0 }, context);
				const made = caseOf(record);
				const testCase = pasted(made);
				assert.equal(becomes(testCase), testCase.becomes);
				assert.equal(testCase.becomes, shown === undefined ? undefined : linesAfter(shown, context));
				assert.ok(steps.every(({ name }) => made.title.includes(name)));
				assert.ok(prefix.endsWith(testCase.prefix) && suffix.startsWith(testCase.suffix));
			}),
			{ numRuns: 100 },
		);
	});
});
