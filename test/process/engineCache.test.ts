import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { isAbort } from '../../src/core/engine/engineError';
import type { TokenId } from '../../src/core/prompt/tokenizer';
import type { Completer } from '../../src/engine/completer';
import type { Asked, NextToken, TokenSequence } from '../../src/engine/engineModel';
import { largestSlice } from '../../src/core/engine/pace';
import { anyEdit, EditedFiles } from '../support/editing';
import { nanoModel, prefixFirst, writeChangedModel } from '../support/gguf';
import { openRealModel, type RealModel } from '../support/realModel';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporaryFolder';

/** The native kernels round differently for slices of different length. */
const tolerance = 0.03;
/** The most probable tokens that are looked at; the first eight of one are among these of the other, though they round differently. */
const compared = 64;
const code = readFileSync(join(import.meta.dirname, '../fixtures/workspace/src/cart.ts'), 'utf8').repeat(4);

/** Writes down which tokens the engine believes to be in the cache. */
class Witness implements TokenSequence {
	readonly capacity: number;
	held: TokenId[] = [];
	/** Called in front of each step. */
	onStep: () => void = () => undefined;

	constructor(private readonly inner: TokenSequence) {
		this.capacity = inner.capacity;
	}

	async keepCommonPrefix(tokens: readonly TokenId[]): Promise<number> {
		const different = this.held.findIndex((token, index) => token !== tokens[index]);
		this.held = different === -1 ? this.held : this.held.slice(0, different);
		const kept = await this.inner.keepCommonPrefix(tokens);
		assert.equal(kept, this.held.length);
		return kept;
	}

	evaluate(tokens: readonly TokenId[]): Promise<void> {
		this.#add(...tokens);
		return this.inner.evaluate(tokens);
	}

	evaluateNext(token: TokenId, penalised: readonly TokenId[]): Promise<NextToken> {
		this.#add(token);
		return this.inner.evaluateNext(token, penalised);
	}

	evaluateAmong(asked: readonly Asked[]): Promise<readonly (readonly NextToken[])[]> {
		this.#add(...asked.map(({ token }) => token));
		return this.inner.evaluateAmong(asked);
	}

	evaluateTop(token: TokenId, count: number): Promise<readonly NextToken[]> {
		this.#add(token);
		return this.inner.evaluateTop(token, count);
	}

	dispose(): Promise<void> {
		return this.inner.dispose();
	}

	#add(...tokens: TokenId[]): void {
		this.onStep();
		this.held.push(...tokens);
	}
}

const anyStep = fc.record({
	edit: anyEdit,
	/** Steps of the engine after which the request is cancelled. */
	cancelAfter: fc.oneof(fc.constant(Infinity), fc.nat({ max: 12 })),
	extent: fc.constantFrom('line' as const, 'block' as const),
	maxTokens: fc.constantFrom(0, 4, 12),
	purpose: fc.constantFrom(undefined, undefined, undefined, 'ahead' as const, 'settle' as const, 'refresh' as const),
});
type Step = typeof anyStep extends fc.Arbitrary<infer S> ? S : never;

/** @returns the answer, empty when it was cancelled. */
async function complete(completer: Completer, witness: Witness, files: EditedFiles, step: Step): Promise<string> {
	const { cancelAfter, extent, maxTokens, purpose } = step;
	const cancel = new AbortController();
	let left = cancelAfter;
	witness.onStep = () => {
		if (left-- <= 0) {
			cancel.abort();
		}
	};
	const limits = {
		requestId: 1,
		languageId: 'typescript',
		pieces: [],
		probabilityFloor: 0,
		extent,
		maxTokens,
		purpose,
	};
	try {
		return (await completer.run({ ...limits, ...files.place }, cancel.signal, () => undefined)).text;
	} catch (error) {
		assert.ok(isAbort(error), String(error));
		return '';
	} finally {
		witness.onStep = () => undefined;
	}
}

/** Compares the next token after the tokens that the cache claims to hold with that of a cache which evaluates them all. */
async function assertTrue(witness: Witness, fresh: TokenSequence): Promise<void> {
	const held = witness.held.slice();
	const probe = held.pop();
	if (probe === undefined) {
		return;
	}
	await witness.keepCommonPrefix(held);
	const actual = (await witness.evaluateTop(probe, compared)).slice(0, 8);
	await fresh.keepCommonPrefix([]);
	for (let start = 0; start < held.length; start += largestSlice) {
		await fresh.evaluate(held.slice(start, start + largestSlice));
	}
	const expected = await fresh.evaluateTop(probe, compared);
	for (const { token, probability } of actual.filter(next => next.token !== undefined)) {
		const there = expected.find(next => next.token === token)?.probability ?? 0;
		assert.ok(Math.abs(probability - there) < tolerance, `${token ?? ''}: ${probability}, expected ${there}`);
	}
}

describe('the cache of the engine', function () {
	this.timeout(180_000);
	after(removeTemporaryFolders);

	const models: readonly { name: string; path: () => Promise<string>; order: string }[] = [
		{ name: 'sotto-nano', path: () => Promise.resolve(nanoModel), order: 'suffix-first' },
		{
			name: 'its weights laid out prefix first',
			path: async () => writeChangedModel(join(await temporaryFolder(), 'prefix-first.gguf'), prefixFirst),
			order: 'prefix-suffix-middle',
		},
	];
	for (const { name, path, order } of models) {
		describe(`with ${name}`, () => {
			let real: RealModel;
			before(async () => {
				real = await openRealModel(await path());
				assert.equal(real.format.order, order);
			});
			after(() => real.model.dispose());

			it('holds the tokens that it is believed to hold, whatever is edited, accepted and cancelled', async () => {
				const fresh = await real.openSequence();
				const inner = await real.openSequence();
				await fc.assert(
					fc.asyncProperty(fc.array(anyStep, { minLength: 4, maxLength: 8 }), async steps => {
						await inner.keepCommonPrefix([]);
						const witness = new Witness(inner);
						const completer = real.completer(witness);
						const files = new EditedFiles(code);
						let suggestion = '';
						for (const step of steps) {
							files.apply(step.edit, suggestion);
							suggestion = await complete(completer, witness, files, step);
							await assertTrue(witness, fresh);
						}
					}),
					{ numRuns: 8, seed: 20, endOnFailure: true },
				);
			});
		});
	}
});
