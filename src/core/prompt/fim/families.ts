/** How the parts follow each other. S = text after the cursor, P = text before it; the answer comes last. */
export type FimOrder =
	/** `SUF S PRE P`: no middle token. */
	| 'suffix-first'
	/** `PRE P SUF S MID`. */
	| 'prefix-suffix-middle'
	/** `SUF S PRE P MID`. */
	| 'suffix-prefix-middle';

/** How a family marks the start of a file: a control token or plain text, then the path, a line end and the text. */
export type FileMark =
	{ readonly kind: 'token'; readonly token: string } | { readonly kind: 'text'; readonly text: string };

/** Properties of a header that prove the family. All must hold, and the family's own tokens must be present as well. */
export interface FamilySignature {
	readonly architectures: readonly string[];
	readonly pre: readonly string[];
	/** For families whose tokens also stand in vocabularies of models that were never trained to use them. */
	readonly name?: RegExp;
	/** A token that a sibling family has and this one has not. */
	readonly absent?: string;
}

/** One family of code models: how it spells a fill-in-the-middle prompt. Texts are exact and resolve to control ids. */
export interface FimFamily {
	readonly order: FimOrder;
	readonly prefix: string;
	readonly suffix: string;
	readonly middle?: string;
	/** Absent where the family was not trained on several files in one prompt. */
	readonly file?: FileMark;
	/** The model wants its BOS token, whatever `tokenizer.ggml.add_bos_token` says. */
	readonly bos?: true;
	/** Besides the end-of-generation tokens that the header declares. Texts that the vocabulary lacks are skipped. */
	readonly stop: readonly string[];
	readonly signature: FamilySignature;
	/** Where the format is documented. */
	readonly source: string;
}

/**
 * Models whose vocabularies have the tokens of a family, and whose makers say that they were never trained to use them: not
 * offered for completing. By `general.name`.
 */
export const untrained: readonly RegExp[] = [/open-?\s?coder/i];

/**
 * In the order in which they are tried: of two families with the same tokens, the one that a model of unknown make
 * more likely belongs to comes first.
 */
