import type { OfferedPiece } from './rankPieces';

/** A problem that the editor reports near the cursor. */
export interface Problem {
	readonly severity: 'error' | 'warning' | 'information' | 'hint';
	readonly message: string;
	/** From 0. */
	readonly line: number;
}

/** Lines above and below the cursor. */
const near = 20;
const mostProblems = 3;
/** UTF-16 units of a message. */
const longestMessage = 160;
/** Above what merely looks alike, below a definition. */
const score = 0.22;

/**
 * Errors near the cursor as a piece, nearest first: a small file of its own that says what is wrong. Errors in the line of the
 * cursor are left out, since a line that is being typed is wrong until it is written.
 */
export function problemPiece(problems: readonly Problem[], cursorLine: number): OfferedPiece | undefined {
	const distance = ({ line }: Problem): number => Math.abs(line - cursorLine);
	const chosen = problems
		.filter(problem => problem.severity === 'error' && problem.line !== cursorLine && distance(problem) <= near)
		.toSorted((a, b) => distance(a) - distance(b) || a.line - b.line)
		.slice(0, mostProblems);
	if (chosen.length === 0) {
		return undefined;
	}
	// Without line numbers, which each new line would change.
	const lines = chosen.map(({ message }) => oneLine(message));
	const text = lines.join('\n');
	return {
		source: 'problems',
		uri: 'sotto:problems',
		path: 'problems',
		text,
		start: 0,
		end: lines.length,
		version: 1,
		score,
	};
}

function oneLine(message: string): string {
	return message.replace(/\s+/g, ' ').trim().slice(0, longestMessage);
}
