import { cursorDocument, hiddenText, type EvaluationPosition } from '../../src/core/evaluation/positions';
import { postprocess } from '../../src/core/postprocess/pipeline';
import type { FilterContext } from '../../src/core/postprocess/filter';

/** The author's text as an answer. */
export interface RightAnswer {
	/** Tells it from the others. */
	readonly place: string;
	readonly context: FilterContext;
	readonly says: string;
}

export interface FilterLoss {
	readonly place: string;
	/** The first that took away or changed something that counts. */
	readonly filter: string;
	/** `changed`: something is shown, and it is not the author's text. */
	readonly what: 'dropped' | 'changed';
	readonly around: string;
	readonly says: string;
	readonly shown: string;
}

/** As many lines as a model writes at most before a stop rule ends it. */
const mostLines = 6;

/** The hidden text, and where that is the rest of a line also the lines below it. */
export function answersOf(position: EvaluationPosition): readonly RightAnswer[] {
	const { file, kind, offset } = position;
	const place = `${file.repository}/${file.path}:${offset}`;
	const hidden = hiddenText(position);
	const one: RightAnswer = {
		place: `${place} ${kind}`,
		context: { ...cursorDocument(position), stopReason: kind === 'block' ? 'end-of-block' : 'end-of-line' },
		says: hidden,
	};
	if (kind === 'block') {
		return [one];
	}
	const says = file.text.slice(offset).split('\n').slice(0, mostLines).join('\n').trimEnd();
	const end = offset + says.length;
	return says.includes('\n')
		? [
				one,
				{ place: `${place} lines`, context: { ...cursorDocument({ ...position, end }), stopReason: undefined }, says },
			]
		: [one];
}

/** `undefined` where the document after accepting is the author's. */
export function lossOf({ place, context, says }: RightAnswer): FilterLoss | undefined {
	const { shown, steps } = postprocess({ text: says, replaceAfter: 0 }, { ...context, isWanted: false });
	const step = steps.find(({ after }) => after === undefined || !isSame(after.text, says));
	if (step === undefined) {
		return undefined;
	}
	const what = shown === undefined || shown.text.trim() === '' ? 'dropped' : 'changed';
	const above = context.prefix.split('\n').slice(-6).join('\n');
	const around = `${above}‸${context.suffix.split('\n').slice(0, 3).join('\n')}`;
	return { place, filter: step.name, what, around, says, shown: shown?.text ?? '' };
}

/** White space at the ends of lines is nobody's. */
function isSame(text: string, says: string): boolean {
	return text.replace(/[ \t]+$/gm, '').trimEnd() === says.replace(/[ \t]+$/gm, '').trimEnd();
}
