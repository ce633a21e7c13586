import { join, resolve } from 'node:path';
import { writeChangedModel, type GgufChanges } from '../test/support/gguf';

/**
 * Writes copies of a model whose headers declare another family, by the names of tokens and metadata alone. Of the recipe
 * `middle`, which was trained in these orders (`training/README.md`), they show what such prompts gain from other files; of
 * a model that was not, only what an unknown order does to it. `npx tsx bench/reheaderedModels.ts MODEL.gguf FOLDER`
 */
const [model, folder] = process.argv.slice(2);
if (model === undefined || folder === undefined) {
	throw new Error('Usage: npx tsx bench/reheaderedModels.ts MODEL.gguf FOLDER');
}

interface Header {
	readonly pre: string;
	readonly rename: NonNullable<GgufChanges['rename']>;
}

/** `<answer>` is the middle token of that recipe. */
const underscored = { '<answer>': '<fim_middle>', '<file_sep>': '<filename>' };
const headers: Readonly<Record<string, Header>> = {
	'qwen2.5-coder': {
		pre: 'qwen2',
		rename: {
			'<fim_prefix>': '<|fim_prefix|>',
			'<fim_suffix>': '<|fim_suffix|>',
			'<answer>': '<|fim_middle|>',
			'<file_sep>': '<|file_sep|>',
			'<repo_name>': '<|repo_name|>',
		},
	},
	starcoder: { pre: 'default', rename: underscored },
	'deepseek-coder': {
		pre: 'deepseek-coder',
		rename: {
			'<fim_prefix>': '<｜fim▁begin｜>',
			'<fim_suffix>': '<｜fim▁hole｜>',
			'<answer>': '<｜fim▁end｜>',
		},
	},
	mellum: { pre: 'mellum', rename: underscored },
};

for (const [family, { pre, rename }] of Object.entries(headers)) {
	const path = join(resolve(folder), `as-${family}.gguf`);
	const add = { 'general.name': `weights of ours in the order of ${family}`, 'tokenizer.ggml.pre': pre };
	const drop = /fim_|^general\.(?:base)?name$|^tokenizer\.ggml\.pre$/;
	process.stdout.write(`${writeChangedModel(path, { rename, drop, add }, resolve(model))}\n`);
}
