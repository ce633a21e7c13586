import type { CompletionAnswer } from '../../core/completion/completionEngine';
import type { CompletionOutcome } from '../../core/completion/completionRequest';
import { CompletionService } from '../../core/completion/completionService';
import { silenceText } from '../../core/completion/silenceText';
import type { StopReason } from '../../core/completion/stopReason';
import type { SyntaxScope } from '../../core/completion/syntaxScope';
import { enabledSources } from '../../core/context/contextSource';
import { rankPieces, type RankedPiece } from '../../core/context/rankPieces';
import { defaultSettings } from '../../core/settings/settings';
import type { EngineHost } from '../engine/engineHost';
import type { CompleteArguments } from './arguments';
import { siblingFiles } from './siblingFiles';
import { placeIn, readTextFile } from './textFile';

/** The output of `--json`. Token counts are zero when the model was not asked. */
export interface CompleteReport {
	/** The text that the editor would show; empty for silence. */
	readonly text: string;
	/** UTF-16 units right of the cursor that the text replaces. */
	readonly replaceAfter: number;
	/** Why nothing is shown; empty when something is. */
	readonly because: string;
	/** All that the model said, before the confidence gate and the filters. */
	readonly modelText: string;
	/** From the request to the answer, without starting the engine. */
	readonly ms: number;
	readonly promptTokens: number;
	readonly reusedTokens: number;
	readonly evaluatedTokens: number;
	readonly generatedTokens: number;
	/** `not-asked`: the outcome was clear before the model. */
	readonly stopReason: StopReason | 'not-asked';
	/** One per token of the text; on `low-probability` also that of the refused one. */
	readonly probabilities: readonly number[];
	readonly model: string;
	/** From the fork of the engine to a loaded model. */
	readonly startMs: number;
}

/** @throws UsageError, EngineError */
export async function completeCommand(
	args: CompleteArguments,
	{ host, scope }: { readonly host: EngineHost; readonly scope: SyntaxScope },
	root: string,
	signal: AbortSignal,
): Promise<CompleteReport> {
	const file = await readTextFile(args.file, root);
	const { document, beyond } = placeIn(file, args.line, args.column);
	const settings = { ...defaultSettings, 'model.path': args.model ?? '' };
	const files = args.context ? await siblingFiles(document, root) : [];
	const beforeStart = performance.now();
	const model = await host.explainer(signal);
	await host.share(files);
	const start = performance.now();
	const service = new CompletionService(host, undefined, undefined, scope);
	const trigger = args.manual ? 'manual' : 'automatic';
	const permission = { trigger, settings, isSnoozed: false, isPrivate: false } as const;
	const pieces = (): readonly RankedPiece[] =>
		enabledSources(settings).files ? rankPieces(document, files, { limits: { newFiles: Infinity } }) : [];
	const outcome = await service.complete({ ...permission, document, pieces, beyond: () => beyond }, signal);
	return report(outcome, { model: model.name, ms: performance.now() - start, startMs: start - beforeStart });
}

/** For a person: the suggestion, or why there is none; then one line of figures. */
export function printCompletion(report: CompleteReport, isManual: boolean): string {
	const { text, because, ms, model, promptTokens, evaluatedTokens, generatedTokens, stopReason } = report;
	const hint = isManual ? '' : ' (--manual shows what the model says when it is asked by hand)';
	const shown = text === '' ? `No suggestion: ${because}${hint}` : text;
	const tokens = `prompt ${promptTokens} tokens, evaluated ${evaluatedTokens}, generated ${generatedTokens}`;
	return `${shown}\n\n${model}: ${Math.round(ms)} ms, ${tokens}, ${stopReason}`;
}

function report(outcome: CompletionOutcome, timing: Pick<CompleteReport, 'model' | 'ms' | 'startMs'>): CompleteReport {
	const suggestion = outcome.kind === 'suggestion' ? outcome.suggestion : { text: '', replaceAfter: 0 };
	const { text: modelText, tokens, ...counts } = outcome.answer ?? notAsked;
	return {
		...suggestion,
		because: outcome.kind === 'silence' ? silenceText(outcome).because : '',
		modelText,
		...timing,
		promptTokens: counts.promptTokens,
		reusedTokens: counts.reusedTokens,
		evaluatedTokens: counts.evaluatedTokens,
		generatedTokens: counts.generatedTokens,
		stopReason: counts.stopReason,
		probabilities: tokens.map(token => token.probability),
	};
}

/** The report's fields where the model was not asked. */
const notAsked: Omit<CompletionAnswer, 'stopReason'> & Pick<CompleteReport, 'stopReason'> = {
	text: '',
	tokens: [],
	stopReason: 'not-asked',
	promptTokens: 0,
	reusedTokens: 0,
	evaluatedTokens: 0,
	generatedTokens: 0,
};
