import assert from 'node:assert/strict';
import type { CompletionRequest } from '../../../src/core/completion/completionRequest';
import { percent } from '../../../src/core/inspect/percent';
import { whyShown } from '../../../src/core/inspect/whyShown';
import { defaultSettings, type Settings } from '../../../src/core/settings/settings';
import { answerOf, recordedBy, recordOf, requestAt, serviceSaying } from './records';

function withSettings(changes: Partial<Settings>): Partial<CompletionRequest> {
	return { settings: { ...defaultSettings, ...changes } };
}

interface Case {
	readonly it: string;
	readonly at: string;
	readonly says?: ReturnType<typeof answerOf>;
	readonly more?: Partial<CompletionRequest>;
	readonly why: readonly RegExp[];
}

const cases: readonly Case[] = [
	{
		it: 'a sure answer, with its figures',
		at: 'con‸\n',
		says: answerOf('sole.log(x);', [0.9]),
		why: [/shown because the model said it/, /mean probability of 90 %/, /"balanced".*below 60 %.*below 60 %/],
	},
	{
		it: 'an unsure answer that was asked for by hand',
		at: 'con‸\n',
		says: answerOf('sole.log(x);', [0.1]),
		more: { trigger: 'manual' },
		why: [/shown because the model said it/, /mean probability of 10 %/, /asked by hand/],
	},
	{
		it: 'an unsure first line',
		at: 'con‸\n',
		says: answerOf('sole.log(x);', [0.75]),
		more: withSettings({ 'completion.confidence': 'quiet' }),
		why: [/not sure enough/, /mean probability of 75 %/, /"quiet"/, /Suggest Here/],
	},
	{
		it: 'a doubtful first token',
		at: 'con‸\n',
		says: answerOf('sole.log(x);', [0.002]),
		why: [/not sure enough/, /token "sole" on, to which it gives < 1 %/, /"balanced"/, /Suggest Here/],
	},
	{
		it: 'the thresholds of the setting',
		at: 'con‸\n',
		says: answerOf('sole.log(x);', [0.5]),
		more: withSettings({ 'completion.confidence': 'quiet' }),
		why: [/not sure enough/, /50 %/, /"quiet".*below 70 %.*below 80 %/, /Suggest Here/],
	},
	{ it: 'an empty answer', at: 'con‸\n', says: answerOf(''), why: [/nothing to say/, /Suggest Here/] },
	{
		it: 'the filter that dropped it',
		at: 'foo(a‸);\n',
		says: answerOf(');'),
		why: [/the filter \w+, which [\w ]+, left nothing/, /would not fit/],
	},
	{ it: 'the place', at: 'con‸text\n', why: [/because the cursor is inside or in front of a word\./, /Suggest Here/] },
	{
		it: 'that it is off',
		at: 'con‸\n',
		more: withSettings({ enabled: false }),
		why: [/because Sotto is off for this language or workspace\./, /sotto\.enabled/],
	},
	{ it: 'a private file', at: 'con‸\n', more: { isPrivate: true }, why: [/may hold secrets/, /\.sottoignore/] },
	{ it: 'snoozing', at: 'con‸\n', more: { isSnoozed: true }, why: [/snoozed/, /Snooze Completions… wakes it/] },
	{
		it: 'that suggestions come only when asked for',
		at: 'con‸\n',
		more: { isSnoozed: true, ...withSettings({ 'completion.trigger': 'manual' }) },
		why: [/only when asked for/, /sotto\.completion\.trigger/],
	},
];

describe('whyShown', () => {
	for (const { it: name, at, says = answerOf('x'), more = {}, why } of cases) {
		it(`tells ${name}`, async () => {
			const sentences = whyShown(await recordedBy(serviceSaying(says), requestAt(at, more)));
			assert.equal(sentences.length, why.length, sentences.join('\n'));
			for (const [index, expected] of why.entries()) {
				assert.match(sentences[index] ?? '', expected);
			}
		});
	}

	it('tells what was remembered, and what was passed over', async () => {
		const service = serviceSaying(answerOf('sole.log(x);'));
		const [first = ''] = whyShown(await recordedBy(service, requestAt('con‸\n')));
		assert.match(first, /the model said it/);
		assert.match(whyShown(await recordedBy(service, requestAt('cons‸\n'))).join(), /had said it before/);
		await recordedBy(service, requestAt('context‸\n'));
		const sentences = whyShown(await recordedBy(service, requestAt('con‸\n')));
		assert.match(sentences.join(' '), /because you passed over this suggestion here before\. .*Suggest Here offers it/);
	});

	it('tells what the engine failed at, in the engine’s words', () => {
		const record = recordOf(requestAt('a‸'), { kind: 'failure', message: 'The model is gone. Choose another.' });
		assert.deepEqual(whyShown(record), [
			'Nothing was shown because the engine could not answer. It says:',
			'The model is gone. Choose another.',
		]);
	});
});

describe('percent', () => {
	for (const [probability, text] of [
		[0, '0 %'],
		[0.004, '< 1 %'],
		[0.01, '1 %'],
		[0.996, '100 %'],
	] as const) {
		it(`writes ${probability} as ${text}`, () => {
			assert.equal(percent(probability), text);
		});
	}
});
