import assert from 'node:assert/strict';
import type { CompletionAnswer } from '../../../src/core/completion/completionEngine';
import type { CompletionRequest } from '../../../src/core/completion/completionRequest';
import { CompletionService } from '../../../src/core/completion/completionService';
import { type silenceReasons, type ReasonAt, type Silence } from '../../../src/core/completion/silenceReasons';
import { silenceLogLine, silenceText } from '../../../src/core/completion/silenceText';
import type { FilterName } from '../../../src/core/postprocess/pipeline';
import { inspectionDocument } from '../../../src/core/inspect/inspectionDocument';
import type { CompletionRecord } from '../../../src/core/inspect/outcomeLog';
import { whyShown } from '../../../src/core/inspect/whyShown';
import { defaultSettings, type Settings } from '../../../src/core/settings/settings';
import { renderStatus } from '../../../src/core/status/renderStatus';
import { noTaste, Taste } from '../../../src/core/taste/taste';
import { answerOf, recordedBy, recordOf, requestAt, serviceSaying } from './records';

type Make = () => Promise<CompletionRecord>;

function asked(at: string, says: string | CompletionAnswer, more: Partial<CompletionRequest> = {}): Make {
	const answer = typeof says === 'string' ? answerOf(says) : says;
	return () => recordedBy(serviceSaying(answer), requestAt(at, more));
}

function withSettings(changes: Partial<Settings>): Partial<CompletionRequest> {
	return { settings: { ...defaultSettings, ...changes } };
}

function inLanguage(at: string, languageId: string): Partial<CompletionRequest> {
	return { document: { ...requestAt(at).document, languageId } };
}

/** A user who has rejected nearly everything in TypeScript. */
async function pickyUser(): Promise<CompletionRecord> {
	const weights = { ...noTaste.weights, languages: { typescript: -2 } };
	const engine = { complete: () => Promise.resolve(answerOf('sole.log(x);', [0.62])) };
	return recordedBy(new CompletionService(engine, new Taste({ ...noTaste, weights })), requestAt('con‸\n'));
}

async function rejected(): Promise<CompletionRecord> {
	const service = serviceSaying(answerOf('sole.log(x);'));
	await recordedBy(service, requestAt('con‸\n'));
	await recordedBy(service, requestAt('context‸\n'));
	return recordedBy(service, requestAt('con‸\n'));
}

const atOnce = { open: () => () => Promise.resolve(0) };

/** `keeps some`: this filter leaves a part of every text that reaches it, or an earlier one removes what it would. */
const byFilter: Readonly<Record<FilterName, Make | 'keeps some'>> = {
	cutScope: () => recordedBy(serviceSaying(answerOf('\n\tb();'), atOnce), requestAt('if (a) {‸\n}')),
	capLength: asked('a = ‸\n', `\n${'a'.repeat(9000)}`, { trigger: 'manual' }),
	normaliseLineEnds: 'keeps some',
	stripInvisible: asked('a();‸\n', '\u200b'),
	cutControlTokens: asked('a = ‸\n', '<|endoftext|>a'),
	dropSecrets: asked('key = ‸\n', `"AKIA${'A'.repeat(16)}"`),
	cutOtherLanguage: asked('a();\n‸\n', 'Sure, here it is'),
	dropHalfLine: asked('a = ‸\n', { ...answerOf('foo'), stopReason: 'token-limit' }),
	trimBlankLines: asked('a();‸\n', '\n\n\n\n\nb();', { trigger: 'manual' }),
	cutRepeatedStart: asked('return x‸\n', 'return x'),
	matchIndent: 'keeps some',
	cutRepetition: 'keeps some',
	dropFragment: asked('a();\n‸\n', 'name, value)'),
	cutKnownDefinition: asked('function f() {\n}\n\n‸\n', 'function f() {'),
	cutFollowingLines: asked('if (a) {\n‸\n\tb();\n}\n', '\tb();'),
	balanceBrackets: asked('f(\n\ta‸\n)\n', ')'),
	cutClosedTags: asked('<b>\n\t‸\n</b>\n', '</b>', inLanguage('<b>\n\t‸\n</b>\n', 'html')),
	cutUnbalanced: asked('f(a)‸\n', ')'),
	trimTrailingSpace: 'keeps some',
	cutOpenQuote: asked('a ‸\n', '+ "'),
	cutLastComma: asked('[\n\t1‸\n]\n', ',', inLanguage('[\n\t1‸\n]\n', 'json')),
	overlapRestOfLine: asked('foo(a‸);\n', ');'),
	closeBlocks: 'keeps some',
	dropTrivial: asked('a = ‸\n', '('),
	keepUserText: 'keeps some',
	keepBalance: 'keeps some',
};

