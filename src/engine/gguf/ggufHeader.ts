import { DamagedHeader, GgufReader, type GgufScalar } from './ggufReader';

/** The parts of a GGUF header that Sotto uses. */
export interface GgufHeader {
	readonly metadata: ReadonlyMap<string, GgufScalar>;
	/** Text and type of each token of the vocabulary, by id. */
	readonly tokens: readonly string[];
	readonly tokenTypes: readonly number[];
	readonly tensorCount: number;
	/** The least number of bytes a complete file has; `undefined` when a tensor has a type that we do not know. */
	readonly fileBytes: number | undefined;
}

const magic = 'GGUF';
/** Version 1 was gone within days of its birth; big-endian files have their version's bytes reversed. */
const versions: readonly number[] = [2, 3];
/** Limits that no model comes near: a damaged count is told from a real one before anything is allocated. */
const mostEntries = 100_000;
const mostTensors = 1_000_000;
const mostDimensions = 8;
/** Where the header sets no `general.alignment`. */
const defaultAlignment = 32;

/** [elements in a block, bytes of a block] by the number of the tensor type, from ggml's table of type traits. */
const tensorTypes: Readonly<Record<number, readonly [number, number]>> = {
	0: [1, 4], // F32
	1: [1, 2], // F16
	2: [32, 18], // Q4_0
	3: [32, 20], // Q4_1
	6: [32, 22], // Q5_0
	7: [32, 24], // Q5_1
	8: [32, 34], // Q8_0
	9: [32, 36], // Q8_1
	10: [256, 84], // Q2_K
	11: [256, 110], // Q3_K
	12: [256, 144], // Q4_K
	13: [256, 176], // Q5_K
	14: [256, 210], // Q6_K
	15: [256, 292], // Q8_K
	16: [256, 66], // IQ2_XXS
	17: [256, 74], // IQ2_XS
	18: [256, 98], // IQ3_XXS
	19: [256, 50], // IQ1_S
	20: [32, 18], // IQ4_NL
	21: [256, 110], // IQ3_S
	22: [256, 82], // IQ2_S
	23: [256, 136], // IQ4_XS
	24: [1, 1], // I8
	25: [1, 2], // I16
	26: [1, 4], // I32
	27: [1, 8], // I64
	28: [1, 8], // F64
	29: [256, 56], // IQ1_M
	30: [1, 2], // BF16
	34: [256, 54], // TQ1_0
	35: [256, 66], // TQ2_0
	39: [32, 17], // MXFP4
};

export function hasGgufMagic(bytes: Buffer): boolean {
	return bytes.toString('latin1', 0, magic.length) === magic;
}

/**
 * @throws NeedsMoreBytes when `bytes` ends inside the header, DamagedHeader when it makes no sense.
 */
export function parseGgufHeader(bytes: Buffer): GgufHeader {
	const reader = new GgufReader(bytes);
	reader.u32();
	const version = reader.u32();
	if (!versions.includes(version)) {
		const isReversed = versions.includes(version >>> 24);
		throw new DamagedHeader(isReversed ? 'it was made for big-endian machines' : `the format's version is ${version}`);
	}
	const tensorCount = atMost(mostTensors, reader.u64());
	const entryCount = atMost(mostEntries, reader.u64());
	const metadata = new Map<string, GgufScalar>();
	const arrays = new Map<string, readonly GgufScalar[]>();
	for (let index = 0; index < entryCount; index++) {
		const key = reader.string();
		const value = reader.value(reader.u32(), wantedArrays.has(key));
		if (value !== undefined && typeof value !== 'object') {
			metadata.set(key, value);
		} else if (value !== undefined) {
			arrays.set(key, value);
		}
	}
	return {
		metadata,
		tokens: (arrays.get('tokenizer.ggml.tokens') ?? []).map(String),
		tokenTypes: (arrays.get('tokenizer.ggml.token_type') ?? []).map(Number),
		tensorCount,
		fileBytes: readFileBytes(reader, tensorCount, metadata.get('general.alignment')),
	};
}

const wantedArrays: ReadonlySet<string> = new Set(['tokenizer.ggml.tokens', 'tokenizer.ggml.token_type']);

function readFileBytes(
	reader: GgufReader,
	count: number,
	alignment: GgufScalar = defaultAlignment,
): number | undefined {
	let dataBytes: number | undefined = 0;
	for (let index = 0; index < count; index++) {
		reader.string();
		const dimensions = atMost(mostDimensions, reader.u32());
		let elements = 1;
		for (let dimension = 0; dimension < dimensions; dimension++) {
			elements *= reader.u64();
		}
		const type = tensorTypes[reader.u32()];
		const offset = reader.u64();
		if (type === undefined || dataBytes === undefined) {
			dataBytes = undefined;
		} else {
			const [blockElements, blockBytes] = type;
			dataBytes = Math.max(dataBytes, offset + Math.ceil(elements / blockElements) * blockBytes);
		}
	}
	if (count === 0) {
		return reader.offset;
	}
	const step = typeof alignment === 'number' && alignment > 0 ? alignment : defaultAlignment;
	return dataBytes === undefined ? undefined : Math.ceil(reader.offset / step) * step + dataBytes;
}

function atMost(limit: number, count: number): number {
	if (count > limit) {
		throw new DamagedHeader(`a count of ${count} is out of range`);
	}
	return count;
}
