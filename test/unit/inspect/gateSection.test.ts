import assert from 'node:assert/strict';
import { gateSection, gateSentences } from '../../../src/core/inspect/gateSection';
import { noTaste, Taste, type GateRuling, type TasteState } from '../../../src/core/taste/taste';
import { gateIn, lineOf } from '../taste/samples';

function ruled(state: Partial<TasteState>, probability: number, times = 1): GateRuling {
	const taste = new Taste({ ...noTaste, ...state });
	let ruling = taste.judge(gateIn(taste.state), lineOf(probability));
	for (let index = 1; index < times; index++) {
		ruling = taste.judge(gateIn(taste.state), lineOf(probability));
	}
	return ruling;
}

const picky: Partial<TasteState> = { outcomes: 40, weights: { ...noTaste.weights, languages: { typescript: -0.5 } } };

describe('gateSentences', () => {
	it('has the figures of the setting, and no more where nothing was learnt', () => {
		const sentences = gateSentences(ruled({}, 0.9), 'balanced');
		assert.equal(sentences.length, 1);
		assert.match(sentences[0] ?? '', /"balanced".*token below 60 %.*first line below 60 %/);
		assert.deepEqual(gateSentences(undefined, 'balanced'), []);
	});

	it('tells what was made of them, from how much, and what was held back by it', () => {
		const [, moved, held] = gateSentences(ruled(picky, 0.62), 'balanced');
		assert.match(moved ?? '', /^From 40 suggestions .* 70 % and 71 % here\.$/);
		assert.match(held ?? '', /would have been shown.*Forget What I Accepted/);
	});

	it('tells of a trial', () => {
		assert.match(gateSentences(ruled(picky, 0.62, 8), 'balanced').join(' '), /one in eight is, to see/);
	});
});

describe('gateSection', () => {
	it('lists what was learnt and speaks here, the weightiest first', () => {
		const weights = {
			...noTaste.weights,
			features: { ...noTaste.weights.features, length: 0.4 },
			languages: { typescript: -0.5 },
		};
		const text = gateSection(ruled({ outcomes: 7, weights }, 0.9)).join('\n\n');
		assert.match(text, /^## What was learnt from you\n\nCounted on this machine, from 7 outcomes/);
		assert.match(text, /- the language \(typescript\): -0\.50\n- the length of its first line: -0\.20$/);
	});

	it('is empty where nothing was learnt, or nobody was at the gate', () => {
		assert.deepEqual(gateSection(ruled({}, 0.9)), []);
		assert.deepEqual(gateSection(undefined), []);
	});
});
