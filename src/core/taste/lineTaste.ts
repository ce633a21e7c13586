import { figureOf, withFigure, type ByLanguage } from './byLanguage';
import { clamp } from './gateFeatures';

/** For each language, whether the user takes several lines at once: 1 always, -1 never, 0 not known. */
export type LineTaste = ByLanguage;

/** The outcome of a suggestion. `part`: a word or a line of it was accepted; more of it may follow. */
export type TasteOutcome = 'whole' | 'part' | 'passed-over';

/** Three blocks taken whole are a liking. A part counts little, since the rest of it may follow. */
const steps: Readonly<Record<TasteOutcome, number>> = { whole: 0.3, part: -0.15, 'passed-over': -0.2 };

/** With each outcome in its language a liking fades to this: whoever takes lines only is offered blocks again after a while. */
const kept = 0.97;

export function learnLines(taste: LineTaste, language: string, outcome: TasteOutcome, hasSeveral: boolean): LineTaste {
	const now = kept * figureOf(taste, language) + (hasSeveral ? steps[outcome] : 0);
	return withFigure(taste, language, clamp(now));
}
