import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { PromptFormat } from '../../../src/core/prompt/fim/detectFormat';
import { Completer } from '../../../src/engine/completer';
import type { CompletionParams, CompletionResult } from '../../../src/protocol/engineContract';
import { anyEdit, EditedFiles } from '../../support/editing';
import { decode, fakeFormat, fakeTokenizer } from './fakeModel';
import { HashSequence } from './hashSequence';

const middle = 0xe004;
const formats: Readonly<Record<string, PromptFormat>> = {
	'suffix first': fakeFormat,
	'prefix first': { ...fakeFormat, order: 'prefix-suffix-middle', middle },
	'suffix first with a middle token': { ...fakeFormat, order: 'suffix-prefix-middle', middle },
	'left to right': { ...fakeFormat, order: 'left-to-right' },
};

/** How a request ends: by itself, cancelled after so many evaluations, or with a failure of the native side. */
const anyEnd = fc.oneof(
	{ weight: 3, arbitrary: fc.constant({ kind: 'itself' as const, after: Infinity }) },
	fc.record({ kind: fc.constantFrom('cancel' as const, 'failure' as const), after: fc.nat({ max: 12 }) }),
);
const anyStep = fc.record({
	edit: anyEdit,
	end: anyEnd,
	extent: fc.constantFrom('line' as const, 'block' as const),
	maxTokens: fc.constantFrom(0, 1, 8, 40),
	purpose: fc.constantFrom(undefined, undefined, undefined, 'ahead' as const, 'settle' as const, 'refresh' as const),
	candidates: fc.constantFrom(undefined, undefined, 3),
	without: fc.constantFrom<'fitting'[]>([], ['fitting']),
});

function setUp(format: PromptFormat) {
	const sequence = new HashSequence();
	const completer = new Completer({
		format,
		tokenizer: fakeTokenizer,
		decode,
		sequence,
		controlNames: new Map(),
	});
	const told: string[] = [];
	const run = (params: CompletionParams, signal: AbortSignal): Promise<CompletionResult> => {
		told.length = 0;
		return completer.run(params, signal, ({ text }) => told.push(text));
	};
	return { sequence, run, told };
}

/** The answer of an engine that got the same requests before and has an empty cache: each request was cancelled. */
async function freshAnswer(format: PromptFormat, asked: readonly CompletionParams[]): Promise<CompletionResult> {
	const { sequence, run } = setUp(format);
	for (const params of asked.slice(0, -1)) {
		await assert.rejects(run(params, AbortSignal.abort()), { name: 'AbortError' });
	}
	const [last] = asked.slice(-1);
	assert.ok(last !== undefined && sequence.evaluated === 0);
	return run(last, new AbortController().signal);
}

type Step = typeof anyStep extends fc.Arbitrary<infer S> ? S : never;

async function runStep(engine: ReturnType<typeof setUp>, params: CompletionParams, end: Step['end']) {
	const cancel = new AbortController();
	let left = end.after;
	engine.sequence.onEvaluate = () => {
		if (left-- <= 0 && end.kind === 'failure') {
			throw new Error('native failure');
		}
		if (left < 0 && end.kind === 'cancel') {
			cancel.abort();
		}
	};
	try {
		return await engine.run(params, cancel.signal);
	} catch (error) {
		assert.ok(
			error instanceof Error && (error.name === 'AbortError' || error.message === 'native failure'),
			String(error),
		);
		return undefined;
	}
}

/** The cache ends with the text before the cursor and what was written; the last token of it is not evaluated. */
function assertHolds({ sequence, told }: ReturnType<typeof setUp>, format: PromptFormat, prefix: string): void {
	if (told.length === 0) {
		return;
	}
	// With the text after the cursor in between, where the anchor is shows the layout's own test.
	const before = format.order === 'prefix-suffix-middle' ? '' : lineOf(prefix).slice(-6);
	const expected = Array.from(before + told.join(''));
	const held = decode(sequence.held).replace(/[\ue000-\uefff]/g, '');
	assert.ok(held.endsWith(expected.join('')) || held.endsWith(expected.slice(0, -1).join('')), held);
}

function lineOf(prefix: string): string {
	return prefix.slice(prefix.lastIndexOf('\n') + 1);
}

/** Everything about an answer but how much of it was work. */
function essence({ text, tokens, stopReason, promptTokens, generatedTokens }: CompletionResult) {
	return { text, tokens, stopReason, promptTokens, generatedTokens };
}

describe('the cache of Completer', () => {
	for (const [name, format] of Object.entries(formats)) {
		it(`gives the answers of a fresh engine after any edits, accepts, cancels and failures, ${name}`, async () => {
			const code = 'function a(b) {\n\treturn b;\n}\n\nab(1);\n';
			await fc.assert(
				fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 20 }), async steps => {
					const files = new EditedFiles(code);
					const engine = setUp(format);
					const asked: CompletionParams[] = [];
					let suggestion = '';
					for (const { edit, end, extent, maxTokens, purpose, candidates, without } of steps) {
						files.apply(edit, suggestion);
						const place = { ...files.place, languageId: 'typescript', pieces: [], probabilityFloor: 0 };
						asked.push({ ...place, requestId: asked.length, extent, maxTokens, purpose, candidates, without });
						const answer = await runStep(engine, asked.at(-1) ?? assert.fail(), end);
						suggestion = answer?.text ?? '';
						if (answer !== undefined) {
							// Behind another try the cache holds the last one, not the one that was chosen.
							if (candidates === undefined && without.length > 0) {
								assertHolds(engine, format, place.prefix);
							}
							assert.deepEqual(essence(answer), essence(await freshAnswer(format, asked)));
						}
					}
				}),
				{ numRuns: 150 },
			);
		});
	}
});
