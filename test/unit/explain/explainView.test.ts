import assert from 'node:assert/strict';
import type { ExplainState } from '../../../src/core/explain/explainSession';
import { explainView, explanationDocument } from '../../../src/core/explain/explainView';
import { hostMessage } from '../../../src/protocol/explainPanelContract';
import { sampleEvidence } from '../../support/evidence';

const outline = {
	facts: [{ kind: 'returns' as const, codes: ['x'], firstLine: 11, lastLine: 11, depth: 0 }],
	isPartial: false,
};
const evidence = sampleEvidence({ outline });
const subject = 'src/cart.ts, line 10';
const remains = { subject, evidence, prose: 'It adds' };
const states = {
	gathering: { kind: 'gathering', subject },
	waiting: { kind: 'waiting', evidence },
	streaming: { kind: 'streaming', evidence, prose: 'It adds' },
	unavailable: { kind: 'unavailable', evidence, model: 'sotto-nano' },
	withheld: { kind: 'withheld', evidence },
	nothing: { kind: 'nothing', subject },
	cancelled: { kind: 'cancelled', ...remains },
	'cancelled early': { kind: 'cancelled', subject, evidence: undefined, prose: '' },
	failed: { kind: 'failed', message: 'The engine stopped. Run again.', code: 'engine-exited', ...remains },
	'failed for the model': { kind: 'failed', message: 'No model. Choose one.', code: 'model-missing', ...remains },
	done: { kind: 'done', evidence, prose: 'It adds.', confidence: 'Sure.', isCut: false, isSentence: false },
	'done with a sentence': {
		kind: 'done',
		evidence,
		prose: 'It adds.',
		confidence: 'May be wrong.',
		isCut: false,
		isSentence: true,
	},
	cut: { kind: 'done', evidence, prose: 'It adds', confidence: 'Sure.', isCut: true, isSentence: false },
	'done with nothing': { kind: 'done', evidence, prose: ' \n', confidence: '', isCut: false, isSentence: false },
} as const satisfies Record<string, ExplainState>;

describe('explainView', () => {
	const actions: Readonly<Record<keyof typeof states, readonly string[]>> = {
		gathering: ['cancel'],
		waiting: ['cancel', 'openAsDocument'],
		streaming: ['cancel', 'openAsDocument'],
		unavailable: ['chooseModel', 'openAsDocument', 'rerun'],
		withheld: ['rerun', 'openAsDocument'],
		nothing: ['rerun'],
		cancelled: ['rerun', 'openAsDocument'],
		'cancelled early': ['rerun'],
		failed: ['rerun', 'openAsDocument', 'showLog'],
		'failed for the model': ['rerun', 'chooseModel', 'openAsDocument', 'showLog'],
		done: ['rerun', 'openAsDocument'],
		'done with a sentence': ['rerun', 'openAsDocument'],
		cut: ['rerun', 'openAsDocument'],
		'done with nothing': ['rerun', 'chooseModel', 'openAsDocument'],
	};
	for (const [name, state] of Object.entries(states)) {
		it(`offers what helps when ${name}`, () => {
			assert.deepEqual(explainView(state).actions, actions[name as keyof typeof states]);
		});

		it(`is something the page accepts when ${name}`, () => {
			const message = { type: 'view', view: explainView(state) };
			assert.deepEqual(hostMessage.parse(message), message);
		});

		it(`says how it stands in a sentence when ${name}`, () => {
			assert.match(explainView(state).status, /^\p{Lu}.*[.…]$/u);
		});
	}

	it('shows the evidence and where to get prose when the model cannot write any', () => {
		const view = explainView(states.unavailable);
		assert.equal(
			view.status,
			'The model in use (sotto-nano) completes code but cannot write prose, so this is what the editor knows; ' +
				'a chat model (GGUF) of your choice would explain it.',
		);
		assert.equal(view.sections.length, 6);
	});

	it('puts the evidence in front of a single sentence, and behind prose', () => {
		assert.deepEqual(
			[states['done with a sentence'], states.done, states.streaming].map(state => explainView(state).isProseLast),
			[true, false, false],
		);
	});

	it('shows the message of a failure as it is', () => {
		assert.equal(explainView(states.failed).status, 'The engine stopped. Run again.');
	});

	it('says that an answer was cut, and how sure it was', () => {
		assert.equal(explainView(states.cut).status, 'The answer was cut at its length limit. Sure.');
	});

	for (const [name, tone] of [
		['gathering', 'busy'],
		['waiting', 'busy'],
		['streaming', 'busy'],
		['unavailable', 'normal'],
		['withheld', 'normal'],
		['nothing', 'problem'],
		['cancelled', 'normal'],
		['failed', 'problem'],
		['done', 'normal'],
	] as const) {
		it(`is ${tone} when ${name}`, () => {
			assert.equal(explainView(states[name]).tone, tone);
		});
	}

	it('is titled with the asked lines, then with the explained ones', () => {
		assert.equal(explainView(states.gathering).title, 'src/cart.ts, line 10');
		assert.equal(explainView(states.waiting).title, 'src/cart.ts, lines 10–12');
	});
});

describe('explanationDocument', () => {
	it('holds the evidence, the explanation and how sure it is', () => {
		const document = explanationDocument(states.done) ?? '';
		assert.match(document, /^# `src\/cart\.ts`/);
		assert.match(document, /\n## Explanation\n\nIt adds\\\.\n\nSure\\\.\n$/);
	});

	it('holds the evidence alone when the model cannot write', () => {
		const document = explanationDocument(states.unavailable) ?? '';
		assert.doesNotMatch(document, /## Explanation/);
		assert.match(document, /cannot write prose/);
	});

	it('takes the life out of what the model wrote', () => {
		const document = explanationDocument({ ...states.done, prose: '![x](https://evil.example)' }) ?? '';
		assert.match(document, /\\!\\\[x\\\]\\\(https\\:/);
	});

	it('is nothing before there is evidence', () => {
		assert.equal(explanationDocument(states.gathering), undefined);
		assert.equal(explanationDocument(states['cancelled early']), undefined);
	});
});
