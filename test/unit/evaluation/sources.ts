import type {
	CompletionAnswer,
	CompletionEngine,
	CompletionQuery,
} from '../../../src/core/completion/completionEngine';
import { StopRules } from '../../../src/core/completion/stopRules';
import type { EvaluationRecord } from '../../../src/core/evaluation/evaluationRecord';
import { judge, nothingShown } from '../../../src/core/evaluation/judge';
import type { SourceFile } from '../../../src/core/evaluation/sourceFile';

/** A source file by its path and text; the language by the extension. */
export function source(path: string, text: string, repository = 'repo'): SourceFile {
	const languageId = path.endsWith('.py') ? 'python' : path.endsWith('.js') ? 'javascript' : 'typescript';
	return { repository, uri: `${repository}/${path}`, path, languageId, version: 1, text };
}

/** `'foo .9|( .1'` → two tokens; without a number 0.95. `⏎` is a line end. */
export function tokens(text: string): { text: string; probability: number }[] {
	return text.split('|').map(part => {
		const match = /^(.*?)(?: (\.\d+|0|1))?$/u.exec(part);
		return { text: (match?.[1] ?? '').replaceAll('⏎', '\n'), probability: Number(match?.[2] ?? 0.95) };
	});
}

export function answerOf(said: readonly { text: string; probability: number }[]): CompletionAnswer {
	const text = said.map(token => token.text).join('');
	const counts = { promptTokens: 7, reusedTokens: 0, evaluatedTokens: 7, generatedTokens: said.length };
	return { text, tokens: said, stopReason: 'end-of-line', ...counts };
}

/** An engine that says the same everywhere, stopped by the product's rules, and keeps what it was asked. */
export class ParrotEngine implements CompletionEngine {
	readonly queries: CompletionQuery[] = [];

	constructor(private readonly said: readonly { text: string; probability: number }[]) {}

	complete(query: CompletionQuery): Promise<CompletionAnswer> {
		this.queries.push(query);
		const rules = new StopRules(query);
		const kept = [];
		for (const token of this.said) {
			const verdict = rules.offer(token.text, token.probability);
			if (verdict?.reason === 'low-probability') {
				const refused = [...kept, token];
				return Promise.resolve({ ...answerOf(kept), tokens: refused, stopReason: verdict.reason });
			}
			kept.push(token);
			if (verdict !== undefined) {
				return Promise.resolve({ ...answerOf(kept), text: verdict.text, stopReason: verdict.reason });
			}
		}
		return Promise.resolve({ ...answerOf(kept), stopReason: 'end-of-generation' });
	}
}

/** A record of a model that showed `shown` with this probability where `hidden` stood. */
export function recordOf(
	shown: string,
	hidden: string,
	{ probability = 0.5, ...rest }: Partial<EvaluationRecord> & { readonly probability?: number } = {},
): EvaluationRecord {
	const judgement = shown === '' ? nothingShown : judge(shown, hidden);
	const one = { text: shown, judgement };
	const thresholds = [0, 0.3].filter(token => shown !== '' && token <= probability);
	return {
		predictor: 'model',
		context: 'none',
		repository: 'repo',
		path: 'a.ts',
		line: 1,
		column: 1,
		kind: 'token',
		language: 'typescript',
		hidden,
		hiddenCharacters: hidden.length,
		modelText: shown,
		tokens: [],
		stopReason: 'end-of-line',
		promptTokens: 1,
		evaluatedTokens: 1,
		silence: '',
		ungated: one,
		gated: { eager: one, balanced: one, quiet: { text: '', judgement: nothingShown } },
		trials: thresholds.map(token => ({ token, mean: probability, least: probability / 2, judgement })),
		filters: [],
		ms: 1,
		...rest,
	};
}
