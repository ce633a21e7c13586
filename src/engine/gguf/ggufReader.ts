/** The bytes at hand end before the value does. */
export class NeedsMoreBytes extends Error {
	override readonly name = 'NeedsMoreBytes';
}

/** The bytes do not make sense as a GGUF header. */
export class DamagedHeader extends Error {
	override readonly name = 'DamagedHeader';
}

/** The value types of metadata without a fixed size, by their number in the file. */
const valueType = { string: 8, array: 9 } as const;

export type GgufScalar = number | boolean | string;

interface FixedType {
	readonly bytes: number;
	read(bytes: Buffer, offset: number): number | boolean;
}

/** The value types that have a fixed size, by their number in the file. */
const fixedTypes: Readonly<Record<number, FixedType>> = {
	0: { bytes: 1, read: (bytes, offset) => bytes.readUInt8(offset) },
	1: { bytes: 1, read: (bytes, offset) => bytes.readInt8(offset) },
	2: { bytes: 2, read: (bytes, offset) => bytes.readUInt16LE(offset) },
	3: { bytes: 2, read: (bytes, offset) => bytes.readInt16LE(offset) },
	4: { bytes: 4, read: (bytes, offset) => bytes.readUInt32LE(offset) },
	5: { bytes: 4, read: (bytes, offset) => bytes.readInt32LE(offset) },
	6: { bytes: 4, read: (bytes, offset) => bytes.readFloatLE(offset) },
	7: { bytes: 1, read: (bytes, offset) => bytes.readUInt8(offset) !== 0 },
	10: { bytes: 8, read: (bytes, offset) => Number(bytes.readBigUInt64LE(offset)) },
	11: { bytes: 8, read: (bytes, offset) => Number(bytes.readBigInt64LE(offset)) },
	12: { bytes: 8, read: (bytes, offset) => bytes.readDoubleLE(offset) },
};

/** Far above any real model, far below what would take long to read. */
const mostDepth = 4;

/** Reads little-endian GGUF values from a buffer, never past its end. */
export class GgufReader {
	#offset = 0;

	constructor(private readonly bytes: Buffer) {}

	get offset(): number {
		return this.#offset;
	}

	u32(): number {
		return this.bytes.readUInt32LE(this.#take(4));
	}

	/** @throws DamagedHeader above 2^53, where no size or count of a real file is. */
	u64(): number {
		const value = Number(this.bytes.readBigUInt64LE(this.#take(8)));
		if (!Number.isSafeInteger(value)) {
			throw new DamagedHeader('a number is out of range');
		}
		return value;
	}

	string(): string {
		const length = this.u64();
		const start = this.#take(length);
		return this.bytes.toString('utf8', start, start + length);
	}

	/** Reads a value of metadata. Arrays are skipped unless `keepArray`. */
	value(type: number, keepArray: boolean): GgufScalar | readonly GgufScalar[] | undefined {
		if (type === valueType.array) {
			return this.#array(keepArray);
		}
		return this.#scalar(type);
	}

	#array(keep: boolean, depth = 0): readonly GgufScalar[] | undefined {
		const type = this.u32();
		const count = this.u64();
		if (depth > mostDepth) {
			throw new DamagedHeader('arrays are nested too deep');
		}
		if (type === valueType.array) {
			for (let index = 0; index < count; index++) {
				this.#array(false, depth + 1);
			}
			return undefined;
		}
		if (keep) {
			return this.#items(type, count);
		}
		this.#skip(type, count);
		return undefined;
	}

	#items(type: number, count: number): readonly GgufScalar[] {
		const items: GgufScalar[] = [];
		for (let index = 0; index < count; index++) {
			items.push(this.#scalar(type));
		}
		return items;
	}

	#skip(type: number, count: number): void {
		if (type !== valueType.string) {
			this.#take(count * fixedType(type).bytes);
			return;
		}
		for (let index = 0; index < count; index++) {
			this.#take(this.u64());
		}
	}

	#scalar(type: number): GgufScalar {
		if (type === valueType.string) {
			return this.string();
		}
		const fixed = fixedType(type);
		return fixed.read(this.bytes, this.#take(fixed.bytes));
	}

	#take(count: number): number {
		const start = this.#offset;
		if (start + count > this.bytes.length) {
			throw new NeedsMoreBytes();
		}
		this.#offset = start + count;
		return start;
	}
}

function fixedType(type: number): FixedType {
	const fixed = fixedTypes[type];
	if (fixed === undefined) {
		throw new DamagedHeader(`a value has the unknown type ${type}`);
	}
	return fixed;
}
