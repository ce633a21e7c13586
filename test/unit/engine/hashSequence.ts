import type { TokenId } from '../../../src/core/prompt/tokenizer';
import type { Asked, NextToken, TokenSequence } from '../../../src/engine/engineModel';

const alphabet = Array.from('ab1 (){};\n\t', character => character.codePointAt(0) ?? 0);

/** A model whose every answer depends on every token it holds, so that a cache that holds another one shows. */
export class HashSequence implements TokenSequence {
	constructor(readonly capacity = 160) {}

	/** Tokens evaluated so far, kept or not. */
	evaluated = 0;
	/** Called before each evaluation. */
	onEvaluate: () => void = () => undefined;
	#held: TokenId[] = [];

	get held(): readonly TokenId[] {
		return this.#held;
	}

	keepCommonPrefix(tokens: readonly TokenId[]): Promise<number> {
		const different = this.#held.findIndex((token, index) => token !== tokens[index]);
		this.#held = different === -1 ? this.#held : this.#held.slice(0, different);
		return Promise.resolve(this.#held.length);
	}

	async evaluate(tokens: readonly TokenId[]): Promise<void> {
		// As the native side does: cancelling shows when the slice is through.
		await Promise.resolve();
		this.onEvaluate();
		this.evaluated += tokens.length;
		this.#held.push(...tokens);
		if (this.#held.length >= this.capacity) {
			throw new Error('The context is full');
		}
	}

	async evaluateNext(token: TokenId): Promise<NextToken> {
		await this.evaluate([token]);
		const [best = { token: undefined, probability: 0 }] = this.#ranked();
		return best;
	}

	async evaluateAmong(asked: readonly Asked[]): Promise<readonly (readonly NextToken[])[]> {
		const told: (readonly NextToken[])[] = [];
		for (const { token, others } of asked) {
			await this.evaluate([token]);
			told.push(
				this.#ranked().filter((next, at) => at < 1 || (next.token !== undefined && others.includes(next.token))),
			);
		}
		return told;
	}

	async evaluateTop(token: TokenId, count: number): Promise<readonly NextToken[]> {
		await this.evaluate([token]);
		return this.#ranked().slice(0, count);
	}

	dispose(): Promise<void> {
		return Promise.resolve();
	}

	/** All tokens, most probable first; one answer in sixteen begins with the end. */
	#ranked(): NextToken[] {
		let seed = 2166136261;
		for (const token of this.#held) {
			seed = Math.imul(seed ^ token, 16777619) >>> 0;
		}
		const ranked = alphabet
			.map((token, index) => ({ token, order: Math.imul(seed ^ (index + 1), 2654435761) >>> 0 }))
			.sort((a, b) => a.order - b.order)
			.map(({ token }, index) => ({ token, probability: 0.5 ** (index + 1) }));
		return seed % 16 === 0 ? [{ token: undefined, probability: 0.9 }, ...ranked] : ranked;
	}
}
