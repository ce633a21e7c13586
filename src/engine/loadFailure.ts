import { EngineError } from '../core/engine/engineError';

const choose = 'Choose another model, or clear the setting to use the one that comes with Sotto.';

/** How llama.cpp begins the lines of its log that say why a model cannot be loaded. Those that only say that it failed are none. */
const cause = /(?:error loading model|gguf_init_from_\w+): (?!failed to |llama_model_loader: failed to )(.+)$/;
/** It names the step that failed first: `error loading model vocabulary: unknown tokenizer`. */
const step = /^error loading model \w+: /;

interface Known {
	readonly says: RegExp;
	/** The problem with the file and the way forward, to follow "The model PATH". */
	readonly sentence: (named: string) => string;
}

/** Causes that llama.cpp names in words for programmers. */
const known: readonly Known[] = [
	{
		says: /^unknown model architecture: '(.*)'/,
		sentence: named =>
			`is of an architecture that this version of the engine does not know (${named}). Update Sotto, or choose a model of another architecture, such as Qwen2.5-Coder.`,
	},
	{
		says: /^unknown (?:pre-)?tokenizer(?: type)?: '(.*)'/,
		sentence: named =>
			`splits text in a way that this version of the engine does not know (${named}). Update Sotto, or choose another model.`,
	},
	{
		says: /^Invalid type or block size|^tensor '.*' has invalid ggml type \d+/,
		sentence: () =>
			'stores its weights in a way that this version of the engine does not know. Update Sotto, or choose another file of the model, such as one with Q4_0 or Q8_0 in its name.',
	},
	{
		says: /^duplicate key .*|^tensor '.*' has offset .*|^duplicate(?:d)? tensor .*/,
		sentence: named => `is damaged (${named}). Download it again, or choose another model.`,
	},
	{
		says: /^key not found in model: (\S+)/,
		sentence: named => `lacks ${named} in its header. Download it again from another source, or choose another model.`,
	},
	{
		says: /^(?:check_tensor_dims|missing tensor|wrong number of tensors|done_getting_tensors)\W*(.*)$/,
		sentence: named =>
			`does not have the weights that its architecture needs (${named}). It was made for another version of the engine: update Sotto, or choose another model.`,
	},
];

/** Keeps what llama.cpp's log says went wrong while one model is loaded. */
export class LoadLog {
	#cause: string | undefined;

	hear(message: string): void {
		const found = cause.exec(message.trim())?.[1];
		this.#cause = found?.replace(step, '') ?? this.#cause;
	}

	/** Before a load. */
	clear(): void {
		this.#cause = undefined;
	}

	/** @param error what was thrown: it says less than the log. */
	failure(path: string, error: unknown): EngineError {
		const reason = this.#cause ?? (error instanceof Error ? error.message : String(error));
		const sentences = known.flatMap(({ says, sentence }) => {
			const [match, named] = says.exec(reason) ?? [];
			return match === undefined ? [] : [sentence(named === undefined || named === '' ? match : named)];
		});
		const what = sentences[0] ?? `cannot be loaded (${reason}). ${choose}`;
		return new EngineError('model-unsupported', `The model ${path} ${what}`, { cause: error });
	}
}
