import assert from 'node:assert/strict';
import { isAbort } from '../../src/core/engine/engineError';
import type { CompletionParams, CompletionResult } from '../../src/protocol/engineContract';
import { nanoModel } from '../support/gguf';
import { EngineRig, never } from './engineRig';

/** Enough code to fill more than one slice. */
const code = Array.from(
	{ length: 30 },
	(_, index) => `export function f${index}(value: number): number {\n\treturn value + ${index};\n}\n`,
).join('\n');

/** The native kernels round differently for slices of different length; a hundredth hides no wrong token. */
function assertSame(actual: CompletionResult, expected: CompletionResult): void {
	assert.equal(actual.text, expected.text);
	assert.equal(actual.stopReason, expected.stopReason);
	for (const [index, { probability }] of actual.tokens.entries()) {
		assert.ok(Math.abs(probability - (expected.tokens[index]?.probability ?? 0)) < 0.01);
	}
}

/** A document of two lines says little, and these tests want to know what the model says. */
const alone: Partial<CompletionParams> = { without: ['prior'] };

describe('the built engine with sotto-nano', () => {
	let rig: EngineRig;
	before(async () => {
		rig = await EngineRig.ready();
	});
	after(() => rig.stop());

	it('tells what it loaded', async () => {
		const info = await rig.load(nanoModel, 'complete');
		assert.deepEqual(
			[info.name, info.family, info.verified, info.canComplete, info.canExplain, info.contextTokens, info.threads],
			['sotto-nano', 'sotto', true, true, false, 1024, 1],
		);
	});

	it('completes a line with a probability for each token', async () => {
		const result = await rig.complete({
			...alone,
			prefix: 'for (let i = 0; i < list.length; i++) {\n\tconst item = list',
		});
		assert.equal(result.text, '[i]');
		assert.equal(result.stopReason, 'end-of-line');
		assert.equal(result.tokens.map(({ text }) => text).join(''), result.text);
		assert.ok(result.tokens.every(({ probability }) => probability > 0.05 && probability <= 1));
		assert.equal(result.evaluatedTokens + result.reusedTokens, result.promptTokens);
	});

	it('completes a block up to its closing line', async () => {
		const result = await rig.complete({
			...alone,
			prefix: 'function get(key) {\n\tif (this.map.has(key)) {',
			extent: 'block',
		});
		assert.match(result.text, /^\n\t\t\S.*\n\t\}$/);
		assert.equal(result.stopReason, 'end-of-block');
	});

	const begun: readonly { prefix: string; text: RegExp }[] = [
		{ prefix: 'for (let i = 0; i < list.length; ', text: /^i\+\+\) \{$/ },
		{ prefix: 'try {\n\trun();\n} catch ', text: /^\(e\) \{$/ },
		{ prefix: 'export function sum(a, b) {\n\tretu', text: /^rn / },
	];
	for (const { prefix, text } of begun) {
		it(`goes on in the middle of a token: ${JSON.stringify(prefix.slice(-12))}`, async () => {
			assert.match((await rig.complete({ ...alone, prefix })).text, text);
		});
	}

	it('uses what stands in another file', async () => {
		const place = { prefix: 'export const jar = marmalade', path: 'src/b.ts' };
		const pieces = [{ path: 'src/c.ts', text: 'export const breakfast = marmaladeToast(1);\n' }];
		assert.match((await rig.complete({ ...place, pieces })).text, /^Toast/);
		assert.doesNotMatch((await rig.complete(place)).text, /^Toast/);
	});

	it('tells each token as it comes', async () => {
		rig.tokens.length = 0;
		const result = await rig.complete({ requestId: 4711, prefix: 'const userName = "x";\nconsole.log(user' });
		const told = rig.tokens.filter(({ requestId }) => requestId === 4711).map(({ token }) => token.text);
		assert.equal(told.length, result.generatedTokens);
		assert.ok(told.join('').startsWith(result.text));
	});

	it('evaluates a handful of tokens for a typed character', async () => {
		const typed = '\texport const total = sum(values)';
		const start = `${code}\n${typed.slice(0, 2)}`;
		await rig.complete({ prefix: start });
		let evaluated = 0;
		for (let length = 3; length <= typed.length; length++) {
			evaluated += (await rig.complete({ prefix: `${code}\n${typed.slice(0, length)}` })).evaluatedTokens;
		}
		assert.ok(evaluated <= 2 * (typed.length - 2), `${evaluated} tokens for ${typed.length - 2} characters`);
	});

	it('settles a cancelled completion, and answers the next one as a fresh engine does', async () => {
		const expected = await rig.complete({ prefix: `${code}\nexport function ` });
		for (const delay of [0, 1, 2, 4, 8, 16, 32]) {
			const cancel = new AbortController();
			const other = `${'let a = 1;\n'.repeat(delay + 1)}${code}`;
			const running = rig.complete({ prefix: other, extent: 'block', maxTokens: 200 }, cancel.signal);
			setTimeout(() => {
				cancel.abort();
			}, delay);
			await running.catch((error: unknown) => {
				assert.ok(isAbort(error), String(error));
			});
			assertSame(await rig.complete({ prefix: `${code}\nexport function ` }), expected);
		}
		const fresh = await EngineRig.ready();
		try {
			assertSame(await fresh.complete({ prefix: `${code}\nexport function ` }), expected);
		} finally {
			await fresh.stop();
		}
	});

	it('ends an older completion for a newer one', async () => {
		const older = rig.complete({ prefix: `class A {}\n${code}`, suffix: code, extent: 'block' });
		const newer = rig.complete({ prefix: 'const a = [1, 2' });
		await assert.rejects(older, isAbort);
		assert.ok((await newer).generatedTokens > 0);
	});

	it('answers the heartbeat while it completes', async () => {
		const running = rig.complete({ prefix: code, extent: 'block', maxTokens: 200 });
		const { residentBytes } = await rig.client.call('engine/ping', {}, never);
		assert.ok(residentBytes > 10_000_000);
		await running;
	});

	for (const text of [
		'<fim_suffix>',
		'<fim_prefix>',
		'<file_sep>',
		'<repo_name>',
		'<s>',
		'</s>',
		'<unk>',
		'<explain>',
		'<answer>',
	]) {
		it(`reads ${text} in the user's text as text`, async () => {
			// `maxTokens` 0: only the prompt is looked at.
			const without = await rig.complete({ prefix: 'a b', maxTokens: 0 });
			const parts: { prefix?: string; suffix?: string; path?: string }[] = [
				{ prefix: `a${text} b` },
				{ suffix: text },
				{ path: `src/${text}a.ts` },
			];
			for (const part of parts) {
				const result = await rig.complete({ prefix: 'a b', maxTokens: 0, ...part });
				assert.ok(result.promptTokens - without.promptTokens >= 2, JSON.stringify(part));
			}
		});
	}

	const oddities: readonly { name: string; prefix: string; suffix: string }[] = [
		{ name: 'nothing at all', prefix: '', suffix: '' },
		{ name: 'a suffix alone', prefix: '', suffix: '\nexport const a = 1;\n' },
		{ name: 'emoji and combining characters', prefix: '// 👩‍👩‍👧‍👦 e\u0301 ‮\nconst a = "😀', suffix: '";\n' },
		{ name: 'half a surrogate pair', prefix: 'const a = "\ud83d', suffix: '\ude00";' },
		{ name: 'tabs and nothing else', prefix: '\t\t\t\t', suffix: '\t\t' },
		{ name: 'NUL and control characters', prefix: 'a\0b\u0007\u001b[31m', suffix: '\0' },
		{ name: 'carriage returns', prefix: 'a = 1\r\nb = ', suffix: '\r\n' },
		{
			name: 'a line of a megabyte',
			prefix: `const data = "${'x1y2'.repeat(250_000)}`,
			suffix: `${'z'.repeat(1_000_000)}"`,
		},
		{ name: 'a megabyte of white space', prefix: ' '.repeat(1_000_000), suffix: ' '.repeat(1_000_000) },
		{ name: 'two hundred thousand lines', prefix: 'a = 1;\n'.repeat(200_000), suffix: 'b = 2;\n'.repeat(200_000) },
	];
	for (const { name, prefix, suffix } of oddities) {
		it(`answers with text at ${name}`, async () => {
			const result = await rig.complete({ prefix, suffix });
			assert.ok(result.promptTokens <= 1024 - 24);
			assert.doesNotMatch(result.text, /\n|\uFFFD/);
			assert.ok(result.tokens.every(({ probability }) => probability >= 0 && probability <= 1));
		});
	}

	it('writes no more than its context holds', async () => {
		const result = await rig.complete({ prefix: code, extent: 'block', maxTokens: 5000 });
		assert.ok(result.promptTokens + result.generatedTokens <= 1024);
	});

	it('refuses what does not have the shape of the contract', async () => {
		await assert.rejects(rig.complete({ maxTokens: -1 }), { code: 'bad-message' });
		await assert.rejects(rig.complete({ probabilityFloor: 2 }), { code: 'bad-message' });
	});
});
