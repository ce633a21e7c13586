import { joinGguf, paddingBehind, splitGguf, stringEntry, uint32Entry, type GgufEntry, type GgufTensor } from '../ggufParts';
import { blockTypes, type BlockType } from './blockTypes';
import { typeFor, type Recipe } from './recipes';
import { blockWeights } from './sixteenLevels';

export interface Description {
	/** `general.name`, which the user sees. */
	readonly name: string;
	/** `general.description`: what was done to the file, for who reads its header. */
	readonly description: string;
}

/**
 * A model with matrices in other types, the same bytes on every machine: nothing but additions, multiplications and
 * divisions of IEEE 754 goes into them. Throws an Error for a matrix that cannot be read or not be written in its type.
 */
export function requantise(source: Buffer, recipe: Recipe, description: Description): Buffer {
	const { entries, tensors, data } = splitGguf(source);
	const chunks: Buffer[] = [];
	let offset = 0;
	const written = tensors.map((tensor): GgufTensor => {
		const { type, bytes } = tensorIn(recipe, tensor, data);
		chunks.push(bytes, Buffer.alloc(paddingBehind(bytes.length)));
		const placed = { ...tensor, type, offset };
		offset += bytes.length + paddingBehind(bytes.length);
		return placed;
	});
	return joinGguf({ entries: describe(entries, description), tensors: written, data: Buffer.concat(chunks) });
}

function tensorIn(recipe: Recipe, tensor: GgufTensor, data: Buffer): { type: number; bytes: Buffer } {
	const elements = tensor.dimensions.reduce((product, dimension) => product * dimension, 1);
	const wanted = typeFor(recipe, tensor.name);
	const from = Object.values(blockTypes).find(({ number }) => number === tensor.type);
	const sourceBytes = from === undefined ? 4 * elements : (elements / blockWeights) * from.bytes;
	if (from === undefined && tensor.type !== 0) {
		throw new Error(`${tensor.name} has the type ${tensor.type}, which is not known here.`);
	}
	const bytes = data.subarray(tensor.offset, tensor.offset + sourceBytes);
	const to = wanted === undefined ? undefined : blockTypes[wanted];
	return from === undefined || to === undefined || to === from
		? { type: tensor.type, bytes }
		: { type: to.number, bytes: convert(bytes, from, to) };
}

function convert(source: Buffer, from: BlockType, to: BlockType): Buffer {
	if (to.write === undefined) {
		throw new Error(`Nothing is written in the type ${to.number}.`);
	}
	const blocks = source.length / from.bytes;
	const converted = Buffer.alloc(blocks * to.bytes);
	const weights = new Float32Array(blockWeights);
	for (let block = 0; block < blocks; block++) {
		from.read(source.subarray(block * from.bytes, (block + 1) * from.bytes), weights);
		to.write(weights, converted.subarray(block * to.bytes, (block + 1) * to.bytes));
	}
	return converted;
}

/** `LLAMA_FTYPE_GUESSED` of llama.h: that the types are told by the tensors themselves. */
const guessed = 1024;

function describe(entries: readonly GgufEntry[], { name, description }: Description): readonly GgufEntry[] {
	const own = [
		stringEntry('general.name', name),
		stringEntry('general.quantized_by', 'Sotto'),
		stringEntry('general.description', description),
		uint32Entry('general.file_type', guessed),
	];
	const replaced = new Map(own.map(entry => [entry.key, entry]));
	const kept = entries.map(entry => {
		const other = replaced.get(entry.key);
		replaced.delete(entry.key);
		return other ?? entry;
	});
	return [...kept, ...replaced.values()];
}
