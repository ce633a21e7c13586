import { readFile, writeFile } from 'node:fs/promises';
import type { FimFormat } from '../../../src/core/prompt/fim/detectFormat';
import { splitText } from '../../../src/core/prompt/textCut';
import type { TokenId, Tokenizer } from '../../../src/core/prompt/tokenizer';
import type { Asked, EngineModel, KeepableSequence, NextToken } from '../../../src/engine/engineModel';

/** Control tokens of the fake vocabulary; every other token is a code point. */
export const fakeFormat: FimFormat = {
	family: 'sotto',
	verified: true,
	order: 'suffix-first',
	prefix: 0xe001,
	suffix: 0xe002,
	middle: undefined,
	file: { kind: 'token', token: 0xe003 },
	bos: 0xe000,
	stops: new Set(),
};

/** Writes a fixed answer after the prompt, whatever that is; a token a character. Keeps the books of its KV cache. */
export class FakeSequence implements KeepableSequence {
	readonly capacity: number;
	/** The tokens in the cache. */
	held: TokenId[] = [];
	/** Lengths of the slices evaluated, in order; 1 = a decoded token. */
	readonly slices: number[] = [];
	penalised: readonly TokenId[] = [];
	isDisposed = false;
	/** Called before each evaluation. */
	onEvaluate: () => Promise<void> | void = () => undefined;
	/** The answer's tokens from the token on that continues the prompt. */
	answer: readonly (NextToken | undefined)[] = [];
	/** The probability of tokens that the model would not write. */
	probabilityOfOthers = 0;
	/** The results of `evaluateTop`, call by call. */
	top: NextToken[][] = [];
	#promptLength = 0;

	constructor(capacity = 200) {
		this.capacity = capacity;
	}

	keepCommonPrefix(tokens: readonly TokenId[]): Promise<number> {
		const different = this.held.findIndex((token, index) => token !== tokens[index]);
		this.held = different === -1 ? this.held : this.held.slice(0, different);
		this.#promptLength = tokens.length;
		return Promise.resolve(this.held.length);
	}

	async evaluate(tokens: readonly TokenId[]): Promise<void> {
		await this.onEvaluate();
		this.slices.push(tokens.length);
		this.held.push(...tokens);
	}

	async evaluateNext(token: TokenId, penalised: readonly TokenId[]): Promise<NextToken> {
		this.penalised = penalised;
		await this.evaluate([token]);
		return this.answer[this.held.length - 1 - this.#promptLength] ?? { token: undefined, probability: 1 };
	}

	async evaluateAmong(asked: readonly Asked[]): Promise<readonly (readonly NextToken[])[]> {
		const first = this.held.length - this.#promptLength;
		await this.evaluate(asked.map(({ token }) => token));
		return asked.map(({ others }, index) => {
			const next = this.answer[first + index] ?? { token: undefined, probability: 1 };
			const among = others.filter(other => other !== next.token);
			return [next, ...among.map(other => ({ token: other, probability: this.probabilityOfOthers }))];
		});
	}

	async evaluateTop(token: TokenId): Promise<readonly NextToken[]> {
		await this.evaluate([token]);
		return this.top.shift() ?? [];
	}

	save(file: string): Promise<void> {
		return writeFile(file, JSON.stringify(this.held));
	}

	async restore(file: string): Promise<void> {
		this.held = JSON.parse(await readFile(file, 'utf8')) as TokenId[];
	}

	dispose(): Promise<void> {
		this.isDisposed = true;
		return Promise.resolve();
	}
}

export function answerOf(text: string, probability = 0.8): NextToken[] {
	return Array.from(text, character => ({ token: character.codePointAt(0), probability }));
}

export function encode(text: string): TokenId[] {
	return Array.from(text, character => character.codePointAt(0) ?? 0);
}

/** A token a character, line by line. */
export const fakeTokenizer: Tokenizer = { tokenize: encode, split: text => splitText(text, 'after-line-end') };

export function decode(tokens: readonly TokenId[]): string {
	return String.fromCodePoint(...tokens);
}

/** A model whose sequences are fakes. */
export class FakeModel implements EngineModel {
	readonly device = 'cpu';
	readonly build = 'fake';
	readonly threads = 1;
	readonly width = 64;
	readonly trainedTokens = 200;
	readonly sequences: FakeSequence[] = [];
	readonly limits: number[] = [];
	isDisposed = false;
	answer = answerOf('ok');

	encode(text: string): readonly TokenId[] {
		return encode(text);
	}

	decode(tokens: readonly TokenId[]): string {
		return decode(tokens);
	}

	openSequence(capacity: number): Promise<KeepableSequence> {
		const sequence = new FakeSequence(capacity);
		sequence.answer = this.answer;
		this.sequences.push(sequence);
		return Promise.resolve(sequence);
	}

	limitThreads(threads: number): void {
		this.limits.push(threads);
	}

	/** A template without a loop over the messages. */
	whyUnreadable(template: string): string | undefined {
		return template.includes('{% for message in messages %}') ? undefined : 'SyntaxError: no loop';
	}

	renderChat(
		_template: string,
		messages: readonly { role: string; content: string }[],
		encodeText: (text: string) => readonly TokenId[],
	): readonly TokenId[] {
		return [0xe000, ...messages.flatMap(({ content }) => [0xe004, ...encodeText(content)]), 0xe005];
	}

	dispose(): Promise<void> {
		this.isDisposed = true;
		return Promise.resolve();
	}
}
