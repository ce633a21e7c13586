import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { paddingBehind, splitGguf, tensorInfos } from '../../scripts/models/ggufParts';
import { nanoModel, changeGguf, ggufString, headerOnly, stringEntry, u32, u64, type GgufChanges } from './gguf';

/** Files that users take for models, as their tools write them: own headers, and the bundled model with another header. */

const unsigned32 = 4;
const unsigned16 = 2;
const signed32 = 5;
const arrayType = 9;
const stringType = 8;

export function numberEntry(key: string, value: number): Buffer {
	return Buffer.concat([ggufString(key), u32(unsigned32), u32(value)]);
}

function shortEntry(key: string, value: number): Buffer {
	return Buffer.concat([ggufString(key), u32(unsigned16), Buffer.from([value, 0])]);
}

function tokensEntry(tokens: readonly string[]): Buffer {
	const items = tokens.map(ggufString);
	return Buffer.concat([
		ggufString('tokenizer.ggml.tokens'),
		u32(arrayType),
		u32(stringType),
		u64(tokens.length),
		...items,
	]);
}

interface Kind {
	readonly name: string;
	readonly bytes: () => Buffer;
	/** The message to the user: the kind of the file, and which to choose. */
	readonly says: RegExp;
}

function header(name: string, entries: readonly Buffer[], says: RegExp): Kind {
	return { name, bytes: () => headerOnly(entries), says };
}

function changed(name: string, changes: GgufChanges, says: RegExp): Kind {
	return { name, bytes: () => changeGguf(readFileSync(nanoModel), changes), says };
}

const architecture = (name: string): Buffer => stringEntry('general.architecture', name);
const type = (name: string): Buffer => stringEntry('general.type', name);
const itsModel = 'Choose the GGUF of the model that it belongs to\\.$';
const another = 'Choose the GGUF of a model that writes text, such as Qwen2\\.5-Coder\\.$';
const says = (what: string, then: string): RegExp => new RegExp(`^The file \\S+\\.gguf ${what}: .*${then}`);

/** Each is refused before its weights are read. */
export const noModels: readonly Kind[] = [
	header('projector', [type('mmproj'), architecture('clip')], says('is a projector', itsModel)),
	header('old-projector', [architecture('clip')], says('is a projector', itsModel)),
	header('adapter', [type('adapter'), architecture('llama')], says('is an adapter \\(LoRA\\)', itsModel)),
	header('imatrix', [type('imatrix')], says('is an importance matrix', itsModel)),
	header('steering', [architecture('controlvector')], says('is a control vector', itsModel)),
	header(
		'bert',
		[architecture('bert'), numberEntry('bert.block_count', 6)],
		says('is a model for embeddings', another),
	),
	header('picture', [architecture('flux')], says('is a model for pictures or films', another)),
	header('speech', [architecture('whisper')], says('is a model that listens to speech', another)),
	header('nameless', [], /does not say which architecture it is of, so it holds no model\. Choose/),
	header(
		'vocabulary',
		[architecture('llama'), tokensEntry(['a', 'b'])],
		/^The file \S+ holds a vocabulary without weights\. Choose the file with the whole model\.$/,
	),
	changed('embedder', { add: { 'llama.pooling_type': 3 } }, says('is a model for embeddings', another)),
	changed('reranker', { add: { 'llama.pooling_type': 4 } }, says('is a reranker', another)),
];

/** Each is refused by the engine's native part. */
export const unloadable: readonly Kind[] = [
	changed(
		'novel',
		{ drop: /^general\.architecture$/, add: { 'general.architecture': 'perpetuum-mobile' } },
		/^The model \S+ is of an architecture that this version of the engine does not know \(perpetuum-mobile\)\. Update Sotto, or choose/,
	),
	changed(
		'tokenizer',
		{ drop: /^tokenizer\.ggml\.model$/, add: { 'tokenizer.ggml.model': 'novel' } },
		/^The model \S+ splits text in a way that this version of the engine does not know \(novel\)\. Update Sotto, or choose/,
	),
	changed(
		'shapeless',
		{ drop: /^llama\.context_length$/ },
		/^The model \S+ lacks llama\.context_length in its header\. Download it again/,
	),
	changed(
		'twofold',
		{ add: { 'general.name': 'again' } },
		/^The model \S+ is damaged \(duplicate key 'general\.name' .*\)\. Download it again/,
	),
	{
		name: 'number-format',
		bytes: withTensorType(99),
		says: /^The model \S+ stores its weights in a way .*Update Sotto/,
	},
];

/** The bundled model with a number for the type of one tensor that no engine knows. */
function withTensorType(type: number): () => Buffer {
	return () => {
		const bytes = Buffer.from(readFileSync(nanoModel));
		const name = ggufString('token_embd.weight');
		const dimensions = 4 + 2 * 8;
		bytes.writeUInt32LE(type, bytes.indexOf(name) + name.length + dimensions);
		return bytes;
	};
}

/**
 * Writes the bundled model as llama.cpp's `gguf-split --no-tensor-first-split` would: metadata in the first file, weights in the second.
 * @returns the paths of both.
 */
export function writeSplitModel(folder: string, stem = 'split'): readonly [first: string, second: string] {
	const { entries, tensors, data } = splitGguf(readFileSync(nanoModel));
	const places = [0, 1].map(index => [
		shortEntry('split.no', index),
		shortEntry('split.count', 2),
		Buffer.concat([ggufString('split.tensors.count'), u32(signed32), u32(tensors.length)]),
	]);
	const first = headerOnly([...entries.map(({ bytes }) => bytes), ...(places[0] ?? [])]);
	const head = Buffer.concat([headerOnly(places[1] ?? [], { tensors: tensors.length }), tensorInfos(tensors)]);
	const paths = [1, 2].map(part => join(folder, `${stem}-0000${part}-of-00002.gguf`)) as [string, string];
	writeFileSync(paths[0], first);
	writeFileSync(paths[1], Buffer.concat([head, Buffer.alloc(paddingBehind(head.length)), data]));
	return paths;
}
