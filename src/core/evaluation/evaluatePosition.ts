import type { CompletionOutcome } from '../completion/completionRequest';
import { CompletionService } from '../completion/completionService';
import type { CompletionAnswer, CompletionEngine } from '../completion/completionEngine';
import { silenceReason } from '../completion/silence';
import type { SyntaxScope } from '../completion/syntaxScope';
import type { ConfidenceLevel } from '../completion/thresholds';
import { defaultSettings } from '../settings/settings';
import type { DocumentSnapshot } from '../text/documentSnapshot';
import type { EvaluationRecord, Shown } from './evaluationRecord';
import { filterTrials } from './filterTrials';
import { answerAtFloor, gateTrials } from './gateTrials';
import { judge, nothingShown, typedCharacters } from './judge';
import { beyondWindow, cursorDocument, hiddenText, type EvaluationPosition } from './positions';
import { languageGroup } from './sourceFile';

/** Who is asked, and with which pieces of other files in front. */
export interface Question {
	readonly position: EvaluationPosition;
	readonly predictor: string;
	readonly context: EvaluationRecord['context'];
	readonly engine: CompletionEngine;
	readonly pieces: readonly { readonly path: string; readonly text: string }[];
	/** Name of the model, whose thresholds the gate has. */
	readonly model?: string | undefined;
	/** Tells by syntax where answers end. */
	readonly scope?: SyntaxScope | undefined;
	/** Milliseconds from any origin. */
	now(): number;
}

/** Replayed where the model was not asked. */
const noAnswer: CompletionAnswer = {
	text: '',
	tokens: [],
	stopReason: 'end-of-generation',
	promptTokens: 0,
	reusedTokens: 0,
	evaluatedTokens: 0,
	generatedTokens: 0,
};

/**
 * Asks the engine once, by hand, which means without a gate, through the product's own service. What the gate would have
 * made of the same answer is found by handing it to the service again as if it were typing. Services are fresh, so no
 * answer is remembered from another position. Throws what the service throws.
 */
export async function evaluatePosition(question: Question, signal: AbortSignal): Promise<EvaluationRecord> {
	const { position, engine } = question;
	const document = cursorDocument(position);
	const hidden = hiddenText(position);
	const start = question.now();
	const outcome = await complete(engine, { ...question, document, trigger: 'manual', level: 'balanced' }, signal);
	const ms = question.now() - start;
	const answer = outcome.answer ?? noAnswer;
	const gated = async (level: ConfidenceLevel): Promise<Shown> =>
		shownOf(await complete(replay(answer), { ...question, document, trigger: 'automatic', level }, signal), hidden);
	return {
		...describe(question, hidden),
		modelText: answer.text,
		tokens: answer.tokens.map(({ text, probability }) => ({ text, probability })),
		stopReason: outcome.answer?.stopReason ?? 'not-asked',
		promptTokens: answer.promptTokens,
		evaluatedTokens: answer.evaluatedTokens,
		silence: silenceReason(document, 'automatic') ?? '',
		ungated: shownOf(outcome, hidden),
		gated: { eager: await gated('eager'), balanced: await gated('balanced'), quiet: await gated('quiet') },
		trials: gateTrials(answer, { ...document, scopeEnd: outcome.scopeEnd }, hidden),
		filters: filterTrials(answer, { ...document, scopeEnd: outcome.scopeEnd }, hidden),
		ms,
	};
}

interface Request extends Pick<Question, 'position' | 'pieces' | 'model' | 'scope'> {
	readonly document: DocumentSnapshot;
	readonly trigger: 'manual' | 'automatic';
	readonly level: ConfidenceLevel;
}

function complete(
	engine: CompletionEngine,
	{ position, document, pieces, model, scope, trigger, level }: Request,
	signal: AbortSignal,
): Promise<CompletionOutcome> {
	const settings = { ...defaultSettings, 'completion.confidence': level };
	const permission = { trigger, settings, isSnoozed: false, isPrivate: false };
	const request = { document, beyond: () => beyondWindow(position), pieces: () => pieces, model, ...permission };
	return new CompletionService(engine, undefined, undefined, scope).complete(request, signal);
}

/** Says again what was said, ended where the floor that it is asked with would have ended it. */
function replay(answer: CompletionAnswer): CompletionEngine {
	return { complete: query => Promise.resolve(answerAtFloor(answer, query.probabilityFloor)) };
}

function shownOf(outcome: CompletionOutcome, hidden: string): Shown {
	if (outcome.kind === 'silence') {
		return { text: '', judgement: nothingShown };
	}
	return { text: outcome.suggestion.text, judgement: judge(outcome.suggestion.text, hidden) };
}

type Description = Pick<
	EvaluationRecord,
	| 'predictor'
	| 'context'
	| 'repository'
	| 'path'
	| 'line'
	| 'column'
	| 'kind'
	| 'language'
	| 'hidden'
	| 'hiddenCharacters'
>;

function describe({ position, predictor, context }: Question, hidden: string): Description {
	const { file, kind, offset } = position;
	const before = file.text.slice(0, offset).split('\n');
	return {
		predictor,
		context,
		repository: file.repository,
		path: file.path,
		line: before.length,
		column: (before.at(-1)?.length ?? 0) + 1,
		kind,
		language: languageGroup(file.languageId),
		hidden,
		hiddenCharacters: typedCharacters(hidden),
	};
}
