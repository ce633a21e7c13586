import type { Evidence } from './evidence';
import { explainPrompt, type ExplainPrompt } from './explainPrompt';
import { sentenceQuestion, type CommentQuestion, type NoQuestion } from './sentence/sentenceQuestion';

/** The model that would explain, as far as asking it goes. */
export interface AskedModel {
	readonly contextTokens: number;
	/** Of a model that writes one sentence: how probable its words have to be on average. Absent: it chats. */
	readonly sentenceFloor?: number | undefined;
	/** It writes one sentence as a comment below the code. */
	readonly explainsByComment?: boolean | undefined;
}

/** What a model of our own family is asked: code without its comment, as it was trained. */
export interface SentenceQuestion {
	readonly path: string;
	readonly code: string;
	readonly maxTokens: number;
}

export type ExplainQuestion = ExplainPrompt | SentenceQuestion | CommentQuestion;

/** The longest sentence that the family learns has 200 characters. */
const sentenceTokens = 60;

/** Or why nothing is asked. */
export function explainQuestion(
	evidence: Evidence,
	{ contextTokens, sentenceFloor, explainsByComment }: AskedModel,
): ExplainQuestion | NoQuestion {
	if (explainsByComment === true) {
		return sentenceQuestion(evidence);
	}
	return sentenceFloor === undefined
		? explainPrompt(evidence, contextTokens)
		: { path: evidence.path, code: `${dedent(evidence.code)}\n`, maxTokens: sentenceTokens };
}

/** Takes away the white space that all lines with something on them begin with. */
function dedent(code: string): string {
	const lines = code.split('\n');
	const indents = lines.filter(line => line.trim() !== '').map(line => /^[ \t]*/.exec(line)?.[0] ?? '');
	const [first = ''] = indents;
	let shared = first.length;
	while (!indents.every(indent => indent.startsWith(first.slice(0, shared)))) {
		shared--;
	}
	return lines
		.map(line => line.slice(line.trim() === '' ? line.length : shared))
		.join('\n')
		.replace(/^\n+|\n+$/g, '');
}
