import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as parts from '../../scripts/models/ggufParts';

export { ggufString, u32, u64 } from '../../scripts/models/ggufParts';

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
	const { entries, tensors, data } = parts.splitGguf(source);
	const kept = entries
		.filter(({ key }) => drop?.test(key) !== true)
		.map(({ key, bytes }) => ({
			key,
			bytes: key === 'tokenizer.ggml.tokens' ? renameTokens(bytes, rename) : bytes,
		}));
	const added = Object.entries(add).map(([key, value]) =>
		typeof value === 'string' ? parts.stringEntry(key, value) : parts.float32Entry(key, value),
	);
	return parts.joinGguf({ entries: [...kept, ...added], tensors, data });
}

function renameTokens(list: Buffer, rename: Readonly<Record<string, string>>): Buffer {
	let renamed = list;
	for (const [from, to] of Object.entries(rename)) {
		const name = parts.ggufString(from);
		const at = renamed.indexOf(name);
		if (at === -1) {
			throw new Error(`There is no token ${from}`);
		}
		renamed = Buffer.concat([renamed.subarray(0, at), parts.ggufString(to), renamed.subarray(at + name.length)]);
	}
	return renamed;
}

/** A GGUF of metadata alone, for reading headers without a model. */
export function headerOnly(entries: readonly Buffer[], { tensors = 0, version = 3 } = {}): Buffer {
	const counts = [parts.u64(tensors), parts.u64(entries.length)];
	return Buffer.concat([Buffer.from('GGUF'), parts.u32(version), ...counts, ...entries]);
}

export function stringEntry(key: string, value: string): Buffer {
	return parts.stringEntry(key, value).bytes;
}
