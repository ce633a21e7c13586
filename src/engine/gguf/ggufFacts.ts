import { basename } from 'node:path';
import type { DeclaredFimIds, GgufFacts } from '../../core/prompt/fim/ggufFacts';
import type { GgufHeader } from './ggufHeader';

/** Token types of `tokenizer.ggml.token_type`. */
const tokenType = { unknown: 2, control: 3, userDefined: 4, unused: 5 } as const;

/** `tokenizer.ggml.{…}_token_id`: today's name of each id, and the name it had before. */
const fimKeys = {
	prefix: ['fim_pre', 'prefix'],
	suffix: ['fim_suf', 'suffix'],
	middle: ['fim_mid', 'middle'],
} as const satisfies Record<keyof DeclaredFimIds, readonly string[]>;

/** Picks what a prompt format is chosen by. */
export function ggufFacts(header: GgufHeader): GgufFacts {
	const addBos = header.metadata.get('tokenizer.ggml.add_bos_token');
	return {
		architecture: text(header, 'general.architecture') ?? '',
		pre: text(header, 'tokenizer.ggml.pre') ?? 'default',
		name: `${text(header, 'general.name') ?? ''} ${text(header, 'general.basename') ?? ''}`,
		declared: declaredIds(header),
		controlTokens: new Map(tokensOfType(header, [tokenType.control, tokenType.userDefined])),
		bos: number(header, 'tokenizer.ggml.bos_token_id'),
		addBos: typeof addBos === 'boolean' ? addBos : undefined,
	};
}

/**
 * The tokens that text of a user must never turn into: id → text. Control tokens by type; a prompt format's own
 * tokens even where a vocabulary lists them as user-defined.
 */
export function forbiddenTokens(header: GgufHeader, formatTokens: Iterable<number>): Map<number, string> {
	const types = [tokenType.unknown, tokenType.control, tokenType.unused];
	const forbidden = new Map(tokensOfType(header, types).map(([name, id]) => [id, name]));
	for (const id of formatTokens) {
		forbidden.set(id, header.tokens[id] ?? '');
	}
	return forbidden;
}

export function isControlToken({ tokenTypes }: GgufHeader, token: number): boolean {
	return tokenTypes[token] === tokenType.control;
}

export function modelName(header: GgufHeader, path: string): string {
	return text(header, 'general.name') ?? basename(path);
}

export function chatTemplate(header: GgufHeader): string | undefined {
	return text(header, 'tokenizer.chat_template');
}

/** Written by `training/export.py` for weights whose explanations were graded and found worth showing. */
export function sentenceFloor(header: GgufHeader): number | undefined {
	return number(header, 'sotto.explain.floor');
}

/** About how many, as a llama has them; 0 where the header does not say. The embedding is not counted: it is as large as the vocabulary. */
export function weightsInBlocks(header: GgufHeader): number {
	const architecture = text(header, 'general.architecture') ?? '';
	const size = (key: string): number => number(header, `${architecture}.${key}`) ?? 0;
	const width = size('embedding_length');
	const heads = size('attention.head_count');
	const shared = heads === 0 ? 1 : (number(header, `${architecture}.attention.head_count_kv`) ?? heads) / heads;
	return size('block_count') * width * (2 * width * (1 + shared) + 3 * size('feed_forward_length'));
}

function tokensOfType(header: GgufHeader, types: readonly number[]): [string, number][] {
	return header.tokens.flatMap((token, id): [string, number][] =>
		types.includes(header.tokenTypes[id] ?? 0) ? [[token, id]] : [],
	);
}

function declaredIds(header: GgufHeader): DeclaredFimIds {
	const find = (names: readonly string[]): number | undefined =>
		names.map(name => number(header, `tokenizer.ggml.${name}_token_id`)).find(id => id !== undefined);
	const prefix = find(fimKeys.prefix);
	const suffix = find(fimKeys.suffix);
	const middle = find(fimKeys.middle);
	return {
		...(prefix !== undefined && { prefix }),
		...(suffix !== undefined && { suffix }),
		...(middle !== undefined && { middle }),
	};
}

function text({ metadata }: GgufHeader, key: string): string | undefined {
	const value = metadata.get(key);
	return typeof value === 'string' && value !== '' ? value : undefined;
}

function number({ metadata }: GgufHeader, key: string): number | undefined {
	const value = metadata.get(key);
	return typeof value === 'number' ? value : undefined;
}
