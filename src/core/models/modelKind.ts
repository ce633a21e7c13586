/** Fields of a GGUF header that tell the kind of the file. */
export interface FileFacts {
	/** As the user named it. */
	readonly path: string;
	/** Scalars of the header's metadata. */
	readonly metadata: ReadonlyMap<string, number | boolean | string>;
	readonly tensorCount: number;
	/** Length of the vocabulary. */
	readonly tokenCount: number;
	/** The file is one of several that hold a model together: its tensors may lie in the others. */
	readonly isPart: boolean;
}

const choose = 'Choose the GGUF of a model that writes text, such as Qwen2.5-Coder.';
const chooseItsModel = 'Choose the GGUF of the model that it belongs to.';

/** `general.type`, as the converters of llama.cpp write it. */
const byType: Readonly<Record<string, string>> = {
	mmproj: `is a projector: it turns pictures or sound into input for another model. ${chooseItsModel}`,
	adapter: `is an adapter (LoRA): it changes another model and cannot run alone. ${chooseItsModel}`,
	imatrix: `is an importance matrix: it helps to make smaller files of a model. ${chooseItsModel}`,
	vocab: `holds a vocabulary without weights. Choose the file with the whole model.`,
};

const writesNoText = (what: string): string => `is ${what}: it writes no text. ${choose}`;
const readsOnly = writesNoText('a model for embeddings');
const makesImages = writesNoText('a model for pictures or films');

/**
 * `general.architecture`. The encoders are those of llama.cpp's `llm_arch` without a decoder; the models for pictures are not
 * llama.cpp's, and get their names from the tools that write GGUF files of them.
 */
const byArchitecture: Readonly<Record<string, string>> = {
	clip: byType['mmproj'] ?? '',
	controlvector: `is a control vector: it steers another model and cannot run alone. ${chooseItsModel}`,
	...ofAll(['bert', 'nomic-bert', 'nomic-bert-moe', 'neo-bert', 'modern-bert', 'eurobert'], readsOnly),
	...ofAll(['jina-bert-v2', 'jina-bert-v3', 'gemma-embedding', 'llama-embed', 't5encoder'], readsOnly),
	t5: writesNoText('a model that translates one text into another (T5)'),
	'wavtokenizer-dec': writesNoText('a model that makes sound'),
	whisper: writesNoText('a model that listens to speech'),
	...ofAll(['flux', 'sd1', 'sd3', 'sdxl', 'aura', 'hidream', 'cosmos', 'ltxv', 'hyvid', 'wan'], makesImages),
	...ofAll(['lumina2', 'qwen_image', 'pig', 'z_image'], makesImages),
};

/** Values of `ARCHITECTURE.pooling_type`, from llama.cpp's `llama_pooling_type`. 0 = none: the model writes. */
const rankPooling = 4;

/** Why a file holds no model that writes text, as sentences that say what to do; `undefined` when it may hold one. */
export function whyItIsNoModel(facts: FileFacts): string | undefined {
	const why = told(facts) ?? pooled(facts) ?? lacking(facts);
	return why === undefined ? undefined : `The file ${facts.path} ${why}`;
}

function told({ metadata }: FileFacts): string | undefined {
	const type = metadata.get('general.type');
	const architecture = metadata.get('general.architecture');
	return own(byType, type) ?? own(byArchitecture, architecture);
}

function own(table: Readonly<Record<string, string>>, key: number | boolean | string | undefined): string | undefined {
	return typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined;
}

function pooled({ metadata }: FileFacts): string | undefined {
	const [, pooling] = [...metadata].find(([key]) => key.endsWith('.pooling_type')) ?? [];
	if (typeof pooling !== 'number' || pooling <= 0) {
		return undefined;
	}
	return pooling === rankPooling ? writesNoText('a reranker') : readsOnly;
}

function lacking({ metadata, tensorCount, tokenCount, isPart }: FileFacts): string | undefined {
	if (!metadata.has('general.architecture')) {
		return `does not say which architecture it is of, so it holds no model. ${choose}`;
	}
	return tensorCount === 0 && tokenCount > 0 && !isPart ? byType['vocab'] : undefined;
}

function ofAll(names: readonly string[], sentence: string): Readonly<Record<string, string>> {
	return Object.fromEntries(names.map(name => [name, sentence]));
}
