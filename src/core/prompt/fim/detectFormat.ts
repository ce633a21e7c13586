import type { TokenId } from '../tokenizer';
import { fimFamilies, untrained, type FimFamily, type FimOrder } from './families';
import type { GgufFacts } from './ggufFacts';

/** How files are marked, with the token resolved. */
export type ResolvedFileMark =
	{ readonly kind: 'token'; readonly token: TokenId } | { readonly kind: 'text'; readonly text: string };

interface CommonFormat {
	/** Key of `fimFamilies`, `metadata` when only the ids that the header declares are known, or `left-to-right`. */
	readonly family: string;
	/** False when token texts or ids alone told the family: quality is not vouched for. */
	readonly verified: boolean;
	/** Absent where the model was not trained on several files in one prompt. */
	readonly file: ResolvedFileMark | undefined;
	readonly bos: TokenId | undefined;
	readonly stops: ReadonlySet<TokenId>;
}

/** A fill-in-the-middle family's format with every token resolved to an id of one vocabulary. */
export interface FimFormat extends CommonFormat {
	readonly order: FimOrder;
	readonly prefix: TokenId;
	readonly suffix: TokenId;
	readonly middle: TokenId | undefined;
}

/** The text before the cursor, and nothing else: for models that have not learnt to fill in the middle. */
export interface LeftToRightFormat extends CommonFormat {
	readonly order: 'left-to-right';
}

export type PromptFormat = FimFormat | LeftToRightFormat;

/** The control tokens that a prompt or an answer in this format may hold. */
export function tokensOf(format: PromptFormat): readonly TokenId[] {
	const { file, stops } = format;
	const own = format.order === 'left-to-right' ? [] : [format.prefix, format.suffix, format.middle];
	const tokens = [...own, file?.kind === 'token' ? file.token : undefined, ...stops];
	return tokens.filter(token => token !== undefined);
}

/** Tells from the header alone how a model wants its prompt. */
export function detectFormat(facts: GgufFacts): PromptFormat {
	return detectFim(facts) ?? leftToRight(facts);
}

/** `undefined` when the model has no fill-in-the-middle tokens, or is known never to have learnt them. */
export function detectFim(facts: GgufFacts): FimFormat | undefined {
	if (untrained.some(name => name.test(facts.name))) {
		return undefined;
	}
	const families: readonly (readonly [string, FimFamily])[] = Object.entries(fimFamilies);
	const fitting = families.filter(([, family]) => fits(family, facts));
	const best =
		fitting.find(([, family]) => isProven(family, facts)) ??
		fitting.find(([, { signature }]) => signature.architectures.includes(facts.architecture)) ??
		fitting[0];
	return best === undefined ? fromDeclaredIds(facts) : resolve(best[0], best[1], facts);
}

function leftToRight({ controlTokens, bos, addBos }: GgufFacts): LeftToRightFormat {
	return {
		family: 'left-to-right',
		verified: true,
		order: 'left-to-right',
		file: undefined,
		bos: addBos === true ? bos : undefined,
		// A model that was trained on whole repositories ends a file with the mark of the next one.
		stops: new Set(fileMarks.flatMap(text => controlTokens.get(text) ?? [])),
	};
}

/** Marks of files and repositories in vocabularies of code. */
const fileMarks = ['<file_sep>', '<|file_sep|>', '<filename>', '<repo_name>', '<|repo_name|>', '<reponame>'] as const;

/** Does the rest of the header, too, speak for a family whose tokens are there? */
function isProven(family: FimFamily, facts: GgufFacts): boolean {
	const { signature } = family;
	return (
		signature.architectures.includes(facts.architecture) &&
		signature.pre.includes(facts.pre) &&
		(signature.name === undefined || signature.name.test(facts.name)) &&
		agreesWithDeclared(family, facts)
	);
}

/** All tokens are in the vocabulary as control tokens, and the sibling's token is not. */
function fits(family: FimFamily, { controlTokens }: GgufFacts): boolean {
	const { prefix, suffix, middle, signature } = family;
	const needed = middle === undefined ? [prefix, suffix] : [prefix, suffix, middle];
	return (
		needed.every(text => controlTokens.has(text)) &&
		(signature.absent === undefined || !controlTokens.has(signature.absent))
	);
}

/** Declared ids, where there are any, name the same tokens as the family's texts. */
function agreesWithDeclared(family: FimFamily, { declared, controlTokens }: GgufFacts): boolean {
	const pairs = [
		[declared.prefix, family.prefix],
		[declared.suffix, family.suffix],
		[declared.middle, family.middle],
	] as const;
	return pairs.every(([id, text]) => id === undefined || text === undefined || controlTokens.get(text) === id);
}

function resolve(name: string, family: FimFamily, facts: GgufFacts): FimFormat | undefined {
	const { controlTokens } = facts;
	const prefix = controlTokens.get(family.prefix);
	const suffix = controlTokens.get(family.suffix);
	if (prefix === undefined || suffix === undefined) {
		return undefined;
	}
	return {
		family: name,
		verified: isProven(family, facts),
		order: family.order,
		prefix,
		suffix,
		middle: family.middle === undefined ? undefined : controlTokens.get(family.middle),
		file: resolveFileMark(family, facts),
		bos: family.bos === true || facts.addBos === true ? facts.bos : undefined,
		stops: new Set(family.stop.flatMap(text => controlTokens.get(text) ?? [])),
	};
}

function resolveFileMark({ file }: FimFamily, { controlTokens }: GgufFacts): ResolvedFileMark | undefined {
	if (file?.kind !== 'token') {
		return file;
	}
	const token = controlTokens.get(file.token);
	return token === undefined ? undefined : { kind: 'token', token };
}

/** The header names the tokens, but no family that we know spells them so. */
function fromDeclaredIds({ declared, bos, addBos }: GgufFacts): FimFormat | undefined {
	const { prefix, suffix, middle } = declared;
	if (prefix === undefined || suffix === undefined) {
		return undefined;
	}
	return {
		family: 'metadata',
		verified: false,
		order: middle === undefined ? 'suffix-first' : 'prefix-suffix-middle',
		prefix,
		suffix,
		middle,
		file: undefined,
		bos: addBos === true ? bos : undefined,
		stops: new Set(),
	};
}
