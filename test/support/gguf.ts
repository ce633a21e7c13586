import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GgufReader } from '../../src/engine/gguf/ggufReader';

/** sotto-nano, which is in git: small and fast, and tests know what it writes. */
export const nanoModel = join(import.meta.dirname, '../../models/sotto-nano/sotto-nano.gguf');

export interface GgufChanges {
	/** Keys of metadata to leave out. */
	readonly drop?: RegExp;
	/** To add to the metadata; numbers as 32-bit floats. */
	readonly add?: Readonly<Record<string, string | number>>;
	/** Token text → another. */
	readonly rename?: Readonly<Record<string, string>>;
}

const alignment = 32;
const stringType = 8;
const floatType = 6;

/** Writes a model, sotto-nano when none is named, with other metadata to `path`. The weights stay as they are. */
export function writeChangedModel(path: string, changes: GgufChanges, source = nanoModel): string {
	writeFileSync(path, changeGguf(readFileSync(source), changes));
	return path;
}

/** A template like those of instruct models, spelled with control tokens that sotto-nano has. */
export const chatTemplate =
	'{% for message in messages %}<repo_name>{{ message.role }}\n{{ message.content }}<file_sep>{% endfor %}' +
	'{% if add_generation_prompt %}<repo_name>assistant\n{% endif %}';

/** Makes a model of our own family that says of itself that it was trained to explain in one sentence. */
export const sentenceModel: GgufChanges = {
	add: { 'sotto.explain.floor': 0.25 },
};

/** Makes a model with tokens for a prompt that begins with the text before the cursor, of sotto-nano's weights. */
export const prefixFirst: GgufChanges = { rename: { '<explain>': '<fim_middle>', '<file_sep>': '<filename>' } };

export function changeGguf(source: Buffer, { drop, add = {}, rename = {} }: GgufChanges): Buffer {
	const parts = splitGguf(source);
	const kept = parts.entries
		.filter(({ key }) => drop?.test(key) !== true)
		.map(({ key, bytes }) => (key === 'tokenizer.ggml.tokens' ? renameTokens(bytes, rename) : bytes));
	const added = Object.entries(add).map(([key, value]) =>
		typeof value === 'string' ? stringEntry(key, value) : floatEntry(key, value),
	);
	const header = Buffer.concat([
		source.subarray(0, 16),
		u64(kept.length + added.length),
		...kept,
		...added,
		parts.tensorInfos,
	]);
	return Buffer.concat([header, paddingAfter(header), parts.data]);
}

/** Up to where the tensors of a file begin. */
export function paddingAfter(header: Buffer): Buffer {
	return Buffer.alloc((alignment - (header.length % alignment)) % alignment);
}

export interface GgufParts {
	readonly entries: readonly { readonly key: string; readonly bytes: Buffer }[];
	readonly tensorInfos: Buffer;
	readonly data: Buffer;
}

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
	const infosStart = reader.offset;
	for (let tensor = 0; tensor < tensorCount; tensor++) {
		reader.string();
		const dimensions = reader.u32();
		Array.from({ length: dimensions }, () => reader.u64());
		reader.u32();
		reader.u64();
	}
	const dataStart = Math.ceil(reader.offset / alignment) * alignment;
	return {
		entries,
		tensorInfos: source.subarray(infosStart, reader.offset),
		data: source.subarray(dataStart),
	};
}

function renameTokens(list: Buffer, rename: Readonly<Record<string, string>>): Buffer {
	let renamed = list;
	for (const [from, to] of Object.entries(rename)) {
		const name = ggufString(from);
		const at = renamed.indexOf(name);
		if (at === -1) {
			throw new Error(`There is no token ${from}`);
		}
		renamed = Buffer.concat([renamed.subarray(0, at), ggufString(to), renamed.subarray(at + name.length)]);
	}
	return renamed;
}

/** A GGUF of metadata alone, for reading headers without a model. */
export function headerOnly(entries: readonly Buffer[], { tensors = 0, version = 3 } = {}): Buffer {
	return Buffer.concat([Buffer.from('GGUF'), u32(version), u64(tensors), u64(entries.length), ...entries]);
}

export function stringEntry(key: string, value: string): Buffer {
	return Buffer.concat([ggufString(key), u32(stringType), ggufString(value)]);
}

function floatEntry(key: string, value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeFloatLE(value);
	return Buffer.concat([ggufString(key), u32(floatType), bytes]);
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
