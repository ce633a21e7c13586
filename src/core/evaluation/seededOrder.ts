/**
 * A number for each combination of seed, name and number, 32 bits, as good as random and always the same. Taking the
 * smallest ones is a sample in which one more file changes only what it takes part in.
 */
export function seededOrder(seed: number, name: string): (number: number) => number {
	let hash = mix(seed >>> 0);
	for (let index = 0; index < name.length; index++) {
		hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193) >>> 0;
	}
	return number => mix((hash + Math.imul(number, 0x9e3779b1)) >>> 0);
}

/** The finaliser of MurmurHash3: each bit of the input turns about half of the output's. */
function mix(value: number): number {
	let hash = value;
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return (hash ^ (hash >>> 16)) >>> 0;
}
