import assert from 'node:assert/strict';
import { gateSection } from '../../../src/core/inspect/gateSection';
import { noTaste, Taste, type GateRuling, type TasteState } from '../../../src/core/taste/taste';
import { gateIn, lineOf } from '../taste/samples';

function ruled(state: Partial<TasteState>, probability: number): GateRuling {
	const taste = new Taste({ ...noTaste, ...state });
	return taste.judge(gateIn(taste.state), lineOf(probability));
}

const picky: Partial<TasteState> = { outcomes: 40, weights: { ...noTaste.weights, languages: { typescript: -0.5 } } };

describe('gateSection', () => {
	it('has the thresholds of the setting beside what the answer reached', () => {
		const answer = lineOf(0.9);
		const gate = ruled({}, 0.9);
		const [, table, setting, ...more] = gateSection({ gate, answer, candidate: gate.text ?? '' }, 'balanced');
		assert.equal(
			table,
			[
				'| Probability | This answer | Needed (balanced) |',
				'| --- | --- | --- |',
				'| Each token | 90% | 60% |',
				'| First line (mean) | 90% | 60% |',
			].join('\n'),
		);
		assert.equal(setting, 'The setting `sotto.completion.confidence` is "balanced".');
		assert.deepEqual(more, []);
	});

	it('has a column for what was learned from the user, and says from how many suggestions', () => {
		const [, table = '', setting] = gateSection({ gate: ruled(picky, 0.62) }, 'balanced');
		assert.match(table, /^\| Probability \| This answer \| Needed \(balanced\) \| Needed for you, here \|\n/);
		assert.match(table, /\n\| Each token \| {2}\| 60% \| 70% \|\n/);
		assert.match(table, /\n\| First line \(mean\) \| {2}\| 60% \| 71% \|$/);
		assert.match(setting ?? '', /learned from 40 suggestions of yours\.$/);
	});

	it('shows the token that was refused where nothing was let through', () => {
		const answer = lineOf(0.02);
		const [, table = ''] = gateSection({ gate: ruled({}, 0.02), answer }, 'balanced');
		assert.match(table, /\n\| Each token \| 2% \| 60% \|\n\| First line \(mean\) \| {2}\| 60% \|$/);
	});

	it('lists the factors that were learned, the weightiest first', () => {
		const weights = {
			...noTaste.weights,
			features: { ...noTaste.weights.features, length: 0.4 },
			languages: { typescript: -0.5 },
		};
		const text = gateSection({ gate: ruled({ outcomes: 7, weights }, 0.9) }, 'balanced').join('\n\n');
		assert.match(text, /\n\n### Learned from what you accept and reject\n\n\| Factor \| Effect \| {2}\|\n/);
		assert.match(
			text,
			/\n\| Language: typescript \| -0\.50 \| shown less readily \|\n\| Length of its first line \| -0\.20 \| shown less readily \|\n/,
		);
	});

	it('is empty for a request by hand, which passes no gate', () => {
		assert.deepEqual(gateSection({ answer: lineOf(0.9) }, 'balanced'), []);
	});
});
