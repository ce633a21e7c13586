import { autoClosed } from '../../src/core/evaluation/autoClosed';
import { lexemesOf } from '../../src/core/evaluation/lexemes';
import { cursorDocument, hiddenText, type EvaluationPosition } from '../../src/core/evaluation/positions';
import { linePrefix, type DocumentSnapshot } from '../../src/core/text/documentSnapshot';

/** One place as an editor may have it: what the model is shown and what stands in the document when the answer comes. */
export interface Situation {
	readonly name: 'end of line' | 'closed by the editor' | 'closed unseen' | 'middle of line';
	readonly asked: DocumentSnapshot;
	readonly document: DocumentSnapshot;
	/** The text that the author wrote there. */
	readonly hidden: string;
}

/**
 * The place as the evaluation has it; with the brackets that the editor closed, seen by the model and not yet seen (a
 * prompt may lag behind them, see `frozenSuffix`); and with the rest of the line still there.
 */
export function situationsOf(position: EvaluationPosition): readonly Situation[] {
	const document = cursorDocument(position);
	const hidden = hiddenText(position);
	const closers = autoClosed(linePrefix(document), hidden, document.languageId);
	const closed = { ...document, suffix: closers + document.suffix };
	const found: Situation[] = [{ name: 'end of line', asked: document, document, hidden }];
	if (closers !== '') {
		found.push({ name: 'closed by the editor', asked: closed, document: closed, hidden });
		found.push({ name: 'closed unseen', asked: document, document: closed, hidden });
	}
	if (position.kind === 'block') {
		const suffix = document.suffix.replace(/^\s*[)\]}][^\n]*/, '');
		found.push({ name: 'closed unseen', asked: { ...document, suffix }, document, hidden });
	}
	const kept = position.kind === 'block' ? '' : restKept(hidden);
	if (kept !== '') {
		const middle = { ...document, suffix: kept + document.suffix };
		const gone = hidden.slice(0, hidden.length - kept.length);
		found.push({ name: 'middle of line', asked: middle, document: middle, hidden: gone });
	}
	return found;
}

/** Half of the line's lexemes stay. */
function restKept(hidden: string): string {
	const lexemes = lexemesOf(hidden);
	return lexemes.length < 2 ? '' : lexemes.slice(Math.floor(lexemes.length / 2)).join('');
}
