/** ROUGE-L: the F1 of the longest common subsequence of words, in lower case. 0 … 1. */
export function rougeL(said: string, reference: string): number {
	const [a, b] = [wordsOf(said), wordsOf(reference)];
	const common = longestCommon(a, b);
	return common === 0 ? 0 : (2 * common) / (a.length + b.length);
}

function wordsOf(text: string): readonly string[] {
	return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
}

function longestCommon(a: readonly string[], b: readonly string[]): number {
	let above = Array<number>(b.length + 1).fill(0);
	for (const word of a) {
		const row = [0];
		for (const [index, other] of b.entries()) {
			row.push(word === other ? (above[index] ?? 0) + 1 : Math.max(above[index + 1] ?? 0, row[index] ?? 0));
		}
		above = row;
	}
	return above.at(-1) ?? 0;
}
