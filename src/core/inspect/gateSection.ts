import type { ConfidenceLevel } from '../completion/thresholds';
import type { GateFeature } from '../taste/gateFeatures';
import type { GateRuling } from '../taste/taste';
import { percent } from './percent';

/** What the gate asked for, and what the user's own accepts and rejects had to do with it; one sentence each. */
export function gateSentences(gate: GateRuling | undefined, level: ConfidenceLevel): readonly string[] {
	if (gate === undefined) {
		return [];
	}
	const { usual, adapted, isTrial, isHeldBack, outcomes } = gate;
	const isMoved = usual.token !== adapted.token || usual.line !== adapted.line;
	return [
		`With sotto.completion.confidence "${level}", text ends before a token below ${percent(usual.token)}, and a first line below ${percent(usual.line)} is not shown.`,
		...(isMoved
			? [
					`From ${outcomes} suggestions that you accepted or passed over, Sotto has made that ${percent(adapted.token)} and ${percent(adapted.line)} here.`,
				]
			: []),
		...(isHeldBack
			? ['With the first figures it would have been shown. Forget What I Accepted and Passed Over goes back to them.']
			: []),
		...(isTrial
			? [
					'By what you passed over before it would not have been shown; one in eight is, to see whether that still holds.',
				]
			: []),
	];
}

const names: Readonly<Record<GateFeature, string>> = {
	always: 'you, everywhere',
	inWord: 'behind a letter of a word',
	lineStart: 'at the start of a line',
	closersToTheRight: 'something right of the cursor',
	recentLuck: 'how the last suggestions fared',
	lowestToken: 'its least sure token',
	length: 'the length of its first line',
	severalLines: 'several lines',
};

/** The section about what was learnt, where anything was. Empty for a gate that is as on the first day. */
export function gateSection(gate: GateRuling | undefined): readonly string[] {
	const learnt = Object.entries(gate?.leanings ?? {}).filter(([, logits]) => Math.abs(logits) >= 0.005);
	return gate === undefined || learnt.length === 0
		? []
		: [
				'## What was learnt from you',
				`Counted on this machine, from ${gate.outcomes} outcomes. Above 0 speaks for showing; 1 makes the odds of your accepting it 2.7 times as good.`,
				learnt
					.toSorted(([, a], [, b]) => Math.abs(b) - Math.abs(a))
					.map(([name, logits]) => `- ${nameOf(name)}: ${logits > 0 ? '+' : ''}${logits.toFixed(2)}`)
					.join('\n'),
			];
}

function nameOf(leaning: string): string {
	const known = Object.entries(names).find(([name]) => name === leaning)?.[1];
	return known ?? `the language (${leaning})`;
}
