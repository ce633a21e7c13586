import assert from 'node:assert/strict';
import { EngineRig } from './engineRig';

describe('the prompt that the built engine tells', () => {
	let rig: EngineRig;
	before(async () => {
		rig = await EngineRig.ready();
	});
	after(() => rig.stop());

	const asked = {
		prefix: '// <fim_prefix> is no token here\nfunction f() {\n\treturn (',
		suffix: ');\n}\n',
		pieces: [{ path: 'src/b.ts', text: 'export const π = "€ 😀";\n' }],
	};

	it('is not told to who does not ask for it', async () => {
		assert.equal((await rig.complete(asked)).prompt, undefined);
	});

	it('names the control tokens and has all text as it is, with every token counted', async () => {
		const { prompt = [], promptTokens } = await rig.complete({ ...asked, wantsPrompt: true });
		const written = prompt.map(({ kind, text }) => (kind === 'control' ? `[${text}]` : text)).join('');
		assert.equal(
			written,
			`[<s>][<file_sep>]src/b.ts\n${asked.pieces[0]?.text ?? ''}[<file_sep>]src/a.ts\n[<fim_suffix>]${asked.suffix}[<fim_prefix>]${asked.prefix}`,
		);
		assert.equal(
			prompt.reduce((sum, { tokens }) => sum + tokens, 0),
			promptTokens,
		);
	});

	it('costs the next key press nothing', async () => {
		await rig.complete({ ...asked, wantsPrompt: true });
		const next = await rig.complete({ ...asked, prefix: `${asked.prefix}!` });
		assert.ok(next.evaluatedTokens <= 2, `${next.evaluatedTokens} tokens were evaluated`);
	});
});
