import { dropBlankEnd, indentation, isCloser, opensBlock } from './stopText';

/** A suggestion longer than this is not read before it is accepted. Lines. */
const mostLines = 10;

/**
 * Where a block that begins at the cursor ends, told by indentation as the lines come in:
 * - lines indented deeper than the cursor's line belong to it, blank lines between them too;
 * - a closing line (`}`) at the indentation of the cursor's line ends the block: it stays if the block was opened here,
 *   and goes on if it opens another (`} else {`);
 * - any other line at that indentation ends it and goes, unless the cursor stood on an empty line: there, statements
 *   follow each other up to a blank line;
 * - a line indented less ends it and goes, and so does everything beyond ten lines.
 *
 * @param cursorLine text before the cursor in its line.
 * @param text what the model has written so far; its last line may be incomplete.
 * @returns the text to keep, or `undefined` while the block may go on.
 */
export function findBlockEnd(cursorLine: string, text: string): string | undefined {
	const [first = '', ...rest] = text.split('\n');
	const block = new BlockLines(cursorLine, first);
	for (const [index, line] of rest.entries()) {
		const isComplete = index < rest.length - 1;
		const verdict = index + 1 >= mostLines ? 'end-before' : block.add(line, isComplete);
		if (verdict === 'end-before') {
			return dropBlankEnd([first, ...rest.slice(0, index)].join('\n'));
		}
		if (verdict === 'end-with') {
			return [first, ...rest.slice(0, index + 1)].join('\n');
		}
	}
	return undefined;
}

type LineVerdict = 'go-on' | 'end-before' | 'end-with';

/** State from the lines so far that decides about the next one. */
class BlockLines {
	/** On an empty line the first statement tells how deep the run is: the cursor may stand in column 0 of a block. */
	#base: number;
	/** The cursor stood on an empty line, so the block is a run of statements and not the inside of one. */
	readonly #isRun: boolean;
	/** Nothing is written yet, nor stood before the cursor. */
	#isEmpty: boolean;
	/** Something was opened that a closing line may close. */
	#isOpened: boolean;
	/** The last line was deeper than the cursor's or opened a block: a blank line does not end it. */
	#isInside: boolean;

	constructor(cursorLine: string, first: string) {
		this.#isRun = cursorLine.trim() === '';
		this.#isEmpty = (cursorLine + first).trim() === '';
		this.#base = indentation(this.#isEmpty ? cursorLine : cursorLine + first);
		this.#isOpened = opensBlock(cursorLine + first);
		this.#isInside = this.#isOpened || this.#isEmpty;
	}

	add(line: string, isComplete: boolean): LineVerdict {
		const depth = indentation(line);
		if (line.trim() === '') {
			return isComplete && !this.#isInside ? 'end-before' : 'go-on';
		}
		if (this.#isEmpty) {
			this.#isEmpty = false;
			this.#base = Math.max(this.#base, depth);
		}
		if (depth > this.#base) {
			this.#isInside = true;
			this.#isOpened = true;
			return 'go-on';
		}
		if (depth < this.#base) {
			return 'end-before';
		}
		return isCloser(line) ? this.#close(line, isComplete) : this.#addStatement(line);
	}

	#close(line: string, isComplete: boolean): LineVerdict {
		if (!this.#isOpened) {
			return 'end-before';
		}
		return !isComplete || opensBlock(line) ? 'go-on' : 'end-with';
	}

	#addStatement(line: string): LineVerdict {
		if (!this.#isRun) {
			return 'end-before';
		}
		this.#isInside = opensBlock(line);
		this.#isOpened ||= this.#isInside;
		return 'go-on';
	}
}
