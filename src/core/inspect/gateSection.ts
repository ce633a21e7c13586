import type { CompletionAnswer } from '../completion/completionEngine';
import type { Trail } from '../completion/completionRequest';
import type { ConfidenceLevel } from '../completion/thresholds';
import type { GateFeature } from '../taste/gateFeatures';
import type { GateRuling } from '../taste/taste';
import { count } from './count';
import { markdownTable } from './markdownTable';
import { percent } from './percent';

/** The thresholds of the gate beside what the answer reached. Empty for requests by hand, which pass no gate, and for an empty answer. */
export function gateSection({ gate, answer, candidate }: Trail, level: ConfidenceLevel): readonly string[] {
	if (gate === undefined || answer?.tokens.length === 0) {
		return [];
	}
	const { usual, adapted, meanProbability: mean, outcomes } = gate;
	const isMoved = usual.token !== adapted.token || usual.line !== adapted.line;
	const row = (name: string, reached: number | undefined, which: 'token' | 'line'): readonly string[] => [
		name,
		reached === undefined ? '' : percent(reached),
		percent(usual[which]),
		...(isMoved ? [percent(adapted[which])] : []),
	];
	const learned = isMoved ? ` The last column is learned from ${count(outcomes, 'suggestion')} of yours.` : '';
	return [
		'## Confidence',
		markdownTable(
			['Probability', 'This answer', `Needed (${level})`, ...(isMoved ? ['Needed for you, here'] : [])],
			[
				row('Each token', answer && lowest(answer, candidate, adapted.token), 'token'),
				row('First line (mean)', mean, 'line'),
			],
		),
		`The setting \`sotto.completion.confidence\` is "${level}".${learned}`,
		...learnedSection(gate),
	];
}

/** The least probable token of the text that was let through; where there is none, the one that was refused. */
function lowest({ tokens }: CompletionAnswer, candidate: string | undefined, needed: number): number | undefined {
	if (candidate === undefined) {
		return tokens.find(({ probability }) => probability < needed)?.probability;
	}
	let written = 0;
	const shown = tokens.filter(({ text }) => {
		const isShown = written < candidate.length;
		written += text.length;
		return isShown;
	});
	return shown.length === 0 ? undefined : Math.min(...shown.map(({ probability }) => probability));
}

const factors: Readonly<Record<GateFeature, string>> = {
	always: 'Everywhere',
	inWord: 'Cursor behind a letter of a word',
	lineStart: 'Cursor at the start of a line',
	closersToTheRight: 'Text to the right of the cursor',
	recentLuck: 'Your last few decisions',
	lowestToken: 'Its least probable token',
	length: 'Length of its first line',
	severalLines: 'Several lines',
};

/** Smaller effects round to zero in the table. Logits. */
const leastShown = 0.005;

function learnedSection({ leanings }: GateRuling): readonly string[] {
	const learned = Object.entries(leanings).filter(([, logits]) => Math.abs(logits) >= leastShown);
	return learned.length === 0
		? []
		: [
				'### Learned from what you accept and reject',
				markdownTable(
					['Factor', 'Effect', ''],
					learned
						.toSorted(([, a], [, b]) => Math.abs(b) - Math.abs(a))
						.map(([name, logits]) => [
							nameOf(name),
							`${logits > 0 ? '+' : ''}${logits.toFixed(2)}`,
							logits > 0 ? 'shown more readily' : 'shown less readily',
						]),
				),
				'An effect of 1 makes the odds that you accept 2.7 times as high. Reset Learned Preferences sets all of them to 0.',
			];
}

function nameOf(leaning: string): string {
	const known = Object.entries(factors).find(([name]) => name === leaning)?.[1];
	return known ?? `Language: ${leaning}`;
}
