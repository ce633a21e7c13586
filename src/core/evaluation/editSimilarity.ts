/** Longer texts are compared up to here: the work grows with the product of the lengths. UTF-16 units. */
const longest = 500;

/** 1 for equal texts, 0 for texts with nothing in common: 1 - Levenshtein distance / length of the longer one. */
export function editSimilarity(a: string, b: string): number {
	const [first, second] = [a.slice(0, longest), b.slice(0, longest)];
	const length = Math.max(first.length, second.length);
	return length === 0 ? 1 : 1 - distance(first, second) / length;
}

function distance(a: string, b: string): number {
	let above = Array.from({ length: b.length + 1 }, (_, column) => column);
	for (let row = 1; row <= a.length; row++) {
		const current = [row];
		for (let column = 1; column <= b.length; column++) {
			const replaced = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
			current.push(Math.min(replaced, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
		}
		above = current;
	}
	return above[b.length] ?? 0;
}
