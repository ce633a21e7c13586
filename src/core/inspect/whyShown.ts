import type { CompletionAnswer } from '../completion/completionEngine';
import type { Trail } from '../completion/completionRequest';
import { cutByThreshold } from '../completion/confidence';
import type { ConfidenceLevel } from '../completion/thresholds';
import { postprocess } from '../postprocess/pipeline';
import { gateSentences } from './gateSection';
import type { CompletionRecord } from './outcomeLog';
import { percent } from './percent';
import { filterContext, stageOf } from './stage';

/** Why something or nothing was shown, and what would change it: one sentence each. */
export function whyShown(record: CompletionRecord): readonly string[] {
	const { request, outcome } = record;
	if (outcome.kind === 'failure') {
		return ['Nothing was shown because the engine could not answer. It says:', outcome.message];
	}
	if (outcome.kind === 'suggestion') {
		return outcome.source === 'memory'
			? [fromMemory]
			: ['This was shown because the model said it.', ...howSure(record)];
	}
	switch (stageOf(record)) {
		case 'off':
			return [silence(outcome.because), offAdvice(record)];
		case 'gate':
			return [...unsure(outcome, request.settings['completion.confidence']), byHand];
		case 'filters':
			return [droppedBy(record), wouldNotFit];
		case 'passedOver':
			return [silence(outcome.because), 'You typed something else where it stood. Suggest Here offers it again.'];
		case 'place':
		case 'failure':
		case 'shown':
			return [silence(outcome.because), byHand];
	}
}

const fromMemory =
	'This was shown because the model had said it before: what you typed since agrees with it, so the model was not asked again.';
const byHand = 'Suggest Here asks the model all the same and shows what it says, however unsure.';
const wouldNotFit =
	'What the filters leave out would not fit the code around it. Copy it as a test case if it should have been shown.';

function silence(because: string): string {
	return `Nothing was shown because ${because}.`;
}

function offAdvice({ request: { settings, isPrivate, isSnoozed } }: CompletionRecord): string {
	if (!settings.enabled) {
		return 'Turn On or Off, or the setting sotto.enabled, changes that; a workspace can only turn it off.';
	}
	if (isPrivate) {
		return 'No model sees such a file. .gitignore, .sottoignore and sotto.context.ignore say which files are ignored.';
	}
	return isSnoozed && settings['completion.trigger'] === 'automatic'
		? 'Snooze Completions… wakes it. Suggest Here answers even now.'
		: 'Suggest Here asks. The setting sotto.completion.trigger makes suggestions come by themselves.';
}

function howSure({ request, outcome }: CompletionRecord): readonly string[] {
	const { answer, candidate } = trailOf(outcome);
	if (answer === undefined || candidate === undefined) {
		return [];
	}
	const mean = cutByThreshold(answer.tokens, { token: 0, line: 0 }, { ...answer, text: candidate })?.meanProbability;
	const sure = mean === undefined ? [] : [`Its first line has a mean probability of ${percent(mean)}.`];
	return request.trigger === 'manual'
		? [...sure, 'You asked by hand, so it was shown however unsure the model was.']
		: [...sure, ...gateSentences(trailOf(outcome).gate, request.settings['completion.confidence'])];
}

function unsure({ answer, gate }: Trail, level: ConfidenceLevel): readonly string[] {
	if (answer === undefined || answer.tokens.every(({ text }) => text.trim() === '')) {
		return ['Nothing was shown because the model had nothing to say: it ended its answer at once.'];
	}
	const floor = gate?.adapted.token ?? 0;
	return [
		'Nothing was shown because the model is not sure enough.',
		doubt(answer, floor),
		...gateSentences(gate, level),
	];
}

/** What the gate stumbled over. */
function doubt(answer: CompletionAnswer, floor: number): string {
	const kept = cutByThreshold(answer.tokens, { token: floor, line: 0 }, answer);
	const doubtful = answer.tokens.find(({ probability }) => probability < floor);
	return kept === undefined && doubtful !== undefined
		? `It doubts from the token ${JSON.stringify(doubtful.text)} on, to which it gives ${percent(doubtful.probability)}; nothing worth showing stands before it.`
		: `Its first line has a mean probability of ${percent(kept?.meanProbability ?? 0)}.`;
}

function droppedBy({ request, outcome }: CompletionRecord): string {
	const candidate = { text: trailOf(outcome).candidate ?? '', replaceAfter: 0 };
	const last = postprocess(candidate, filterContext({ request, outcome })).steps.at(-1);
	return `Nothing was shown because the filter ${last?.name ?? 'list'}, which ${last?.does ?? 'is empty'}, left nothing of what the model said.`;
}

function trailOf(outcome: CompletionRecord['outcome']): Trail {
	return outcome.kind === 'failure' ? {} : outcome;
}
