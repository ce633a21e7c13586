import type { GgufFacts } from '../../../src/core/prompt/fim/ggufFacts';
import { fimFamilies, type FimFamily } from '../../../src/core/prompt/fim/families';

export type FamilyName = keyof typeof fimFamilies;

export function family(name: FamilyName): FimFamily {
	return fimFamilies[name];
}

/** A header as a model of the family has it: its tokens, at ids from 1 on, after BOS at 0. */
export function factsOf(name: FamilyName, changes: Partial<GgufFacts> = {}): GgufFacts {
	const { prefix, suffix, middle, file, stop, signature } = family(name);
	const texts = [prefix, suffix, middle, file?.kind === 'token' ? file.token : undefined, ...stop];
	const known = [...new Set(texts.filter(text => text !== undefined))];
	return {
		architecture: signature.architectures[0] ?? '',
		pre: signature.pre[0] ?? 'default',
		name: realNames[name],
		declared: {},
		controlTokens: new Map(known.map((text, index) => [text, index + 1])),
		bos: 0,
		addBos: false,
		...changes,
	};
}

const realNames: Readonly<Record<FamilyName, string>> = {
	sotto: 'sotto-nano',
	'qwen2.5-coder': 'Qwen2.5 Coder 1.5B',
	starcoder: 'starcoderbase 1b',
	starcoder2: 'starcoder2 3b',
	'granite-4': 'Granite 4.0 Micro',
	codellama: 'codellama 7b hf',
	'deepseek-coder': 'deepseek coder 1.3b base',
	codegemma: 'codegemma 2b',
	codestral: 'Codestral 22B v0.1',
	mellum: 'Mellum 4b base',
	'seed-coder': 'Seed Coder 8B Base',
	santacoder: 'santacoder',
	'stable-code': 'stable code 3b',
	'falcon-h1-coder': 'Falcon H1 Tiny Coder 90M',
	codegeex: 'codegeex4 all 9b',
};
