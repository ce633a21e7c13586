import assert from 'node:assert/strict';
import { EngineError } from '../../../../src/core/engine/engineError';
import type { ExplainQuestion } from '../../../../src/core/explain/explainQuestion';
import {
	ExplainService,
	type ExplainEngine,
	type ExplainModel,
	type ExplainRequest,
} from '../../../../src/core/explain/explainService';
import type { ExplainAnswer, ExplainState } from '../../../../src/core/explain/explainSession';
import { explainView } from '../../../../src/core/explain/explainView';
import { sampleEvidence } from '../../../support/evidence';

const answer: ExplainAnswer = { text: '', probabilities: [0.9], stopReason: 'end-of-generation' };
const request = (evidence = sampleEvidence()): ExplainRequest => ({
	subject: 'a.ts, line 1',
	gather: () => Promise.resolve(evidence),
	mayAskModel: () => true,
});

function serviceWith(engine: ExplainEngine) {
	const states: ExplainState[] = [];
	const changed = (state: ExplainState) => states.push(state);
	const service = new ExplainService(engine, { changed, failed: () => undefined });
	return { service, states, kinds: () => states.map(({ kind }) => kind) };
}

describe('ExplainService with a model that writes comments', () => {
	const small: ExplainModel = { name: 'small', canExplain: true, contextTokens: 4096, explainsByComment: true };
	const sentence = ' returns the total of the items times the rate.';
	const withCandidates = (candidates: ExplainAnswer['candidates'], asked: ExplainQuestion[] = []) =>
		serviceWith({
			explainer: () => Promise.resolve(small),
			explain: (question, onText) => {
				asked.push(question);
				onText(' counts');
				return Promise.resolve({ ...answer, candidates });
			},
		});

	it('shows a draft behind the evidence, and then the best sentence', async () => {
		const asked: ExplainQuestion[] = [];
		const { service, states, kinds } = withCandidates([{ text: sentence, gain: 1 }], asked);
		await service.explain(request());
		assert.ok(asked[0] !== undefined && 'marker' in asked[0]);
		assert.deepEqual(kinds(), ['gathering', 'waiting', 'streaming', 'streaming', 'done']);
		const [draft, last] = states.slice(-2).map(state => explainView(state));
		assert.deepEqual([draft?.prose, draft?.isProseLast], ['The function total counts', true]);
		assert.match(draft?.status ?? '', /trying several sentences/);
		assert.deepEqual([last?.prose, last?.isProseLast], [`The function total${sentence}`, true]);
		assert.match(last?.status ?? '', /may be wrong/);
	});

	it('takes the draft away where no sentence fits, says why, and offers another model', async () => {
		const { service, states } = withCandidates([{ text: sentence, gain: -1 }]);
		await service.explain(request());
		const last = states.at(-1);
		assert.ok(last?.kind === 'unavailable');
		const view = explainView(last);
		assert.equal(view.prose, '');
		assert.match(view.status, /No sentence .* larger model with a chat template .* what the editor knows/);
		assert.equal(view.actions[0], 'chooseModel');
	});

	it('is not asked about what no sentence of it can be true of', async () => {
		const asked: ExplainQuestion[] = [];
		const { service, states } = withCandidates([], asked);
		await service.explain(request(sampleEvidence({ code: 'a(1);'.repeat(1000) })));
		assert.deepEqual(asked, []);
		const last = states.at(-1);
		assert.ok(last?.kind === 'unavailable');
		assert.match(last.because ?? '', /minified/);
	});

	it('keeps the evidence, and no draft, when the engine is killed', async () => {
		const { service, states } = serviceWith({
			explainer: () => Promise.resolve(small),
			explain: (_question, onText) => {
				onText(' counts');
				return Promise.reject(new EngineError('engine-exited', 'The engine ended. Run again.'));
			},
		});
		await service.explain(request());
		const last = states.at(-1);
		assert.ok(last?.kind === 'failed');
		assert.deepEqual([last.evidence, last.prose, last.message], [sampleEvidence(), '', 'The engine ended. Run again.']);
	});
});
