/** A bracket, quote or other punctuation mark of code, outside strings, comments and regular expressions. */
export interface Mark {
	readonly index: number;
	readonly character: string;
	/** Nesting after the mark, 0 where the text starts. Quotes nest as brackets do. Negative: it closes what began before. */
	readonly depth: number;
	readonly kind: 'open' | 'close' | 'other';
}

export function isCloser(character: string): boolean {
	return character === ')' || character === ']' || character === '}';
}

/** The closer that belongs to an opening bracket; `undefined` for anything else. */
export function closerOf(opener: string): string | undefined {
	switch (opener) {
		case '(':
			return ')';
		case '[':
			return ']';
		case '{':
			return '}';
		default:
			return undefined;
	}
}

/** The mark that ends what this one begins; a quote belongs to itself. */
export function closes(opener: string): string {
	return closerOf(opener) ?? opener;
}

/** The marks that close what was opened before the text, outermost last. */
export function unmatchedClosers(marks: readonly Mark[]): readonly Mark[] {
	let lowest = 0;
	return marks.filter(mark => {
		const isNew = mark.kind === 'close' && mark.depth < lowest;
		lowest = Math.min(lowest, mark.depth);
		return isNew;
	});
}

/** The marks that open what the text does not close, outermost first. */
export function unmatchedOpeners(marks: readonly Mark[]): readonly Mark[] {
	const stack: Mark[] = [];
	for (const mark of marks) {
		if (mark.kind === 'open') {
			stack.push(mark);
		} else if (mark.kind === 'close') {
			stack.pop();
		}
	}
	return stack;
}

/** True for an opener that begins a block: nothing follows it in its line. */
export function endsItsLine({ index }: Mark, text: string): boolean {
	return /^[ \t]*(?:\n|$)/.test(text.slice(index + 1));
}
