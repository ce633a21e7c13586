import assert from 'node:assert/strict';
import type { CompletionRequest } from '../../../src/core/completion/completionRequest';
import { CompletionService } from '../../../src/core/completion/completionService';
import { percent } from '../../../src/core/inspect/percent';
import { whyShown } from '../../../src/core/inspect/whyShown';
import { defaultSettings, type Settings } from '../../../src/core/settings/settings';
import { noTaste, Taste } from '../../../src/core/taste/taste';
import { answerOf, recordedBy, recordOf, requestAt, serviceSaying } from './records';

function withSettings(changes: Partial<Settings>): Partial<CompletionRequest> {
	return { settings: { ...defaultSettings, ...changes } };
}

interface Case {
	readonly it: string;
	readonly at: string;
	readonly says?: ReturnType<typeof answerOf>;
	readonly more?: Partial<CompletionRequest>;
	readonly reason: RegExp;
	readonly advice?: RegExp;
}

const cases: readonly Case[] = [
	{
		it: 'that the model was sure enough, with the figures',
		at: 'con‸\n',
		says: answerOf('sole.log(x);', [0.9]),
		reason: /^This was shown because the model was sure enough: .* mean probability of 90%, and 60% is needed\.$/,
	},
	{
		it: 'that the user asked by hand',
		at: 'con‸\n',
		says: answerOf('sole.log(x);', [0.1]),
		more: { trigger: 'manual' },
		reason: /^This was shown because you asked for it: Suggest Here shows an answer however unsure/,
	},
	{
		it: 'an unsure first line',
		at: 'con‸\n',
		says: answerOf('sole.log(x);', [0.75]),
		more: withSettings({ 'completion.confidence': 'quiet' }),
		reason: /not sure enough of its first line: .* mean probability of 75%, and 80% is needed\.$/,
		advice: /Suggest Here/,
	},
	{
		it: 'a doubtful first token',
		at: 'con‸\n',
		says: answerOf('sole.log(x);', [0.002]),
		reason: /not sure enough of its first tokens: the token `"sole"` has a probability of < 1%, and 60% is needed\.$/,
		advice: /Suggest Here/,
	},
	{ it: 'an empty answer', at: 'con‸\n', says: answerOf(''), reason: /because the model had nothing to add\.$/ },
	{
		it: 'the filter that removed the text',
		at: 'foo(a‸);\n',
		says: answerOf(');'),
		reason: /because the filter overlapRestOfLine removed the text: it fits the text to/,
		advice: /Copy Last Suggestion as Test Case/,
	},
	{
		it: 'the place',
		at: 'con‸text\n',
		reason: /because the cursor is inside a word or directly before one\.$/,
		advice: /Suggest Here/,
	},
	{
		it: 'that Sotto is off',
		at: 'con‸\n',
		more: withSettings({ enabled: false }),
		reason: /because Sotto is turned off for this language or workspace\.$/,
		advice: /sotto\.enabled/,
	},
	{
		it: 'that it is off rather than snoozed',
		at: 'con‸\n',
		more: { isSnoozed: true, ...withSettings({ 'completion.trigger': 'manual' }) },
		reason: /only on request\.$/,
		advice: /sotto\.completion\.trigger/,
	},
];

describe('whyShown', () => {
	for (const { it: name, at, says = answerOf('x'), more = {}, reason, advice = /./ } of cases) {
		it(`tells ${name}`, async () => {
			const why = whyShown(await recordedBy(serviceSaying(says), requestAt(at, more)));
			assert.match(why.reason, reason);
			assert.ok(why.reason.startsWith('This was shown') ? why.advice === '' : advice.test(why.advice), why.advice);
		});
	}

	it('tells what was remembered, and what was rejected before', async () => {
		const service = serviceSaying(answerOf('sole.log(x);'));
		await recordedBy(service, requestAt('con‸\n'));
		const remembered = whyShown(await recordedBy(service, requestAt('cons‸\n')));
		assert.match(remembered.reason, /because the model suggested it before/);
		await recordedBy(service, requestAt('context‸\n'));
		const { reason, advice } = whyShown(await recordedBy(service, requestAt('con‸\n')));
		assert.match(reason, /because you rejected this suggestion here before\.$/);
		assert.match(advice, /\*\*Suggest Here\*\* to see it again/);
	});

	it('tells that a suggestion is a test of what was learned', async () => {
		const state = { ...noTaste, weights: { ...noTaste.weights, languages: { typescript: -2 } } };
		const engine = { complete: () => Promise.resolve(answerOf('sole.log(x);', [0.62])) };
		const service = new CompletionService(engine, new Taste(state));
		const reasons: string[] = [];
		for (let time = 0; time < 8; time++) {
			reasons.push(whyShown(await recordedBy(service, requestAt(`a${time};\ncon‸\n`))).reason);
		}
		assert.match(reasons[0] ?? '', /you have rejected suggestions like this one before/);
		assert.match(reasons[7] ?? '', /^This was shown because Sotto checks from time to time/);
	});

	it('tells what the engine failed at, in the engine’s words, as text', () => {
		const record = recordOf(requestAt('a‸'), { kind: 'failure', message: 'The model <b>a_b</b> is gone.' });
		assert.equal(
			whyShown(record).reason,
			'Nothing was shown because the engine could not answer: The model \\<b\\>a\\_b\\<\\/b\\> is gone\\.',
		);
	});
});

describe('percent', () => {
	for (const [probability, text] of [
		[0, '0%'],
		[0.004, '< 1%'],
		[0.01, '1%'],
		[0.996, '100%'],
	] as const) {
		it(`writes ${probability} as ${text}`, () => {
			assert.equal(percent(probability), text);
		});
	}
});
