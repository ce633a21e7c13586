import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Completer } from '../../../src/engine/completer';
import { LatestOnly } from '../../../src/engine/latestOnly';
import { largestSlice } from '../../../src/core/engine/pace';
import { decode, fakeFormat, fakeTokenizer } from './fakeModel';
import { HashSequence } from './hashSequence';

const never = new AbortController().signal;

function paramsOf(requestId: number, prefix: string) {
	const rest = { path: 'a.ts', languageId: 'typescript', suffix: ')'.repeat(40), pieces: [], probabilityFloor: 0 };
	return { ...rest, requestId, prefix, extent: 'block' as const, maxTokens: 60 };
}

/** Asks for something long, and for something else while the native side is at work on it for the `at`th time. */
async function supersede(prefix: string, at: number, by: 'newer' | 'cancelled') {
	const sequence = new HashSequence(800);
	const completer = new Completer({ format: fakeFormat, tokenizer: fakeTokenizer, decode, sequence });
	const latest = new LatestOnly();
	const cancel = new AbortController();
	let evaluations = 0;
	let [before, after] = [0, 0];
	const ask = (params: ReturnType<typeof paramsOf>, outer: AbortSignal): Promise<unknown> =>
		latest.run(signal => {
			after = sequence.evaluated - before;
			return completer.run(params, signal, () => undefined);
		}, outer);
	let newer: Promise<unknown> | undefined;
	sequence.onEvaluate = () => {
		if (++evaluations === at) {
			before = sequence.evaluated;
			if (by === 'cancelled') {
				cancel.abort();
			}
			newer = ask(paramsOf(2, 'x'), never);
		}
	};
	const ended = await ask(paramsOf(1, prefix), cancel.signal).then(
		() => 'answered',
		(error: unknown) => (error instanceof Error ? error.name : String(error)),
	);
	await newer;
	return { ended, after, wasReached: newer !== undefined };
}

describe('a completion that is superseded', () => {
	it('stops within one slice plus one token, wherever it is', async () => {
		const prefix = fc.string({ unit: fc.constantFrom('a', 'b', '1', '(', ';', '\n'), minLength: 1, maxLength: 700 });
		const by = fc.constantFrom('newer' as const, 'cancelled' as const);
		let reached = 0;
		await fc.assert(
			fc.asyncProperty(prefix, fc.integer({ min: 1, max: 30 }), by, async (text, at, how) => {
				const { ended, after, wasReached } = await supersede(text, at, how);
				assert.ok(after <= largestSlice + 1, `${after} tokens`);
				assert.equal(ended, wasReached ? 'AbortError' : 'answered');
				reached += Number(wasReached);
			}),
			{ numRuns: 300 },
		);
		assert.ok(reached > 100, `${reached} of 300 were at work`);
	});
});
