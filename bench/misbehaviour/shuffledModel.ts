import { seededOrder } from '../../src/core/evaluation/seededOrder';
import { GgufReader } from '../../src/engine/gguf/ggufReader';

/** 32 weights with their scale, in the only quantisation of sotto-nano that has two dimensions (Q8_0). */
const blockBytes = 34;
const q8 = 8;
const alignment = 32;

/**
 * A model that has lost its mind: in each layer's matrices, blocks of weights change places. With share 1 nothing of what
 * was learnt is left; with a small share the model still writes code and loops, stutters and forgets to end.
 * @param share of the blocks that move, 0 to 1.
 */
export function shuffleWeights(source: Buffer, share: number, seed: number): Buffer {
	const shuffled = Buffer.from(source);
	for (const { name, offset, bytes } of matrices(source)) {
		const order = seededOrder(seed, name);
		const blocks = Math.floor(bytes / blockBytes);
		const moving = Array.from({ length: blocks }, (_, block) => block).filter(block => order(block) / 2 ** 32 < share);
		const to = moving.toSorted((a, b) => order(a + blocks) - order(b + blocks));
		for (const [index, block] of moving.entries()) {
			const from = offset + block * blockBytes;
			source.copy(shuffled, offset + (to[index] ?? block) * blockBytes, from, from + blockBytes);
		}
	}
	return shuffled;
}

function matrices(source: Buffer): readonly { name: string; offset: number; bytes: number }[] {
	const reader = new GgufReader(source);
	reader.u32();
	reader.u32();
	const tensors = reader.u64();
	for (let entries = reader.u64(); entries > 0; entries--) {
		reader.string();
		reader.value(reader.u32(), false);
	}
	const infos = Array.from({ length: tensors }, () => {
		const name = reader.string();
		const dimensions = Array.from({ length: reader.u32() }, () => reader.u64());
		return { name, dimensions, type: reader.u32(), offset: reader.u64() };
	});
	const data = Math.ceil(reader.offset / alignment) * alignment;
	return infos
		.filter(({ name, type }) => type === q8 && name.startsWith('blk.'))
		.map(({ name, dimensions, offset }) => {
			const weights = dimensions.reduce((product, size) => product * size, 1);
			return { name, offset: data + offset, bytes: (weights / 32) * blockBytes };
		});
}
