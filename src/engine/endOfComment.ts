/** A sentence that is being written as a comment, so far. */
export interface CommentEnd {
	readonly text: string;
	readonly isComplete: boolean;
}

/** Behind these a full stop ends no sentence. */
const abbreviation = /\b(?:e\.g|i\.e|etc|vs|cf|approx|incl|resp|no)\.$/i;

/**
 * The sentence in what the model wrote behind the start of a comment: to its full stop, over lines that go on with the
 * comment, or to the end of the comment.
 */
export function endOfComment(raw: string, marker: string): CommentEnd {
	const opener = marker.trim();
	const lines = raw.split('\n');
	let text = lines[0] ?? '';
	for (const [index, line] of lines.slice(1).entries()) {
		const isLast = index === lines.length - 2;
		const begun = line.trimStart();
		if (begun.startsWith(opener)) {
			const more = begun.slice(opener.length).trim();
			if (more === '' && !isLast) {
				return finished(text);
			}
			text += more === '' ? '' : ` ${more}`;
		} else if (!(isLast && opener.startsWith(begun))) {
			return finished(text);
		} else if (sentenceEnd(text) !== undefined || /[.!?]\s*$/.test(text)) {
			return finished(text);
		}
	}
	const end = sentenceEnd(text);
	return end === undefined ? { text, isComplete: false } : { text: text.slice(0, end), isComplete: true };
}

function finished(text: string): CommentEnd {
	return { text: text.slice(0, sentenceEnd(text)).trimEnd(), isComplete: true };
}

function sentenceEnd(text: string): number | undefined {
	for (const { index } of text.matchAll(/[.!?](?=\s)/g)) {
		if (!abbreviation.test(text.slice(0, index + 1))) {
			return index + 1;
		}
	}
	return undefined;
}
