import { randomNumbers } from '../traces/typist';
import { blockBytes, blockWeights, quantiseBlock, type Quantisation } from './quantise';

/** Different blocks: enough that no two rows of a matrix are alike. A power of two. */
const poolBlocks = 1 << 15;

/**
 * Quantised blocks of normally distributed weights. Half a billion weights drawn one by one would take minutes, so the
 * blocks come from a pool, in random order: what a matrix holds has no influence on how fast it is multiplied.
 */
export class RandomBlocks {
	readonly #pool: Buffer;
	readonly #bytes: number;
	#state: number;

	/** @param deviation standard deviation of the weights. */
	constructor(type: Quantisation, deviation: number, seed: number) {
		this.#bytes = blockBytes[type];
		this.#pool = Buffer.alloc(poolBlocks * this.#bytes);
		this.#state = seed | 1;
		const random = randomNumbers(seed);
		const weights = new Float32Array(blockWeights);
		for (let block = 0; block < poolBlocks; block++) {
			for (let index = 0; index < blockWeights; index++) {
				weights[index] = deviation * normal(random);
			}
			quantiseBlock(type, weights, this.#pool.subarray(block * this.#bytes, (block + 1) * this.#bytes));
		}
	}

	/** Fills `out`, which is to hold whole blocks. */
	fill(out: Buffer): void {
		for (let at = 0; at < out.length; at += this.#bytes) {
			const start = (this.#next() & (poolBlocks - 1)) * this.#bytes;
			this.#pool.copy(out, at, start, start + this.#bytes);
		}
	}

	/** Marsaglia's xorshift: fast, and its low bits are as good as its high ones. */
	#next(): number {
		let state = this.#state;
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		this.#state = state;
		return state;
	}
}

/** Box and Muller's way from two even numbers to a normal one. */
function normal(random: () => number): number {
	return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
