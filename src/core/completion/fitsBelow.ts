import { hasWord, indentation, isCloser, opensBlock } from './stopText';

/** Behind these a statement of the same block is never reached. */
const jump = /^\s*(?:return|raise|throw|break|continue|goto)\b/;
/** Begins a part of a statement that was begun above, or a label: such a line may stand behind a jump. */
const otherPart =
	/^\s*(?:else|elif|elsif|except|finally|catch|rescue|ensure|when|case|default|fi|done|esac|until|#|\/\/|@|"""|''')|^\s*\w+:\s*$/;
/** Goes on with the expression of the line above. */
const goesOn = /^\s*(?:[.?:|&+*/,=<>-]|and\b|or\b|in\b|as\b|if\b|for\b)/;
/** The line goes on below: an operator, a comma or an escaped line end. */
const isOpen = /[,\\+*/|&=<>.-]\s*$/;

/**
 * Can a line stand where it was written, with the first line below that holds something behind it? A line below that is
 * deeper has to be opened by it, and a statement right behind `return` is never reached. Indentation and first words
 * alone decide, so it holds for most languages; in doubt the line fits.
 * @param line the whole line, with what stands left of the cursor.
 * @param below `undefined` where nothing follows.
 */
export function fitsBelow(line: string, below: string | undefined): boolean {
	if (below === undefined || isCloser(below) || goesOn.test(below) || line.trim() === '') {
		return true;
	}
	const deeper = indentation(below) - indentation(line);
	if (deeper > 0) {
		return !isComment(line) && (opensBlock(line) || isOpen.test(line) || !hasWord(line));
	}
	return deeper < 0 || !jump.test(line) || otherPart.test(below) || isUnbalanced(line);
}

/** The body of what the line opens stands below already. */
export function hasBodyBelow(line: string, below: string | undefined): boolean {
	return below !== undefined && opensBlock(line) && !isCloser(below) && indentation(below) > indentation(line);
}

function isComment(line: string): boolean {
	return /^\s*(?:#(?!include\b)|\/\/)/.test(line);
}

function isUnbalanced(line: string): boolean {
	let depth = 0;
	for (const character of line) {
		depth += '([{'.includes(character) ? 1 : ')]}'.includes(character) ? -1 : 0;
	}
	return depth > 0;
}