const byStage: { readonly [S in keyof typeof silenceReasons]: Readonly<Record<ReasonAt<S>, Make | 'keeps some'>> } = {
	off: {
		disabled: asked('con‸\n', 'x', withSettings({ enabled: false })),
		'private-file': asked('con‸\n', 'x', { isPrivate: true }),
		'manual-only': asked('con‸\n', 'x', withSettings({ 'completion.trigger': 'manual' })),
		snoozed: asked('con‸\n', 'x', { isSnoozed: true }),
	},
	place: {
		selection: asked('con‸\n', 'x', { isSelecting: true }),
		'binary-file': asked('\u0000con‸\n', 'x'),
		'long-line': asked(`${'a'.repeat(2001)}‸`, 'x'),
		'empty-file': asked('‸', 'x'),
		'inside-word': asked('con‸text\n', 'x'),
		'code-to-the-right': asked('foo(‸, bar, baz)', 'x'),
		indenting: asked('class A {\n\ta();\n\t\t\t‸', 'x'),
		prose: asked('# So ‸', 'x', inLanguage('# So ‸', 'markdown')),
		comment: asked('// so ‸', 'x'),
	},
	model: { 'empty-answer': asked('con‸\n', '') },
	gate: {
		'unsure-token': asked('con‸\n', answerOf('sole.log(x);', [0.02])),
		'unsure-line': asked(
			'con‸\n',
			answerOf('sole.log(x);', [0.75]),
			withSettings({ 'completion.confidence': 'quiet' }),
		),
		learned: pickyUser,
	},
	filters: byFilter,
	rejections: { 'rejected-before': rejected },
};

const cases = Object.entries(byStage).flatMap(([stage, reasons]) =>
	Object.entries(reasons).map(([reason, make]) => ({ silence: { stage, reason } as Silence, make })),
);

const model = { name: 'm', path: '/models/small.gguf', canComplete: true, canExplain: false, contextTokens: 1024 };

function statusAfter(lastSilence: Silence): string {
	const rest = { enabled: true, snoozedUntil: undefined, isBusy: false, lastLatencyMs: undefined, hasOwnModel: false };
	return renderStatus({ ...rest, engine: { kind: 'ready', model }, lastSilence, problems: [] }).detail.join('\n');
}

function pageOf(record: CompletionRecord): string {
	return inspectionDocument({ record, origin: undefined, recent: [record], prompt: undefined, notes: [], now: 0 });
}

function sees(record: CompletionRecord, silence: Silence): void {
	const { because } = silenceText(silence);
	assert.ok(record.outcome.kind === 'silence');
	assert.ok(pageOf(record).startsWith(`# Why no suggestion\n\n**Nothing was shown because ${because}`));
	assert.ok(whyShown(record).advice.endsWith('.'));
	assert.ok(statusAfter(record.outcome).includes(`No suggestion here: ${because}.`));
	assert.equal(silenceLogLine(record.outcome), `no suggestion (${silence.stage}/${silence.reason}): ${because}`);
}

describe('every reason for showing nothing', () => {
	for (const { silence, make } of cases) {
		const { stage, reason } = silence;
		if (make === 'keeps some') {
			it(`would be in the status, on the page and in the log: ${stage}/${reason}`, () => {
				sees(recordOf(requestAt('a‸'), { kind: 'silence', ...silence }), silence);
			});
			continue;
		}
		it(`is in the status, on the page and in the log: ${stage}/${reason}`, async () => {
			const record = await make();
			const { outcome } = record;
			assert.ok(outcome.kind === 'silence', `${outcome.kind}: ${JSON.stringify(outcome)}`);
			assert.deepEqual([outcome.stage, outcome.reason], [stage, reason]);
			sees(record, silence);
		});
	}

	it('has words of its own', () => {
		const words = cases.map(({ silence }) => silenceText(silence).because);
		assert.equal(new Set(words).size, words.length);
	});
});
