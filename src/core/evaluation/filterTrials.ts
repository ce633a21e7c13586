import { stopReasonOf } from '../completion/judge';
import type { StopReason } from '../completion/stopReason';
import { worsensBalance } from '../postprocess/balance';
import type { FilterContext } from '../postprocess/filter';
import { filters, postprocess, type NamedFilter } from '../postprocess/pipeline';
import { linePrefix, type DocumentSnapshot } from '../text/documentSnapshot';
import { autoClosed } from './autoClosed';
import { judge } from './judge';

/**
 * The results of the filters for one answer. `open`: nothing is right of the cursor; `closed`: the editor has closed there
 * what the line opened, which a prompt may not yet know of (see `frozenSuffix`).
 */
export interface FilterTrial {
	readonly situation: 'open' | 'closed';
	readonly all: FilterOutcome;
	/** For each filter that changed the text: what comes out without it. */
	readonly without: Readonly<Record<string, FilterOutcome>>;
}

export interface FilterOutcome {
	readonly isShown: boolean;
	/** The document's line, after accepting, is the author's. */
	readonly isExactLine: boolean;
	/** Nothing in it is wrong. */
	readonly isRight: boolean;
	/** Accepting would leave the brackets or quotes around the cursor worse than they are. */
	readonly isUnbalanced: boolean;
}

/** Where an answer was given, and what a parser said of all of it. */
export type PlaceOfAnswer = DocumentSnapshot & Pick<FilterContext, 'scopeEnd'>;

/** Replays an answer that was given without the gate, with every filter and without each; nobody is asked again. */
export function filterTrials(
	answer: { readonly text: string; readonly stopReason: StopReason },
	document: PlaceOfAnswer,
	hidden: string,
): readonly FilterTrial[] {
	const closers = autoClosed(linePrefix(document), hidden, document.languageId);
	const { scopeEnd } = document;
	const context = { ...document, stopReason: stopReasonOf({ answer, scopeEnd }, answer.text), isWanted: true };
	const open = trial('open', answer.text, { context, closers: '', hidden });
	if (closers === '') {
		return [open];
	}
	const closed = { ...context, suffix: closers + document.suffix };
	return [open, trial('closed', answer.text, { context: closed, closers, hidden })];
}

interface Place {
	readonly context: FilterContext;
	readonly closers: string;
	readonly hidden: string;
}

function trial(situation: FilterTrial['situation'], text: string, place: Place): FilterTrial {
	const { steps } = postprocess({ text, replaceAfter: 0 }, place.context);
	const without = steps.map(({ name }) => {
		const others = filters.filter(filter => filter.name !== name);
		return [name, outcome(text, place, others)] as const;
	});
	return { situation, all: outcome(text, place, filters), without: Object.fromEntries(without) };
}

function outcome(said: string, { context, closers, hidden }: Place, list: readonly NamedFilter[]): FilterOutcome {
	const { shown } = postprocess({ text: said, replaceAfter: 0 }, context, list);
	if (shown === undefined || shown.text.trim() === '') {
		return { isShown: false, isExactLine: false, isRight: false, isUnbalanced: false };
	}
	const rest = closers.slice(Math.max(0, shown.replaceAfter));
	const whole = judge(shown.text + rest, hidden);
	return {
		isShown: true,
		isExactLine: whole.isExactLine,
		isRight: judge(shown.text, hidden).isRight,
		isUnbalanced: worsensBalance(shown, context),
	};
}
