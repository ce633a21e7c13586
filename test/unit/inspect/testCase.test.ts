import assert from 'node:assert/strict';
import { runInThisContext } from 'node:vm';
import * as fc from 'fast-check';
import type { CompletionRecord } from '../../../src/core/inspect/outcomeLog';
import { renderTestCase, testCaseOf, type TestCase } from '../../../src/core/inspect/testCase';
import { postprocess } from '../../../src/core/postprocess/pipeline';
import { atCursor } from '../../support/cursor';
import { accepted, type Case } from '../postprocess/cases';
import { answerOf, recordedBy, recordOf, requestAt, serviceSaying } from './records';

function recordFor(at: string, says: string, stopReason = 'end-of-line'): CompletionRecord {
	const request = requestAt(at);
	const answer = { ...answerOf(says), stopReason };
	return recordOf(request, { kind: 'silence', because: 'of a test', answer, candidate: says });
}

function caseOf(record: CompletionRecord): TestCase {
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

/** As a person would: pasted into a list of cases, and run. */
function pasted(testCase: TestCase): Case {
	const [parsed] = runInThisContext(`[${renderTestCase(testCase)}]`) as [Case];
	return parsed;
}

const files = 'function f() {\n\treturn 1;\n}\n\n'.repeat(100);

describe('testCaseOf', () => {
	it('writes a case as the tests of the filters have them', async () => {
		const record = await recordedBy(serviceSaying(answerOf('a, "b\\n")')), requestAt(`${files}print(‸)\n${files}`));
		assert.equal(
			renderTestCase(caseOf(record)),
			[
				'{',
				"\tit: 'is changed by overlapRestOfLine',",
				"\tat: 'print(‸)',",
				'\tsays: \'a, "b\\\\n")\',',
				'\tbecomes: \'print(a, "b\\\\n")\',',
				"\tcontext: { stopReason: 'end-of-line' },",
				"\tfired: ['overlapRestOfLine'],",
				'},',
				'',
			].join('\n'),
		);
	});

	it('keeps as many lines as the filters need, and no more', () => {
		const { at, fired } = caseOf(recordFor(`${files}if (a) {\n\tb();\n‸\n\tc();\n}\n${files}`, 'd();\n\tc();'));
		assert.deepEqual(fired, ['cutFollowingLines']);
		assert.equal(at, '‸\n\tc();');
	});

	it('says that nothing is shown where a filter dropped it', () => {
		const testCase = caseOf(recordFor('foo(a‸);', ');'));
		assert.match(renderTestCase(testCase), /it: 'is dropped by .*dropTrivial',[^]*becomes: undefined,/);
		assert.equal(accepted(pasted(testCase)), undefined);
	});

	it('writes what was shown from memory, without a stop reason', async () => {
		const service = serviceSaying(answerOf('sole.log(x);'));
		await recordedBy(service, requestAt('con‸\n'));
		const testCase = caseOf(await recordedBy(service, requestAt('conso‸\n')));
		assert.deepEqual(
			[testCase.says, testCase.context, testCase.it],
			['le.log(x);', {}, 'is shown as the model said it'],
		);
	});

	it('names a language other than TypeScript', () => {
		const request = requestAt('x = ‸');
		const python = { ...request, document: { ...request.document, languageId: 'python' } };
		const record = recordOf(python, { kind: 'silence', because: '', candidate: '1' });
		assert.match(renderTestCase(caseOf(record)), /\tlanguage: 'python',\n/);
	});

	it('tells why there is none', () => {
		const unsure = recordOf(requestAt('a‸'), { kind: 'silence', because: 'the model is not sure enough' });
		assert.match(refusal(unsure), /before the filters/);
		assert.match(refusal(recordOf(requestAt('a‸'), { kind: 'failure', message: '' })), /before the filters/);
		const request = requestAt('x‸');
		const marked = { ...request, document: { ...request.document, prefix: "mark = '‸';\nx" } };
		const record = recordOf(marked, { kind: 'silence', because: '', candidate: "mark = '" });
		assert.equal(typeof testCaseOf(record), 'object', 'the mark is out of the window');
		const near = { ...request, document: { ...request.document, prefix: "mark = '‸" } };
		assert.match(refusal({ ...record, request: near }), /marks the cursor/);
	});

	it('writes what cannot be seen as its code', () => {
		const text = renderTestCase({
			...caseOf(recordFor('a‸', 'b')),
			says: "'\\\u202e\u200b\u0000\ud800\u2028\r\u00a0é",
		});
		assert.match(text, /says: '\\'\\\\\\u202e\\u200b\\u0000\\ud800\\u2028\\r\\u00a0é',/);
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
		const reason = fc.constantFrom('end-of-line', 'token-limit', 'low-probability');
		fc.assert(
			fc.property(code, code, code, reason, (prefix, suffix, says, stopReason) => {
				const record = recordFor(`${prefix}‸${suffix}`, says, stopReason);
				const context = { prefix, suffix, languageId: 'typescript', stopReason };
				const { shown, steps } = postprocess({ text: says, replaceAfter: 0 }, context);
				const testCase = pasted(caseOf(record));
				assert.equal(accepted(testCase), testCase.becomes);
				assert.deepEqual(
					[...(testCase.fired ?? [])],
					steps.map(({ name }) => name),
				);
				const window = atCursor(testCase.at);
				assert.ok(prefix.endsWith(window.prefix) && suffix.startsWith(window.suffix));
				const expected =
					shown === undefined ? undefined : window.prefix + shown.text + window.suffix.slice(shown.replaceAfter);
				assert.equal(testCase.becomes, expected);
			}),
			{ numRuns: 100 },
		);
	});
});
