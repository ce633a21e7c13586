import assert from 'node:assert/strict';
import type { PromptPart } from '../../../src/core/completion/completionEngine';
import { promptOrigins, type PromptGroup } from '../../../src/core/inspect/promptOrigins';
import { detectFormat } from '../../../src/core/prompt/fim/detectFormat';
import { splitText } from '../../../src/core/prompt/textCut';
import type { Tokenizer } from '../../../src/core/prompt/tokenizer';
import { layoutPrompt, type LayoutInput } from '../../../src/core/prompt/layout';
import { describePrompt } from '../../../src/engine/describePrompt';
import { decode, encode } from '../engine/fakeModel';
import { factsOf, type FamilyName } from '../prompt/modelFacts';

/** Ids of characters, moved out of the way of a format's own tokens. */
const firstText = 1_000_000;
const tokenizer: Tokenizer = {
	tokenize: text => encode(text).map(id => id + firstText),
	split: text => splitText(text, 'after-line-end'),
};

/** The prompt that the engine would lay out for a model of this family, one token a character. */
function promptFor(family: FamilyName, input: LayoutInput, budget = 2000): readonly PromptPart[] {
	const format = detectFormat(factsOf(family));
	const { tokens } = layoutPrompt(format, tokenizer, input, { budget });
	const names = new Map(tokens.filter(id => id < firstText).map(id => [id, `<${id}>`]));
	return describePrompt(tokens, ids => decode(ids.map(id => id - firstText)), names);
}

/** Text by origin, but for the control tokens. */
function told(groups: readonly PromptGroup[]): Record<string, string> {
	const texts: Record<string, string> = {};
	for (const { origin, text } of groups.filter(({ origin: { kind } }) => kind !== 'control')) {
		const key = origin.kind === 'piece' ? `piece ${origin.index}` : origin.kind;
		texts[key] = (texts[key] ?? '') + text;
	}
	return texts;
}

const input: LayoutInput = {
	path: 'src/a.ts',
	prefix: "// src/a.ts\nimport { b } from './b';\n\nlet a = ",
	suffix: ';\n\nexport { a };\n',
	pieces: [
		{ path: 'src/b.ts', text: 'export const b = 1;\n// src/a.ts' },
		{ path: 'c.ts', text: 'export const c = 2;\n' },
	],
};

const sides = { before: input.prefix, after: input.suffix };
const pieces = {
	'piece 0': 'src/b.ts\nexport const b = 1;\n// src/a.ts\n',
	'piece 1': 'c.ts\nexport const c = 2;\n',
	path: 'src/a.ts\n',
};
const marked = (mark: string): Record<string, string> =>
	Object.fromEntries(Object.entries(pieces).map(([key, text]) => [key, mark + text]));

const families: readonly { family: FamilyName; expected: Record<string, string> }[] = [
	{ family: 'sotto', expected: { ...pieces, ...sides } },
	{ family: 'mellum', expected: { ...pieces, ...sides } },
	{ family: 'qwen2.5-coder', expected: { ...pieces, ...sides } },
	{ family: 'deepseek-coder', expected: { ...marked('#'), ...sides } },
	{ family: 'codestral', expected: { ...marked('+++++ '), ...sides } },
	{ family: 'seed-coder', expected: sides },
];

describe('promptOrigins', () => {
	for (const { family, expected } of families) {
		it(`tells where each part came from in a prompt for ${family}, and loses none of it`, () => {
			const prompt = promptFor(family, input);
			const groups = promptOrigins(prompt, input);
			assert.deepEqual(told(groups), expected);
			const whole = (parts: readonly PromptPart[]): string => parts.map(({ text }) => text).join('');
			const count = (parts: readonly PromptPart[]): number => parts.reduce((sum, { tokens }) => sum + tokens, 0);
			assert.deepEqual([whole(groups), count(groups)], [whole(prompt), count(prompt)]);
		});
	}

	it('knows a piece of which only the beginning went in', () => {
		const text = 'export const value = 1;\n'.repeat(50);
		const groups = promptOrigins(promptFor('sotto', { ...input, pieces: [{ path: 'b.ts', text }] }, 600), {
			...input,
			pieces: [{ path: 'b.ts', text }],
		});
		const piece = told(groups)['piece 0'] ?? '';
		assert.ok(piece.length > 50 && piece.length < text.length);
		assert.ok(`b.ts\n${text}`.startsWith(piece));
	});

	it('knows a file of the same name elsewhere from the file itself', () => {
		const twin = { ...input, pieces: [{ path: 'src/a.ts', text: 'export const twin = 1;\n' }] };
		assert.deepEqual(told(promptOrigins(promptFor('sotto', twin), twin)), {
			'piece 0': 'src/a.ts\nexport const twin = 1;\n',
			path: 'src/a.ts\n',
			...sides,
		});
	});

	it('knows both sides of the cursor where they are alike', () => {
		const blank = { ...input, prefix: 'a();\n\n', suffix: '\n', pieces: [] };
		assert.deepEqual(told(promptOrigins(promptFor('sotto', blank), blank)), {
			path: 'src/a.ts\n',
			before: 'a();\n\n',
			after: '\n',
		});
	});

	it('does not claim to know text that has changed since', () => {
		const prompt = [{ kind: 'text', text: 'something else', tokens: 2 } as const];
		assert.deepEqual(told(promptOrigins(prompt, input)), { other: 'something else' });
		assert.deepEqual(promptOrigins([], input), []);
	});
});
