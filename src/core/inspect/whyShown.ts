import type { CompletionAnswer } from '../completion/completionEngine';
import type { Offer, SilentOutcome } from '../completion/completionRequest';
import { silenceText } from '../completion/silenceText';
import { codeSpan, escapeLine } from '../explain/inertMarkdown';
import type { CompletionRecord } from './outcomeLog';
import { percent } from './percent';

/** Both are Markdown. */
export interface Why {
	/** Why something or nothing was shown, in one sentence. */
	readonly reason: string;
	/** Advice to the user; empty where there is nothing to do. */
	readonly advice: string;
}

export function whyShown({ request, outcome }: CompletionRecord): Why {
	switch (outcome.kind) {
		case 'failure':
			return {
				reason: `Nothing was shown because the engine could not answer: ${escapeLine(outcome.message)}`,
				advice: marked('Show Log has more about it. Restart Engine starts the engine again.'),
			};
		case 'suggestion':
			return { reason: `This was shown because ${reasonForOffer(outcome, request.trigger)}.`, advice: '' };
		case 'silence': {
			const { because, advice } = silenceText(outcome);
			return { reason: `Nothing was shown because ${because}${figures(outcome)}.`, advice: marked(advice) };
		}
	}
}

const commands =
	/Copy Last Suggestion as Test Case|Reset Learned Preferences|Restart Engine|Show Log|Snooze|Suggest Here|Turn On or Off/g;

/** Commands in bold, settings and files as code. */
function marked(text: string): string {
	return text.replace(commands, '**$&**').replace(/\bsotto(?:\.\w+)+|\.(?:git|sotto)ignore/g, '`$&`');
}

function reasonForOffer({ source, gate }: Offer, trigger: 'automatic' | 'manual'): string {
	if (source === 'memory') {
		return 'the model suggested it before, and what you typed since agrees with it';
	}
	if (trigger === 'manual') {
		return 'you asked for it: Suggest Here shows an answer however unsure the model is';
	}
	if (gate?.isTrial === true) {
		return 'Sotto checks from time to time whether you still reject suggestions like this one';
	}
	return `the model was sure enough${gate === undefined ? '' : meanClause(gate.meanProbability, gate.adapted.line)}`;
}

/** The probability that was too low, and how high it has to be. */
function figures({ stage, answer, gate }: SilentOutcome): string {
	if (stage !== 'gate' || gate === undefined) {
		return '';
	}
	return gate.meanProbability === undefined
		? tokenClause(answer, gate.adapted.token)
		: meanClause(gate.meanProbability, gate.adapted.line);
}

function meanClause(mean: number | undefined, needed: number): string {
	return mean === undefined
		? ''
		: `: the tokens of its first line have a mean probability of ${percent(mean)}, and ${percent(needed)} is needed`;
}

function tokenClause(answer: CompletionAnswer | undefined, needed: number): string {
	const token = answer?.tokens.find(({ probability }) => probability < needed);
	return token === undefined
		? ''
		: `: the token ${codeSpan(JSON.stringify(token.text))} has a probability of ${percent(token.probability)}, and ${percent(needed)} is needed`;
}
