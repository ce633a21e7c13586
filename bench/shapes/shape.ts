import type { Quantisation } from './quantise';
import type { Voice } from './voice';

/** The size and speed of a model: everything but its weights. */
export interface Shape {
	readonly layers: number;
	readonly width: number;
	readonly feedForward: number;
	readonly heads: number;
	readonly keyHeads: number;
}

/** From the `config.json` of Qwen2.5-Coder-0.5B and -1.5B; `vocabulary` is just large enough to be loaded. */
export const shapes = {
	vocabulary: { layers: 1, width: 64, feedForward: 64, heads: 1, keyHeads: 1 },
	'0.5B': { layers: 24, width: 896, feedForward: 4864, heads: 14, keyHeads: 2 },
	'1.5B': { layers: 28, width: 1536, feedForward: 8960, heads: 12, keyHeads: 2 },
} as const satisfies Record<string, Shape>;
export type ShapeName = keyof typeof shapes;

export interface Tensor {
	readonly name: string;
	/** Fastest first: the length of a row, then the number of rows. */
	readonly dimensions: readonly number[];
	readonly type: 'F32' | Quantisation;
	/** Standard deviation of the weights; vectors have 1 throughout (norms) or 0 (biases). */
	readonly deviation: number;
}

/**
 * All tensors of a model. The feed-forward parts outweigh the rest by far: else a tied output would see the last
 * token itself in its state, and write it again and again.
 * @param tokens size of the vocabulary.
 */
export function tensorsOf(
	shape: Shape,
	type: Quantisation,
	{ tokens, voice }: { tokens: number; voice: Voice },
): readonly Tensor[] {
	const { width } = shape;
	return [
		// As llama-quantize does with embeddings that are the output matrix too, where rows are no multiple of 256.
		{ name: 'token_embd.weight', dimensions: [width, tokens], type: 'Q8_0', deviation: voice.embedding },
		...Array.from({ length: shape.layers }, (_, layer) => layerTensors(shape, type, `blk.${layer}`)).flat(),
		vector('output_norm.weight', width, voice.outputGain),
	];
}

function layerTensors(shape: Shape, type: Quantisation, name: string): readonly Tensor[] {
	const { width, feedForward } = shape;
	const keys = (width / shape.heads) * shape.keyHeads;
	const matrix = (part: string, input: number, output: number, gain = 1): Tensor => ({
		name: `${name}.${part}.weight`,
		dimensions: [input, output],
		type,
		deviation: gain / Math.sqrt(input),
	});
	return [
		vector(`${name}.attn_norm.weight`, width, 1),
		matrix('attn_q', width, width),
		vector(`${name}.attn_q.bias`, width, 0),
		matrix('attn_k', width, keys),
		vector(`${name}.attn_k.bias`, keys, 0),
		matrix('attn_v', width, keys),
		vector(`${name}.attn_v.bias`, keys, 0),
		matrix('attn_output', width, width, 0.3),
		vector(`${name}.ffn_norm.weight`, width, 1),
		matrix('ffn_gate', width, feedForward),
		matrix('ffn_up', width, feedForward),
		matrix('ffn_down', feedForward, width, 8),
	];
}

function vector(name: string, length: number, value: number): Tensor {
	return { name, dimensions: [length], type: 'F32', deviation: value };
}
