import type { FilterContext } from '../postprocess/filter';
import { postprocess, type FilterStep, type Postprocessed } from '../postprocess/pipeline';
import type { CompletionRecord } from './outcomeLog';
import { filterContext } from './stage';

/** What the tests of the filters are written in: a document with a cursor, what the model said, and what is to come of it. */
export interface TestCase {
	/** Completes the sentence "it …". */
	readonly it: string;
	/** The text around the cursor, which is marked by `cursorMark`. */
	readonly at: string;
	readonly says: string;
	/** After accepting; `undefined` where nothing is shown. */
	readonly becomes: string | undefined;
	readonly language: string;
	readonly context: Pick<FilterContext, 'stopReason'>;
	/** The filters that changed the text. */
	readonly fired: readonly string[];
}

export const cursorMark = '‸';

/** Lines tried on each side, fewest first, until the filters do what they did with all of them. */
const windowLines = [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377];

/** The record as a test case with no more of the user's code than the filters need, or a sentence why there is none. */
export function testCaseOf(record: CompletionRecord): TestCase | string {
	const { outcome } = record;
	if (outcome.kind === 'failure' || outcome.candidate === undefined) {
		return 'The last request ended before the filters, so there is no test case to write. Why This Suggestion, or Why None says where.';
	}
	const says = outcome.candidate;
	const context = shrink(says, filterContext(record));
	const { prefix, suffix, languageId, stopReason } = context;
	if ((prefix + suffix).includes(cursorMark)) {
		return `The code around the cursor has the character ${cursorMark} in it, which marks the cursor in a test case.`;
	}
	const { shown, steps } = filtered(says, context);
	return {
		it: behaviour(steps),
		at: prefix + cursorMark + suffix,
		says,
		becomes: shown === undefined ? undefined : prefix + shown.text + suffix.slice(shown.replaceAfter),
		language: languageId,
		context: stopReason === undefined ? {} : { stopReason },
		fired: steps.map(({ name }) => name),
	};
}

function filtered(text: string, context: FilterContext): Postprocessed {
	return postprocess({ text, replaceAfter: 0 }, context);
}

function shrink(says: string, whole: FilterContext): FilterContext {
	const wanted = JSON.stringify(filtered(says, whole));
	const serves = (context: FilterContext): boolean => JSON.stringify(filtered(says, context)) === wanted;
	const prefixes = windowLines.map(lines => ({ ...whole, prefix: lastLines(whole.prefix, lines) }));
	const context = prefixes.find(serves) ?? whole;
	const suffixes = windowLines.map(lines => ({ ...context, suffix: firstLines(context.suffix, lines) }));
	return suffixes.find(serves) ?? context;
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
	return steps.length === 0 ? 'is shown as the model said it' : `is changed by ${names}`;
}

/** As it stands in a list of cases of `test/unit/postprocess`. */
export function renderTestCase({ it, at, says, becomes, language, context, fired }: TestCase): string {
	const { stopReason } = context;
	const fields = [
		`it: ${literal(it)}`,
		`at: ${literal(at)}`,
		`says: ${literal(says)}`,
		`becomes: ${becomes === undefined ? 'undefined' : literal(becomes)}`,
		...(language === 'typescript' ? [] : [`language: ${literal(language)}`]),
		...(stopReason === undefined ? [] : [`context: { stopReason: ${literal(stopReason)} }`]),
		...(fired.length === 0 ? [] : [`fired: [${fired.map(literal).join(', ')}]`]),
	];
	return `{\n${fields.map(field => `\t${field},\n`).join('')}},\n`;
}

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', "'": "\\'", '\\': '\\\\' };

/** A string in single quotes. What cannot be seen, or reorders what can, is written as its code. */
function literal(text: string): string {
	const escaped = text.replace(
		/['\\]|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00a0]/gu,
		character =>
			named[character] ?? Array.from({ length: character.length }, (_, at) => codeOf(character, at)).join(''),
	);
	return `'${escaped}'`;
}

function codeOf(text: string, at: number): string {
	return `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`;
}
