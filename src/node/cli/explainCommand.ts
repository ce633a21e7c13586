import type { Outliner } from '../../core/explain/codeFacts';
import { lineRange, renderEvidence, type Evidence } from '../../core/explain/evidence';
import {
	chosenSentence,
	confidenceInWords,
	noneFits,
	sentenceConfidence,
	withoutSentence,
} from '../../core/explain/confidence';
import { explainQuestion } from '../../core/explain/explainQuestion';
import { chooseSentence } from '../../core/explain/sentence/chooseSentence';
import type { CommentQuestion } from '../../core/explain/sentence/sentenceQuestion';
import type { ExplanationResult } from '../../protocol/engineContract';
import { gatherEvidence, type EvidenceSources } from '../../core/explain/gatherEvidence';
import type { EngineHost } from '../engine/engineHost';
import { UsageError, type ExplainArguments } from './arguments';
import { readTextFile, type TextFile } from './textFile';

/** The output of `--json`. Token counts are zero when the model cannot write prose. */
export interface ExplainReport {
	/** The model's prose; empty when it cannot write any. */
	readonly text: string;
	/** Facts that need no model, as Markdown. */
	readonly evidence: string;
	/** How sure the model was, in words; empty when there is no prose. */
	readonly confidence: string;
	/** Why there is no prose, with the way forward; empty when there is. */
	readonly because: string;
	readonly ms: number;
	readonly promptTokens: number;
	readonly evaluatedTokens: number;
	readonly generatedTokens: number;
	readonly stopReason: string;
	readonly probabilities: readonly number[];
	readonly model: string;
}

const nothingGenerated = {
	confidence: '',
	promptTokens: 0,
	evaluatedTokens: 0,
	generatedTokens: 0,
	probabilities: [],
} as const;

export interface ExplainParts {
	readonly host: EngineHost;
	readonly outliner: Outliner;
}

/** Streams prose to `onText`. @throws UsageError, EngineError */
export async function explainCommand(
	args: ExplainArguments,
	{ host, outliner }: ExplainParts,
	root: string,
	onText: (text: string) => void,
): Promise<ExplainReport> {
	const file = await readTextFile(args.file, root);
	const evidence = await evidenceOf(file, args, outliner);
	const known = { evidence: renderEvidence(evidence) };
	const signal = new AbortController().signal;
	const model = await host.explainer(signal);
	const start = performance.now();
	if (!model.canExplain) {
		const why = model.cannotExplain ?? `${model.name} completes code but cannot write prose.`;
		const because = `${why} Name a GGUF with a chat template: --model PATH.gguf`;
		const timing = { ms: performance.now() - start, model: model.name };
		return { text: '', ...known, because, ...timing, ...nothingGenerated, stopReason: 'model-cannot-explain' };
	}
	const question = explainQuestion(evidence, model);
	if ('because' in question) {
		const timing = { ms: performance.now() - start, model: model.name };
		return { text: '', ...known, because: question.because, ...timing, ...nothingGenerated, stopReason: 'not-asked' };
	}
	if ('marker' in question) {
		const report = sentenceReport(question, evidence, await host.explain(question, () => undefined, signal));
		onText(report.text);
		return { ...report, ...known, ms: performance.now() - start, model: model.name };
	}
	const answer = await host.explain(question, onText, signal);
	const { sentenceFloor, name } = model;
	const confidence =
		sentenceFloor === undefined
			? confidenceInWords(answer.probabilities)
			: sentenceConfidence(answer.probabilities, sentenceFloor);
	return { ...answer, ...known, confidence, because: '', ms: performance.now() - start, model: name };
}

/** The sentence that is left of several, or why there is none. */
function sentenceReport(
	{ subject }: CommentQuestion,
	evidence: Evidence,
	answer: ExplanationResult,
): Omit<ExplainReport, 'evidence' | 'ms' | 'model'> {
	const text = chooseSentence(answer.candidates ?? [], evidence, subject);
	return text === undefined
		? { ...answer, text: '', confidence: '', because: withoutSentence(noneFits) }
		: { ...answer, text, confidence: chosenSentence, because: '' };
}

/** For a person: what streamed is on the screen already; what is left is why there was none, and the figures. */
export function printExplanation(report: ExplainReport): string {
	const { because, confidence, evidence, model, ms, promptTokens, generatedTokens, stopReason } = report;
	if (because !== '') {
		return `${evidence}\n${because}`;
	}
	return `\n\n${confidence}\n${model}: ${Math.round(ms)} ms, prompt ${promptTokens} tokens, generated ${generatedTokens}, ${stopReason}`;
}

/** @throws UsageError where there is no such line, or nothing on it. */
async function evidenceOf(file: TextFile, { from, to }: ExplainArguments, outliner: Outliner): Promise<Evidence> {
	const { path, languageId, lines, absolutePath: uri } = file;
	if (from > lines.length) {
		throw new UsageError(`${path} has ${lines.length} lines; there is no line ${from}.`);
	}
	const document = { uri, path, languageId, lineCount: lines.length, lineAt: (line: number) => lines[line] ?? '' };
	const last = Math.min(to, lines.length) - 1;
	const selection = {
		start: { line: from - 1, character: 0 },
		end: { line: last, character: lines[last]?.length ?? 0 },
	};
	const evidence = await gatherEvidence(document, selection, noEditor(outliner), async (_source, work) => work());
	if (evidence === undefined) {
		throw new UsageError(`There is no code in ${lineRange(from, to)} of ${path}. Name lines with code: FILE:FROM-TO`);
	}
	return evidence;
}

/** There is no editor to be asked: what the text itself tells is all that is known. */
function noEditor(outliner: Outliner): EvidenceSources {
	return {
		outliner,
		symbols: () => Promise.resolve([]),
		hover: () => Promise.resolve([]),
		definitions: () => Promise.resolve([]),
		textOf: () => Promise.resolve(undefined),
		references: () => Promise.resolve(0),
		diagnostics: () => [],
	};
}
