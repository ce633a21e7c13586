import type { CompletionAnswer } from '../completion/completionEngine';
import type { Trail } from '../completion/completionRequest';
import type { FilterStep } from '../postprocess/pipeline';
import { codeSpan } from '../explain/inertMarkdown';
import { count } from './count';
import { literal, markdownTable } from './markdownTable';
import { percent } from './percent';

/** The answer token by token, and where the gate cut it. Empty where the model was not asked. */
export function answerSection({ answer, candidate, gate }: Trail): readonly string[] {
	if (answer === undefined) {
		return [];
	}
	const ending = `${count(answer.tokens.length, 'token')}. Stop reason: ${codeSpan(answer.stopReason)}.`;
	return answer.tokens.length === 0
		? ['## What the model wrote', `Nothing. Stop reason: ${codeSpan(answer.stopReason)}.`]
		: [
				'## What the model wrote',
				markdownTable(['Token', 'Probability', 'Note'], tokenRows(answer, candidate, gate !== undefined)),
				ending,
			];
}

function tokenRows(
	{ tokens, text: kept }: CompletionAnswer,
	candidate: string | undefined,
	hasGate: boolean,
): readonly (readonly string[])[] {
	let written = 0;
	return tokens.map(({ text, probability, fromPrior }) => {
		const isKept = written < kept.length;
		const isCandidate = written < (candidate?.length ?? 0);
		written += text.length;
		const cut = isCandidate ? '' : hasGate ? 'cut: not sure enough' : isKept ? '' : 'cut: stop rule';
		const prior = fromPrior === true ? 'from your open files' : '';
		return [literal(text), percent(probability), [prior, cut].filter(note => note !== '').join(', ')];
	});
}

/** The filters that changed the text, as they did when it was decided what to show. */
export function filterSection({ candidate, steps }: Trail): readonly string[] {
	if (candidate === undefined || steps === undefined) {
		return [];
	}
	return steps.length === 0
		? ['## Filters', 'No filter changed the text.']
		: [
				'## Filters',
				markdownTable(
					['Filter', 'It …', 'Text after it'],
					[['', 'before the filters', literal(candidate)], ...steps.map(stepRow)],
				),
			];
}

function stepRow({ name, does, after }: FilterStep): readonly string[] {
	return [codeSpan(name), does, after === undefined ? 'nothing' : literal(after.text) + replaced(after.replaceAfter)];
}

function replaced(characters: number): string {
	return characters === 0 ? '' : `, replaces ${count(characters, 'character')} to the right`;
}
