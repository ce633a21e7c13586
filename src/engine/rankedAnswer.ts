import {
	definitionLogProbability,
	judgedBelow,
	possibleStart,
	rankCandidates,
	type CandidateLine,
} from '../core/completion/candidateRanking';
import { definitionStarts } from '../core/completion/namesBelow';
import { StopRules } from '../core/completion/stopRules';
import { tokenizeParts } from '../core/prompt/layoutWindow';
import type { TokenId } from '../core/prompt/tokenizer';
import type { CompletionParams } from '../protocol/engineContract';
import { AnswerSoFar, type Answer } from './answerSoFar';
import { answerStarts, type AnswerStart } from './answerStarts';
import type { HealablePrompt } from './healing';
import { tokensAfter, type Decoding, type Prior, type Written } from './nextTokens';

export interface Ranking {
	readonly prompt: HealablePrompt;
	readonly prior: Prior | undefined;
	readonly params: CompletionParams;
	/** How many first lines are tried. */
	readonly candidates: number;
	/** Whether the candidates are scored by what stands below the cursor. */
	readonly isJudged: boolean;
	/** Tokens of an answer at most. */
	readonly most: number;
	readonly signal: AbortSignal;
}

interface Candidate extends CandidateLine {
	/** Its tokens as they were written. */
	readonly written: readonly Written[];
	readonly answer: Answer;
}

/** A line that is too improbable for a number counts as this much. */
const leastProbability = 1e-9;
/** No tokeniser of a code model reaches this average. */
const charactersPerToken = 12;

/**
 * Tries several first lines: the likeliest starts are written on to the line's end, and the one is taken that is likely by
 * itself and makes what stands below the cursor likely. Then it is written on as far as the answer is to go. All candidates
 * share the KV cache of the prompt.
 * @returns the answer, and the other lines, best first; none where no line can be written.
 */
export async function rankedAnswers(decoding: Decoding, ranking: Ranking): Promise<readonly Answer[]> {
	const { prompt, prior, params, candidates: count } = ranking;
	const candidates: Candidate[] = [];
	const likeliest = await answerStarts(decoding, prompt, prior, possibleStart(params.prefix), count);
	for (const start of [...likeliest, ...namedStarts(decoding, ranking)]) {
		const begun = { tokens: [...prompt.tokens, ...start.tokens], text: start.text };
		const first = { text: start.text, probability: start.probability, fromPrior: false };
		const line = await write(decoding, { ...ranking, begun, first: [first], extent: 'line' });
		if (line.answer.text.trim() !== '' && !candidates.some(({ text }) => text === line.answer.text)) {
			candidates.push(await judge(decoding, line, ranking));
		}
	}
	const [best, ...others] = rankCandidates(candidates, params);
	if (best === undefined) {
		return [];
	}
	const answer = params.extent === 'line' ? best.answer : await writeBlock(decoding, best, ranking);
	return [answer, ...others.map(other => other.answer)];
}

/** Lines that define what the lines below need. */
function namedStarts(decoding: Decoding, ranking: Ranking): readonly AnswerStart[] {
	return definitionStarts(ranking.params).map(text => ({
		tokens: tokensOfText(decoding, ranking, text),
		text,
		probability: Math.exp(definitionLogProbability),
	}));
}

/** Writes on from the line that was chosen, to the end of the block, unless what stands below follows better from the line. */
async function writeBlock(decoding: Decoding, best: Candidate, ranking: Ranking): Promise<Answer> {
	if (best.answer.reason !== 'end-of-line') {
		return best.answer;
	}
	const { prompt } = ranking;
	const begun = { tokens: [...prompt.tokens, ...tokensOfText(decoding, ranking, best.text)], text: best.text };
	const first = best.written.slice(0, best.answer.tokens.length - 1);
	const block = await judge(decoding, await write(decoding, { ...ranking, begun, first, extent: 'block' }), ranking);
	const [better = best] = ranking.isJudged ? rankCandidates([best, block], ranking.params) : [block];
	return better.answer;
}

interface Begun extends Ranking {
	/** The prompt with the tokens that are written already, and their text. */
	readonly begun: { readonly tokens: readonly TokenId[]; readonly text: string };
	/** The same as written tokens. */
	readonly first: readonly Written[];
	readonly extent: CompletionParams['extent'];
}

/** Writes on until a stop rule ends the answer. */
async function write(
	decoding: Decoding,
	{ params, prior, begun, first, extent, most, signal }: Begun,
): Promise<Pick<Candidate, 'written' | 'answer'>> {
	const soFar = new AnswerSoFar(new StopRules({ ...params, extent, probabilityFloor: 0 }), () => undefined);
	const written: Written[] = [];
	for (const next of first) {
		written.push(next);
		const answer = soFar.add(next);
		if (answer !== undefined) {
			return { written, answer };
		}
	}
	for await (const next of tokensAfter(decoding, begun, prior)) {
		signal.throwIfAborted();
		written.push(next);
		const answer = soFar.add(next);
		if (answer !== undefined || soFar.length >= most) {
			return { written, answer: answer ?? soFar.end('token-limit') };
		}
	}
	return { written, answer: soFar.end('token-limit') };
}

async function judge(
	decoding: Decoding,
	line: Pick<Candidate, 'written' | 'answer'>,
	ranking: Ranking,
): Promise<Candidate> {
	const { text } = line.answer;
	const logProbability = line.written.reduce(
		(sum, { probability }) => sum + Math.log(Math.max(probability, leastProbability)),
		0,
	);
	return { ...line, text, logProbability, below: ranking.isJudged ? await judgeBelow(decoding, text, ranking) : 0 };
}

/** Mean natural logarithm of the probabilities of the first tokens below the cursor, behind this line; 0 if there are none. */
async function judgeBelow(
	{ fill, sequence, count, ...decoding }: Decoding,
	line: string,
	ranking: Ranking,
): Promise<number> {
	const { prompt, params } = ranking;
	const lineEnd = params.suffix.indexOf('\n');
	const below = lineEnd === -1 ? '' : params.suffix.slice(lineEnd, lineEnd + judgedBelow * charactersPerToken);
	if (below.trim() === '') {
		return 0;
	}
	const start = prompt.tokens.length + tokensOfText(decoding, ranking, line).length;
	const end = Math.min(start + judgedBelow, sequence.capacity - 1);
	const all = [...prompt.tokens, ...tokensOfText(decoding, ranking, line + below)].slice(0, end);
	await fill(all.slice(0, start));
	const asked = all.slice(start).map((token, index) => ({ token: all[start + index - 1] ?? token, others: [token] }));
	count(asked.length);
	const told = await sequence.evaluateAmong(asked);
	const logs = asked.map(({ others: [wanted] }, index) => {
		const probability = told[index]?.find(({ token }) => token === wanted)?.probability ?? 0;
		return Math.log(Math.max(probability, leastProbability));
	});
	return logs.reduce((sum, log) => sum + log, 0) / Math.max(1, logs.length);
}

/** Natural tokens of the answer behind the prompt, with those of what was taken back. */
function tokensOfText(
	{ tokenizer }: Pick<Decoding, 'tokenizer'>,
	{ prompt }: Pick<Ranking, 'prompt'>,
	text: string,
): readonly TokenId[] {
	return tokenizeParts(tokenizer, prompt.typed + text, Infinity) ?? [];
}
