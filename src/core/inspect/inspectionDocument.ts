import type { PromptPart } from '../completion/completionEngine';
import type { Suggestion } from '../completion/completionRequest';
import { firstLineReason } from '../completion/firstLine';
import { codeSpan, fenced } from '../explain/inertMarkdown';
import { visibleControls } from '../explain/visibleControls';
import { postprocess, type FilterStep } from '../postprocess/pipeline';
import { gateSection } from './gateSection';
import type { CompletionRecord } from './outcomeLog';
import { promptSections } from './promptSection';
import { filterContext } from './stage';
import { percent } from './percent';
import { whyShown } from './whyShown';

/** What else is known when somebody asks why. */
export interface Inspection {
	readonly record: CompletionRecord;
	/** Where the model said what was remembered. */
	readonly origin: CompletionRecord | undefined;
	/** Newest first, the inspected one among them. */
	readonly recent: readonly CompletionRecord[];
	/** Of the record, or of its origin. */
	readonly prompt: readonly PromptPart[] | undefined;
	/** What the reader must know of all this: the document has changed, the prompt could not be had. */
	readonly notes: readonly string[];
	/** Milliseconds since 1970. */
	readonly now: number;
}

/** A Markdown document that is read as it is: sentences first, the figures behind them, and no link or image in it. */
export function inspectionDocument({ record, origin, recent, prompt, notes, now }: Inspection): string {
	const asked = origin ?? record;
	const title = record.outcome.kind === 'suggestion' ? 'Why this suggestion' : 'Why no suggestion';
	const [why = '', ...more] = whyShown(record);
	return visibleControls(
		`${[
			`# ${title}`,
			why,
			more.join(' '),
			...notes,
			...shownSection(record),
			...requestSection(record, now),
			...(origin === undefined ? [] : [`## When the model was asked`, ...whyShown(origin), whereAndWhen(origin, now)]),
			...answerSection(asked),
			...gateSection(asked.outcome.kind === 'failure' ? undefined : asked.outcome.gate),
			...filterSection(record),
			...promptSections(asked, prompt),
			...timeSection(record, asked),
			...recentSection(recent, now),
		]
			.filter(paragraph => paragraph !== '')
			.join('\n\n')}\n`,
	);
}

function shownSection({ outcome }: CompletionRecord): readonly string[] {
	return outcome.kind === 'suggestion'
		? ['## What was shown', fenced(outcome.suggestion.text), replaced(outcome.suggestion)]
		: [];
}

function replaced({ replaceAfter }: Suggestion): string {
	return replaceAfter === 0 ? '' : `Characters right of the cursor that it replaces: ${replaceAfter}.`;
}

function requestSection(record: CompletionRecord, now: number): readonly string[] {
	const { request, outcome } = record;
	const query = outcome.kind === 'failure' ? undefined : outcome.query;
	const model =
		query === undefined
			? 'The model was not asked.'
			: `The model was asked for ${query.extent === 'line' ? 'one line' : 'a block'} of at most ${query.maxTokens} tokens, ending before a token below ${percent(query.probabilityFloor)}.`;
	return [
		'## What was asked',
		whereAndWhen(record, now),
		model,
		`Settings: ${settingsOf(request, query?.pieces.length ?? 0)}.`,
	];
}

function whereAndWhen({ request, position, at }: CompletionRecord, now: number): string {
	const { path, languageId } = request.document;
	const by = request.trigger === 'manual' ? 'by hand' : 'while typing';
	const widget = request.isPreview === true ? ', with an entry of the suggest widget selected' : '';
	return `${codeSpan(path)}, line ${position.line + 1}, column ${position.character + 1} (${languageId}), ${by}${widget}, ${ago(now - at)}.`;
}

function settingsOf({ settings }: CompletionRecord['request'], pieces: number): string {
	const keys = [
		'enabled',
		'completion.trigger',
		'completion.lines',
		'completion.prose',
		'completion.confidence',
		'context.sources',
	] as const;
	const values = keys.map(key => `${key} ${JSON.stringify(settings[key])}`);
	const model = settings['model.path'] === '' ? 'the model in the box' : 'a model of your own';
	return [...values, model, `pieces of other files: ${pieces}`].join(', ');
}

function answerSection({ outcome }: CompletionRecord): readonly string[] {
	if (outcome.kind === 'failure' || outcome.answer === undefined) {
		return [];
	}
	const { answer, candidate } = outcome;
	const lines: string[] = [];
	let written = 0;
	let isOver = candidate === undefined;
	for (const { text, probability, fromPrior } of answer.tokens) {
		if (!isOver && written >= (candidate?.length ?? 0)) {
			lines.push('------  the confidence gate ended the text here');
			isOver = true;
		}
		const whose = fromPrior === true ? '  from the open files' : '';
		lines.push(`${percent(probability).padStart(6)}  ${JSON.stringify(text)}${whose}`);
		written += text.length;
	}
	const gate = candidate === undefined ? ' The confidence gate let none of it through.' : '';
	return [
		'## What the model said',
		`${answer.tokens.length} tokens with their probabilities; it ended by ${codeSpan(answer.stopReason)}.${gate}`,
		lines.length === 0 ? '' : fenced(lines.join('\n'), 'text'),
	];
}

function filterSection(record: CompletionRecord): readonly string[] {
	const { outcome } = record;
	if (outcome.kind === 'failure' || outcome.candidate === undefined) {
		return [];
	}
	const { steps } = postprocess({ text: outcome.candidate, replaceAfter: 0 }, filterContext(record));
	return [
		'## What the filters made of it',
		steps.length === 0 ? 'No filter changed it.' : 'What went in:',
		...(steps.length === 0 ? [] : [fenced(outcome.candidate)]),
		...steps.map(stepParagraph),
	];
}

function stepParagraph({ name, does, after }: FilterStep): string {
	return after === undefined
		? `${codeSpan(name)}, which ${does}, dropped it.`
		: [`After ${codeSpan(name)}, which ${does}:`, fenced(after.text), replaced(after)]
				.filter(text => text !== '')
				.join('\n\n');
}

function timeSection(record: CompletionRecord, asked: CompletionRecord): readonly string[] {
	const answer = asked.outcome.kind === 'failure' ? undefined : asked.outcome.answer;
	const total = `From the request to the outcome: ${Math.round(record.milliseconds)} ms.`;
	if (answer === undefined) {
		return ['## Time', total];
	}
	if (answer.stopReason === firstLineReason) {
		return ['## Time', total, 'The whole took longer, so its first line was shown while the model wrote on.'];
	}
	const { prefillMs, decodeMs, promptTokens, reusedTokens, evaluatedTokens, generatedTokens } = answer;
	const reading = `${promptTokens} tokens of prompt, ${reusedTokens} of them read before, ${evaluatedTokens} now`;
	return [
		'## Time',
		total,
		[
			`- Reading the prompt${milliseconds(prefillMs)}: ${reading}`,
			`- Writing${milliseconds(decodeMs)}: ${generatedTokens} tokens`,
			...(prefillMs === undefined || decodeMs === undefined
				? []
				: [
						`- All else, waiting and sending included: ${Math.max(0, Math.round(asked.milliseconds - prefillMs - decodeMs))} ms`,
					]),
		].join('\n'),
	];
}

function milliseconds(value: number | undefined): string {
	return value === undefined ? '' : `, ${value.toFixed(1)} ms`;
}

function recentSection(recent: readonly CompletionRecord[], now: number): readonly string[] {
	return ['## The last outcomes, newest first', recent.map(record => `- ${recentLine(record, now)}`).join('\n')];
}

function recentLine(record: CompletionRecord, now: number): string {
	const { outcome } = record;
	const what =
		outcome.kind === 'suggestion'
			? `Shown, from ${outcome.source === 'memory' ? 'memory' : 'the model'}: ${codeSpan(JSON.stringify(outcome.suggestion.text))}.`
			: (whyShown(record)[0] ?? '');
	return `${whereAndWhen(record, now)} ${what}`;
}

/** Milliseconds in words. */
function ago(elapsed: number): string {
	const seconds = Math.max(0, Math.round(elapsed / 1000));
	return seconds < 120 ? `${seconds} s ago` : `${Math.round(seconds / 60)} min ago`;
}
