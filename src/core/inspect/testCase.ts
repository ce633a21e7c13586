import { stopReasonOf } from '../completion/judge';
import type { FilterContext } from '../postprocess/filter';
import { postprocess, type FilterStep, type Postprocessed } from '../postprocess/pipeline';
import type { GoldenCase } from './goldenCase';
import type { CompletionRecord } from './outcomeLog';

/** Numbers of lines to try on each side. The first one with which the filters do the same as with all lines is taken. */
const windowLines = [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377];

/** The record as a golden case with only as much of the user's code as the filters need; or a sentence that says why there is none. */
export function testCaseOf(record: CompletionRecord): GoldenCase | string {
	const { outcome, request } = record;
	if (outcome.kind === 'failure' || outcome.candidate === undefined) {
		return 'The last request ended before the filters, so there is nothing to copy. Why This Suggestion, or Why None tells you more.';
	}
	// A golden case runs without a parser, so it begins with the text that the parser left.
	const { scopeEnd, ...context } = filterContext(record);
	const says = outcome.candidate.slice(0, scopeEnd);
	const { prefix, suffix, stopReason } = smallestContext(says, context);
	const { shown, steps } = filtered(says, context);
	return {
		title: behaviour(steps),
		source: request.document.path,
		model: request.model ?? 'model not known',
		...{ stopReason, prefix, suffix, says, shown },
	};
}

/** The context that the filters had for this outcome. */
function filterContext({ request, outcome }: CompletionRecord): FilterContext {
	const { prefix, suffix, languageId } = request.document;
	const { answer, candidate, scopeEnd } = outcome.kind === 'failure' ? {} : outcome;
	const stopReason = answer === undefined ? undefined : stopReasonOf({ answer, scopeEnd }, candidate ?? answer.text);
	return {
		...{ prefix, suffix, languageId },
		...(stopReason !== undefined && { stopReason }),
		...(scopeEnd !== undefined && { scopeEnd }),
	};
}

/** The smallest context in which the filters do the same. It has `atLeast` so many lines on each side, for people to read. */
export function smallestContext(says: string, whole: FilterContext, atLeast = 0): FilterContext {
	const wanted = JSON.stringify(filtered(says, whole));
	const serves = (context: FilterContext): boolean => JSON.stringify(filtered(says, context)) === wanted;
	const counts = windowLines.filter(lines => lines >= atLeast);
	const prefixes = counts.map(lines => ({ ...whole, prefix: lastLines(whole.prefix, lines) }));
	const context = prefixes.find(serves) ?? whole;
	const suffixes = counts.map(lines => ({ ...context, suffix: firstLines(context.suffix, lines) }));
	return suffixes.find(serves) ?? context;
}

function filtered(text: string, context: FilterContext): Postprocessed {
	return postprocess({ text, replaceAfter: 0 }, context);
}

/** The line that the text ends in, and `count` lines before it. */
function lastLines(text: string, count: number): string {
	return text
		.split('\n')
		.slice(-count - 1)
		.join('\n');
}

function firstLines(text: string, count: number): string {
	return text
		.split('\n')
		.slice(0, count + 1)
		.join('\n');
}

function behaviour(steps: readonly FilterStep[]): string {
	const names = steps.map(({ name }) => name).join(', ');
	if (steps.at(-1)?.after === undefined && steps.length > 0) {
		return `is dropped by ${names}`;
	}
	return steps.length === 0 ? 'is shown as the model wrote it' : `is changed by ${names}`;
}
