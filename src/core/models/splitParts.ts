/** Where a file stands among those that hold a model together. */
export interface SplitPlace {
	/** From 0. */
	readonly index: number;
	readonly count: number;
}

/** As llama.cpp's `gguf-split` names parts, and as the engine looks for them. */
const partName = /-(\d{5})-of-(\d{5})\.gguf$/i;

/** From `split.no` and `split.count`; `undefined` for a model in one file. */
export function splitPlace(metadata: ReadonlyMap<string, number | boolean | string>): SplitPlace | undefined {
	const count = metadata.get('split.count');
	const index = metadata.get('split.no');
	return typeof count === 'number' && count > 1 ? { index: typeof index === 'number' ? index : 0, count } : undefined;
}

/** Paths of all parts, the first one first; `undefined` where the name of the file does not say which part it is. */
export function partPaths(path: string, { index, count }: SplitPlace): readonly string[] | undefined {
	const [name, number, total] = partName.exec(path) ?? [];
	if (name === undefined || Number(number) !== index + 1 || Number(total) !== count) {
		return undefined;
	}
	const stem = path.slice(0, -name.length);
	return Array.from({ length: count }, (_, part) => `${stem}${partEnding(part, count)}`);
}

/** The name that part `index` has to end with. */
export function partEnding(index: number, count: number): string {
	return `-${fiveDigits(index + 1)}-of-${fiveDigits(count)}.gguf`;
}

function fiveDigits(number: number): string {
	return String(number).padStart(5, '0');
}
