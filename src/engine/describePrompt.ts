import type { TokenId } from '../core/prompt/tokenizer';
import type { PromptPart } from '../protocol/engineContract';
import type { EngineModel } from './engineModel';
import { TokenText } from './tokenText';

/** Some vocabularies decide by the token before whether a space is written. */
const contextTokens = 3;

/** Stands for bytes that make no character. */
const replacement = '\uFFFD';

/**
 * A prompt for people to read, as the model saw it: control tokens by name, one a part; text a line a part, so that the
 * reader can count the tokens of any lines of it. A token that holds a line end and the start of the next line counts for the first.
 * @param controlNames id → name of every control token.
 */
export function describePrompt(
	tokens: readonly TokenId[],
	decode: EngineModel['decode'],
	controlNames: ReadonlyMap<TokenId, string>,
): PromptPart[] {
	const parts: PromptPart[] = [];
	let line = { text: '', tokens: 0 };
	let written = new TokenText(decode, []);
	const endLine = (): void => {
		if (line.text !== '') {
			parts.push({ kind: 'text', ...line });
			line = { text: '', tokens: 0 };
		}
	};
	for (const [index, token] of tokens.entries()) {
		const name = controlNames.get(token);
		if (name === undefined) {
			const text = written.add(token) ?? replacement;
			const start = text.lastIndexOf('\n') + 1;
			line = { text: line.text + text.slice(0, start), tokens: line.tokens + 1 };
			if (start > 0) {
				endLine();
			}
			line.text += text.slice(start);
			continue;
		}
		endLine();
		parts.push({ kind: 'control', text: name, tokens: 1 });
		written = new TokenText(decode, tokens.slice(Math.max(0, index + 1 - contextTokens), index + 1));
	}
	endLine();
	return parts;
}
