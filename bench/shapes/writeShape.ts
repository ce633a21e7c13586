import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import { ggufString, stringEntry, u32, u64 } from '../../test/support/gguf';
import { blockBytes, blockWeights, type Quantisation } from './quantise';
import { RandomBlocks } from './randomBlocks';
import { tensorsOf, type Shape, type Tensor } from './shape';
import type { Vocabulary } from './vocabulary';
import type { Voice } from './voice';

const alignment = 32;
const tensorType = { F32: 0, Q4_0: 2, Q8_0: 8 } as const;
const valueType = { uint32: 4, float32: 6 } as const;
const trainedTokens = 32_768;
const rowsAtOnce = 1024;

export interface ShapeFile {
	/** Has to hold `coder`, by which Sotto knows that a model of this make fills in the middle. */
	readonly name: string;
	readonly shape: Shape;
	readonly type: Quantisation;
	readonly seed: number;
	readonly voice: Voice;
}

/** Writes a GGUF whose shape and vocabulary are real and whose weights are random: as fast as the real one. */
export function writeShape(path: string, file: ShapeFile, vocabulary: Vocabulary): void {
	const tensors = tensorsOf(file.shape, file.type, { tokens: vocabulary.tokens.length, voice: file.voice });
	const temporary = `${path}.part`;
	const output = openSync(temporary, 'w');
	try {
		const header = headerOf(file, vocabulary, tensors);
		writeSync(output, Buffer.concat([header, Buffer.alloc(paddingAfter(header.length))]));
		const pools = new Map<string, RandomBlocks>();
		for (const tensor of tensors) {
			writeTensor(tensor, {
				vocabulary,
				voice: file.voice,
				write: bytes => writeSync(output, bytes),
				blocks: (type, deviation) => {
					const key = `${type} ${deviation}`;
					const pool = pools.get(key) ?? new RandomBlocks(type, deviation, file.seed + pools.size);
					pools.set(key, pool);
					return pool;
				},
			});
		}
	} finally {
		closeSync(output);
	}
	renameSync(temporary, path);
}

function headerOf({ name, shape }: ShapeFile, { entries }: Vocabulary, tensors: readonly Tensor[]): Buffer {
	const metadata = [
		stringEntry('general.architecture', 'qwen2'),
		stringEntry('general.name', name),
		uint32Entry('qwen2.block_count', shape.layers),
		uint32Entry('qwen2.context_length', trainedTokens),
		uint32Entry('qwen2.embedding_length', shape.width),
		uint32Entry('qwen2.feed_forward_length', shape.feedForward),
		uint32Entry('qwen2.attention.head_count', shape.heads),
		uint32Entry('qwen2.attention.head_count_kv', shape.keyHeads),
		float32Entry('qwen2.rope.freq_base', 1e6),
		float32Entry('qwen2.attention.layer_norm_rms_epsilon', 1e-6),
		...entries,
	];
	let offset = 0;
	const infos = tensors.map(tensor => {
		const { dimensions } = tensor;
		const shapeBytes = Buffer.concat([u32(dimensions.length), ...dimensions.map(u64)]);
		const info = [ggufString(tensor.name), shapeBytes, u32(tensorType[tensor.type]), u64(offset)];
		offset += bytesOf(tensor) + paddingAfter(bytesOf(tensor));
		return Buffer.concat(info);
	});
	const counts = [u64(tensors.length), u64(metadata.length)];
	return Buffer.concat([Buffer.from('GGUF'), u32(3), ...counts, ...metadata, ...infos]);
}

interface TensorSource {
	readonly vocabulary: Vocabulary;
	readonly voice: Voice;
	readonly write: (bytes: Buffer) => void;
	readonly blocks: (type: Quantisation, deviation: number) => RandomBlocks;
}

function writeTensor(tensor: Tensor, { vocabulary, voice, write, blocks }: TensorSource): void {
	const { type, dimensions, deviation } = tensor;
	const [length = 0, rows = 1] = dimensions;
	if (type === 'F32') {
		write(Buffer.from(new Float32Array(length).fill(deviation).buffer));
	} else {
		const rowBytes = (length / blockWeights) * blockBytes[type];
		const isEmbedding = rows === vocabulary.tokens.length;
		for (let start = 0; start < rows; start += rowsAtOnce) {
			const part = Buffer.alloc(Math.min(rowsAtOnce, rows - start) * rowBytes);
			for (let at = 0; at < part.length; at += rowBytes) {
				const loudness = isEmbedding ? voice.loudness(vocabulary.tokens[start + at / rowBytes] ?? '') : 1;
				blocks(type, deviation * loudness).fill(part.subarray(at, at + rowBytes));
			}
			write(part);
		}
	}
	write(Buffer.alloc(paddingAfter(bytesOf(tensor))));
}

function bytesOf({ type, dimensions }: Tensor): number {
	const elements = dimensions.reduce((product, dimension) => product * dimension, 1);
	return type === 'F32' ? elements * 4 : (elements / blockWeights) * blockBytes[type];
}

function paddingAfter(length: number): number {
	return (alignment - (length % alignment)) % alignment;
}

function uint32Entry(key: string, value: number): Buffer {
	return Buffer.concat([ggufString(key), u32(valueType.uint32), u32(value)]);
}

function float32Entry(key: string, value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeFloatLE(value);
	return Buffer.concat([ggufString(key), u32(valueType.float32), bytes]);
}
