import { GgufReader } from '../../src/engine/gguf/ggufReader';
import { ggufString, u32, u64 } from '../../test/support/gguf';

/** Ids that the real models have them at; the vocabulary of llama.cpp's tests has padding there. */
const fillInTheMiddle: Readonly<Record<number, string>> = {
	151_659: '<|fim_prefix|>',
	151_660: '<|fim_middle|>',
	151_661: '<|fim_suffix|>',
	151_662: '<|fim_pad|>',
	151_663: '<|repo_name|>',
	151_664: '<|file_sep|>',
};

/** The mark in front of a repository's name, in that vocabulary. */
export const repositoryToken = 151_663;

const control = 3;
const valueType = { int32: 5, string: 8, array: 9 } as const;

export interface Vocabulary {
	/** Metadata entries with the tokeniser, as they stand in a file. */
	readonly entries: readonly Buffer[];
	/** Texts by id, in the alphabet of byte-level BPE. */
	readonly tokens: readonly string[];
}

/** The tokeniser of `ggml-vocab-qwen2.gguf`, with the control tokens for filling in the middle. */
export function readVocabulary(file: Buffer): Vocabulary {
	const reader = new GgufReader(file);
	reader.u32();
	reader.u32();
	reader.u64();
	const entries: Buffer[] = [];
	let tokens: readonly string[] = [];
	for (let left = reader.u64(); left > 0; left--) {
		const start = reader.offset;
		const key = reader.string();
		const value = reader.value(reader.u32(), /\.(?:tokens|token_type)$/.test(key));
		if (key === 'tokenizer.ggml.tokens' && typeof value === 'object') {
			tokens = value.map((text, id) => fillInTheMiddle[id] ?? String(text));
			entries.push(arrayEntry(key, valueType.string, tokens.map(ggufString)));
		} else if (key === 'tokenizer.ggml.token_type' && typeof value === 'object') {
			const types = value.map((type, id) => u32(id in fillInTheMiddle ? control : Number(type)));
			entries.push(arrayEntry(key, valueType.int32, types));
		} else if (key.startsWith('tokenizer.')) {
			entries.push(file.subarray(start, reader.offset));
		}
	}
	return { entries, tokens };
}

function arrayEntry(key: string, type: number, items: readonly Buffer[]): Buffer {
	return Buffer.concat([ggufString(key), u32(valueType.array), u32(type), u64(items.length), ...items]);
}

/** A word, perhaps with a space in front (`Ġ` in that alphabet): text that no stop rule has anything against. */
export function isWord(token: string): boolean {
	return /^Ġ?[A-Za-z]{2,}$/.test(token);
}

/** A line end (`Ċ` in that alphabet), perhaps with the mark that ends a statement or an entry. */
export function isLineEnd(token: string): boolean {
	return /^[;,]?Ċ$/.test(token);
}
