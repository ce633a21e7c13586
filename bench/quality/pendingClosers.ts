const closerOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** The closers that an editor with auto-closing has put after the cursor while the line up to it was typed. */
export function pendingClosers(linePrefix: string): string {
	const pending: string[] = [];
	for (const character of linePrefix) {
		const closer = closerOf[character];
		if (closer !== undefined) {
			pending.push(closer);
		} else if (character === pending.at(-1)) {
			pending.pop();
		}
	}
	return pending.reverse().join('');
}

/** The cursor's line up to the cursor. */
export function lineBefore(prefix: string): string {
	return prefix.slice(prefix.lastIndexOf('\n') + 1);
}

/** A document as it was before the last `length` UTF-16 units were typed, in an editor that closes brackets. */
export function earlier(
	{ prefix, suffix }: { readonly prefix: string; readonly suffix: string },
	length: number,
): { prefix: string; suffix: string } {
	const before = prefix.slice(0, prefix.length - length);
	const isSameLine = !prefix.slice(before.length).includes('\n');
	const rest = suffix.slice(pendingClosers(lineBefore(prefix)).length);
	return { prefix: before, suffix: (isSameLine ? pendingClosers(lineBefore(before)) : '') + rest };
}
