import { assertNever } from '../util/assertNever';
import { evidenceSections, evidenceTitle, renderEvidence, type EvidenceSection } from './evidence';
import { evidenceOf, isRunning, proseOf, type ExplainState } from './explainSession';
import { escapeLine, inertMarkdown } from './inertMarkdown';

export const explainActions = ['cancel', 'rerun', 'openAsDocument', 'chooseModel', 'showLog'] as const;
export type ExplainAction = (typeof explainActions)[number];

/** All that the panel shows, decided here and only drawn by the page. */
export interface ExplainView {
	readonly title: string;
	/** One sentence about how it stands. */
	readonly status: string;
	readonly tone: 'busy' | 'normal' | 'problem';
	readonly notes: readonly string[];
	readonly prose: string;
	/** The evidence says more and comes first. */
	readonly isProseLast: boolean;
	/** In the order of the buttons. */
	readonly actions: readonly ExplainAction[];
	readonly sections: readonly EvidenceSection[];
}

export function explainView(state: ExplainState): ExplainView {
	const evidence = evidenceOf(state);
	const subject = 'subject' in state ? state.subject : '';
	return {
		title: evidence === undefined ? subject : evidenceTitle(evidence),
		status: statusSentence(state),
		tone: isRunning(state) ? 'busy' : isProblem(state) ? 'problem' : 'normal',
		notes: evidence?.notes ?? [],
		prose: proseOf(state),
		isProseLast: (state.kind === 'done' && state.isSentence) || (state.kind === 'streaming' && state.isDraft === true),
		actions: actionsOf(state),
		sections: evidence === undefined ? [] : evidenceSections(evidence),
	};
}

/** The whole explanation as an inert Markdown document; undefined while there is nothing to write down. */
export function explanationDocument(state: ExplainState): string | undefined {
	const evidence = evidenceOf(state);
	if (evidence === undefined) {
		return undefined;
	}
	const prose = inertMarkdown(proseOf(state));
	const explanation = prose === '' ? '' : `\n## Explanation\n\n${prose}\n`;
	return `${renderEvidence(evidence)}${explanation}\n${escapeLine(statusSentence(state))}\n`;
}

function statusSentence(state: ExplainState): string {
	switch (state.kind) {
		case 'gathering':
			return 'Asking the editor what it knows about this code…';
		case 'waiting':
			return 'The model is reading the code…';
		case 'streaming':
			return state.isDraft === true
				? 'The model is trying several sentences; the one that fits the code best will stay…'
				: 'The model is writing…';
		case 'unavailable':
			if (state.because !== undefined) {
				return `${state.because} This is what the editor knows.`;
			}
			return `The model in use (${state.model}) completes code but cannot write prose, so this is what the editor knows; a chat model (GGUF) of your choice would explain it.`;
		case 'withheld':
			return 'This file is ignored or may hold secrets, so no model sees it; this is what the editor knows.';
		case 'nothing':
			return 'There is nothing to explain at the cursor. Select some code, or put the cursor inside a function, and run Explain Selection again.';
		case 'cancelled':
			return 'Cancelled. Run again to have the rest.';
		case 'failed':
			return state.message;
		case 'done':
			return doneSentence(state);
		default:
			return assertNever(state);
	}
}

function doneSentence({ prose, confidence, isCut }: Extract<ExplainState, { kind: 'done' }>): string {
	if (prose.trim() === '') {
		return 'The model had nothing to say. Run again, or choose another model.';
	}
	return [isCut ? 'The answer was cut at its length limit.' : '', confidence].filter(text => text !== '').join(' ');
}

function isProblem(state: ExplainState): boolean {
	return state.kind === 'failed' || state.kind === 'nothing';
}

function actionsOf(state: ExplainState): readonly ExplainAction[] {
	const document: readonly ExplainAction[] = evidenceOf(state) === undefined ? [] : ['openAsDocument'];
	const chooseModel: readonly ExplainAction[] = ['chooseModel'];
	if (isRunning(state)) {
		return ['cancel', ...document];
	}
	if (state.kind === 'unavailable') {
		return [...chooseModel, ...document, 'rerun'];
	}
	if (state.kind === 'failed') {
		return ['rerun', ...(state.code.startsWith('model-') ? chooseModel : []), ...document, 'showLog'];
	}
	const isEmptyAnswer = state.kind === 'done' && state.prose.trim() === '';
	return ['rerun', ...(isEmptyAnswer ? chooseModel : []), ...document];
}
