import { GgufReader } from '../../src/engine/gguf/ggufReader';

/** A GGUF file taken apart, so that it can be put together again with other metadata or other weights. */
export interface GgufParts {
	readonly entries: readonly GgufEntry[];
	readonly tensors: readonly GgufTensor[];
	/** The data of all tensors; a tensor's offset counts from its start. */
	readonly data: Buffer;
}

/** One key of the metadata. */
export interface GgufEntry {
	readonly key: string;
	/** Key, type and value as they stand in the file. */
	readonly bytes: Buffer;
}

export interface GgufTensor {
	readonly name: string;
	/** The length of a row first. */
	readonly dimensions: readonly number[];
	/** Number of its type. */
	readonly type: number;
	readonly offset: number;
}

/** Where the header sets none, and Sotto's files do not. */
export const alignment = 32;

/** @throws DamagedHeader or NeedsMoreBytes */
export function splitGguf(source: Buffer): GgufParts {
	const reader = new GgufReader(source);
	reader.u32();
	reader.u32();
	const tensorCount = reader.u64();
	const entries = Array.from({ length: reader.u64() }, () => {
		const start = reader.offset;
		const key = reader.string();
		reader.value(reader.u32(), false);
		return { key, bytes: source.subarray(start, reader.offset) };
	});
	const tensors = Array.from({ length: tensorCount }, () => {
		const name = reader.string();
		const dimensions = Array.from({ length: reader.u32() }, () => reader.u64());
		return { name, dimensions, type: reader.u32(), offset: reader.u64() };
	});
	return { entries, tensors, data: source.subarray(reader.offset + paddingBehind(reader.offset)) };
}

export function joinGguf({ entries, tensors, data }: GgufParts): Buffer {
	const counts = [u64(tensors.length), u64(entries.length)];
	const header = Buffer.concat([Buffer.from('GGUF'), u32(3), ...counts, ...entries.map(({ bytes }) => bytes), tensorInfos(tensors)]);
	return Buffer.concat([header, Buffer.alloc(paddingBehind(header.length)), data]);
}

/** As the header describes them. */
export function tensorInfos(tensors: readonly GgufTensor[]): Buffer {
	const infos = tensors.map(({ name, dimensions, type, offset }) =>
		Buffer.concat([ggufString(name), u32(dimensions.length), ...dimensions.map(u64), u32(type), u64(offset)]),
	);
	return Buffer.concat(infos);
}

/** Bytes up to where the next tensor may begin. */
export function paddingBehind(length: number): number {
	return (alignment - (length % alignment)) % alignment;
}

const valueType = { uint32: 4, float32: 6, string: 8 } as const;

export function stringEntry(key: string, value: string): GgufEntry {
	return { key, bytes: Buffer.concat([ggufString(key), u32(valueType.string), ggufString(value)]) };
}

export function uint32Entry(key: string, value: number): GgufEntry {
	return { key, bytes: Buffer.concat([ggufString(key), u32(valueType.uint32), u32(value)]) };
}

export function float32Entry(key: string, value: number): GgufEntry {
	const bytes = Buffer.alloc(4);
	bytes.writeFloatLE(value);
	return { key, bytes: Buffer.concat([ggufString(key), u32(valueType.float32), bytes]) };
}

export function ggufString(text: string): Buffer {
	const bytes = Buffer.from(text);
	return Buffer.concat([u64(bytes.length), bytes]);
}

export function u32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(value);
	return bytes;
}

export function u64(value: number | bigint): Buffer {
	const bytes = Buffer.alloc(8);
	bytes.writeBigUInt64LE(BigInt(value));
	return bytes;
}