export const fimFamilies = {
	sotto: {
		order: 'suffix-first',
		prefix: '<fim_prefix>',
		suffix: '<fim_suffix>',
		file: { kind: 'token', token: '<file_sep>' },
		bos: true,
		stop: ['</s>', '<file_sep>', '<repo_name>', '<fim_pad>'],
		signature: { architectures: ['llama'], pre: ['default'], name: /sotto/i, absent: '<fim_middle>' },
		source: 'models/sotto-nano/README.md',
	},
	'qwen2.5-coder': {
		order: 'prefix-suffix-middle',
		prefix: '<|fim_prefix|>',
		suffix: '<|fim_suffix|>',
		middle: '<|fim_middle|>',
		file: { kind: 'token', token: '<|file_sep|>' },
		stop: ['<|endoftext|>', '<|file_sep|>', '<|fim_pad|>', '<|repo_name|>', '<|im_end|>'],
		// Qwen's general models carry the same tokens without the training.
		signature: { architectures: ['qwen2', 'qwen3', 'qwen3moe'], pre: ['qwen2'], name: /coder/i },
		source: 'https://github.com/QwenLM/Qwen2.5-Coder',
	},
	starcoder: {
		order: 'prefix-suffix-middle',
		prefix: '<fim_prefix>',
		suffix: '<fim_suffix>',
		middle: '<fim_middle>',
		file: { kind: 'token', token: '<filename>' },
		stop: ['<|endoftext|>', '<|end_of_text|>', '<filename>', '<reponame>'],
		signature: {
			architectures: ['starcoder', 'refact', 'llama', 'granite'],
			pre: ['starcoder', 'refact'],
		},
		source: 'https://huggingface.co/bigcode/starcoderbase',
	},
	starcoder2: {
		order: 'prefix-suffix-middle',
		prefix: '<fim_prefix>',
		suffix: '<fim_suffix>',
		middle: '<fim_middle>',
		file: { kind: 'token', token: '<file_sep>' },
		stop: ['<|endoftext|>', '<file_sep>', '<repo_name>'],
		signature: { architectures: ['starcoder2'], pre: ['starcoder'] },
		source: 'https://arxiv.org/abs/2402.19173',
	},
	santacoder: {
		order: 'prefix-suffix-middle',
		prefix: '<fim-prefix>',
		suffix: '<fim-suffix>',
		middle: '<fim-middle>',
		stop: ['<|endoftext|>', '<fim-pad>'],
		signature: { architectures: ['starcoder', 'gpt2'], pre: ['default', 'starcoder'] },
		source: 'https://huggingface.co/bigcode/santacoder',
	},
	'stable-code': {
		order: 'prefix-suffix-middle',
		prefix: '<fim_prefix>',
		suffix: '<fim_suffix>',
		middle: '<fim_middle>',
		stop: ['<|endoftext|>', '<fim_pad>'],
		// The general StableLM models have the same vocabulary.
		signature: { architectures: ['stablelm'], pre: ['default'], name: /code/i },
		source: 'https://huggingface.co/stabilityai/stable-code-3b',
	},
	'granite-4': {
		order: 'prefix-suffix-middle',
		prefix: '<|fim_prefix|>',
		suffix: '<|fim_suffix|>',
		middle: '<|fim_middle|>',
		stop: ['<|end_of_text|>'],
		signature: { architectures: ['granite', 'granitehybrid'], pre: ['dbrx'] },
		source: 'https://huggingface.co/ibm-granite/granite-4.0-micro',
	},
	codellama: {
		order: 'prefix-suffix-middle',
		// The tokens carry the space: it is not to be added again.
		prefix: '▁<PRE>',
		suffix: '▁<SUF>',
		middle: '▁<MID>',
		bos: true,
		stop: ['▁<EOT>', '</s>'],
		signature: { architectures: ['llama'], pre: ['default'] },
		source: 'https://github.com/meta-llama/codellama',
	},
	'deepseek-coder': {
		order: 'prefix-suffix-middle',
		prefix: '<｜fim▁begin｜>',
		suffix: '<｜fim▁hole｜>',
		middle: '<｜fim▁end｜>',
		file: { kind: 'text', text: '#' },
		bos: true,
		stop: ['<｜end▁of▁sentence｜>', '<|EOT|>'],
		signature: { architectures: ['llama', 'deepseek2'], pre: ['deepseek-coder', 'deepseek-llm'] },
		source: 'https://github.com/deepseek-ai/DeepSeek-Coder',
	},
	codegemma: {
		order: 'prefix-suffix-middle',
		prefix: '<|fim_prefix|>',
		suffix: '<|fim_suffix|>',
		middle: '<|fim_middle|>',
		file: { kind: 'token', token: '<|file_separator|>' },
		bos: true,
		stop: ['<eos>', '<end_of_turn>', '<|file_separator|>'],
		// Converters write these ids for every Gemma 1, of which only CodeGemma was trained on them.
		signature: { architectures: ['gemma'], pre: ['default'], name: /code/i },
		source: 'https://ai.google.dev/gemma/docs/codegemma/model_card',
	},
	codestral: {
		order: 'suffix-first',
		prefix: '[PREFIX]',
		suffix: '[SUFFIX]',
		file: { kind: 'text', text: '+++++ ' },
		bos: true,
		stop: ['</s>', '[SUFFIX]', '[PREFIX]'],
		// Mistral's general models have the tokens too.
		signature: { architectures: ['llama'], pre: ['default', 'tekken'], name: /codestral/i },
		source: 'https://github.com/mistralai/mistral-common',
	},
	mellum: {
		order: 'suffix-prefix-middle',
		prefix: '<fim_prefix>',
		suffix: '<fim_suffix>',
		middle: '<fim_middle>',
		file: { kind: 'token', token: '<filename>' },
		stop: ['<|endoftext|>', '<filename>'],
		signature: { architectures: ['llama', 'mellum'], pre: ['mellum', 'mellum2'] },
		source: 'https://huggingface.co/JetBrains/Mellum-4b-base',
	},
	'seed-coder': {
		order: 'suffix-prefix-middle',
		prefix: '<[fim-prefix]>',
		suffix: '<[fim-suffix]>',
		middle: '<[fim-middle]>',
		stop: ['<[end▁of▁sentence]>'],
		signature: { architectures: ['llama'], pre: ['seed-coder'] },
		source: 'https://github.com/ByteDance-Seed/Seed-Coder',
	},
	'falcon-h1-coder': {
		order: 'prefix-suffix-middle',
		prefix: '<|prefix|>',
		suffix: '<|suffix|>',
		middle: '<|middle|>',
		stop: ['<|end_of_text|>', '<|im_end|>'],
		signature: { architectures: ['falcon-h1'], pre: ['falcon-h1'], name: /coder/i },
		source: 'https://huggingface.co/tiiuae/Falcon-H1-Tiny-Coder-90M',
	},
	codegeex: {
		order: 'suffix-prefix-middle',
		prefix: '<|code_prefix|>',
		suffix: '<|code_suffix|>',
		middle: '<|code_middle|>',
		stop: ['<|endoftext|>', '<|user|>', '<|assistant|>', '<|observation|>'],
		// Never vouched for: it was trained with chat marks around the prompt, which are not written here, and the general
		// GLM models have the same tokens.
		signature: { architectures: [], pre: [] },
		source: 'https://github.com/THUDM/CodeGeeX4/blob/main/guides/Infilling_guideline.md',
	},
} as const satisfies Record<string, FimFamily>;
