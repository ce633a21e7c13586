/** Fields of a model's header that tell whether it can complete code while somebody types. */
export interface ModelMake {
	readonly name: string;
	/** `general.architecture`. */
	readonly architecture: string;
	/** Keys of the header's metadata. */
	readonly keys: Iterable<string>;
}

/**
 * Architectures that keep a running state instead of, or beside, a KV cache: `llm_arch_is_recurrent` and
 * `llm_arch_is_hybrid` of the llama.cpp that node-llama-cpp 3.22.1 carries.
 */
const withRunningState: ReadonlySet<string> = new Set([
	...['mamba', 'mamba2', 'rwkv6', 'rwkv6qwen2', 'rwkv7', 'arwkv7', 'jamba', 'falcon-h1', 'plamo2', 'granitehybrid'],
	...['lfm2', 'lfm2moe', 'nemotron_h', 'nemotron_h_moe', 'qwen3next', 'kimi-linear', 'bailingmoe3', 'kimi-k3'],
	...['qwen35', 'qwen35moe', 'qwen4exp', 'deepseek4', 'minimax-01'],
]);
/** `llm_arch_is_diffusion` of the same. */
const writingAllAtOnce: ReadonlySet<string> = new Set(['dream', 'llada', 'llada-moe', 'rnd1']);

/** Metadata that only such models have, for those that are newer than the list: `falcon-h1.ssm.conv_kernel`, … */
const runningStateKey = /^[^.]+\.(?:ssm|wkv|shortconv|kda)\./;

const choose = 'Choose a code model with fill-in-the-middle';

/**
 * Why a model cannot complete, as a sentence that says what to do; `undefined` when it can. Each key press takes tokens
 * back, and a running state cannot forget its last token: such a model would read the whole prompt again. It may explain,
 * for that only appends. Sliding-window attention is no hindrance, as long as the cache is kept in full.
 */
export function whyItCannotComplete({ name, architecture, keys }: ModelMake): string | undefined {
	if (writingAllAtOnce.has(architecture)) {
		return `The model ${name} (${architecture}) does not write from left to right. ${choose} that does.`;
	}
	if (withRunningState.has(architecture) || Array.from(keys).some(key => runningStateKey.test(key))) {
		return (
			`The model ${name} (${architecture}) would have to read everything again at each key press, because its ` +
			`state cannot be taken back. ${choose} and plain attention, such as Qwen2.5-Coder; this one can explain.`
		);
	}
	return undefined;
}
