import assert from 'node:assert/strict';
import { EngineError } from '../../../src/core/engine/engineError';
import type { Evidence } from '../../../src/core/explain/evidence';
import {
	ExplainService,
	type ExplainEngine,
	type ExplainModel,
	type ExplainRequest,
} from '../../../src/core/explain/explainService';
import type { ExplainQuestion } from '../../../src/core/explain/explainQuestion';
import { explainView } from '../../../src/core/explain/explainView';
import { proseOf, type ExplainAnswer, type ExplainState } from '../../../src/core/explain/explainSession';
import { sampleEvidence } from '../../support/evidence';

const chat: ExplainModel = { name: 'chat', canExplain: true, contextTokens: 4096 };
const mini: ExplainModel = { name: 'sotto-nano', canExplain: false, contextTokens: 1024 };
const answer: ExplainAnswer = { text: 'It adds.', probabilities: [0.9], stopReason: 'end-of-generation' };

const engine: ExplainEngine = {
	explainer: () => Promise.resolve(chat),
	explain: (_prompt, onText) => {
		onText('It ');
		onText('adds.');
		return Promise.resolve(answer);
	},
};
const request = (subject = 'a.ts, line 1', evidence: Evidence | undefined = sampleEvidence()): ExplainRequest => ({
	subject,
	gather: () => Promise.resolve(evidence),
	mayAskModel: () => true,
});
const untilAborted = (signal: AbortSignal) =>
	new Promise<never>((_resolve, reject) => {
		signal.addEventListener('abort', () => {
			reject(signal.reason as Error);
		});
	});
const turns = () => new Promise(resolve => setImmediate(resolve));

function serviceWith(changes: Partial<ExplainEngine> = {}) {
	const states: ExplainState[] = [];
	const failures: unknown[] = [];
	const service = new ExplainService(
		{ ...engine, ...changes },
		{
			changed: state => {
				states.push(state);
			},
			failed: error => {
				failures.push(error);
			},
		},
	);
	return { service, states, failures, kinds: () => states.map(({ kind }) => kind) };
}

describe('ExplainService', () => {
	it('shows the evidence, streams the answer and is done', async () => {
		const { service, kinds, failures } = serviceWith();
		await service.explain(request());
		assert.deepEqual(kinds(), ['gathering', 'waiting', 'streaming', 'streaming', 'done']);
		assert.deepEqual(failures, []);
	});

	it('asks the engine with the evidence, within the context of the model', async () => {
		let asked = '';
		const { service } = serviceWith({
			explain: prompt => {
				asked = 'messages' in prompt ? prompt.messages.map(({ content }) => content).join('\n') : '';
				return Promise.resolve(answer);
			},
		});
		await service.explain(request());
		assert.match(asked, /return sum\(items\)/);
	});

	it('asks a model of our own family for one sentence, and shows it when it is whole', async () => {
		let asked: ExplainQuestion | undefined;
		const { service, states, kinds } = serviceWith({
			explainer: () => Promise.resolve({ ...mini, canExplain: true, sentenceFloor: 0.95 }),
			explain: (question, onText) => {
				asked = question;
				onText('It ');
				return Promise.resolve(answer);
			},
		});
		await service.explain(request());
		assert.ok(asked !== undefined && 'code' in asked);
		assert.deepEqual(kinds(), ['gathering', 'waiting', 'done']);
		const last = states.at(-1);
		assert.ok(last?.kind === 'done' && last.isSentence && last.prose === 'It adds.');
		assert.match(last.confidence, /^Not sure/);
	});

	it('never asks a model that cannot write', async () => {
		const { service, states } = serviceWith({
			explainer: () => Promise.resolve(mini),
			explain: () => Promise.reject(new Error('must not be asked')),
		});
		await service.explain(request());
		assert.deepEqual(states.at(-1), { kind: 'unavailable', evidence: sampleEvidence(), model: 'sotto-nano' });
	});

	it('says why a model that was meant to explain cannot', async () => {
		const because = 'Its template cannot be read. Choose another.';
		const { service, states } = serviceWith({ explainer: () => Promise.resolve({ ...mini, cannotExplain: because }) });
		await service.explain(request());
		const state = states.at(-1);
		assert.ok(state !== undefined);
		assert.equal(explainView(state).status, `${because} This is what the editor knows.`);
	});

	it('never loads a model when there is nothing to explain', async () => {
		const { service, kinds } = serviceWith({ explainer: () => Promise.reject(new Error('must not be asked')) });
		await service.explain({ ...request(), gather: () => Promise.resolve(undefined) });
		assert.deepEqual(kinds(), ['gathering', 'nothing']);
	});

	it('shows no model a file that is ignored or may hold secrets, and shows the user what the editor knows', async () => {
		const { service, states } = serviceWith({ explainer: () => Promise.reject(new Error('must not be asked')) });
		await service.explain({ ...request(), mayAskModel: () => Promise.resolve(false) });
		assert.deepEqual(states.at(-1), { kind: 'withheld', evidence: sampleEvidence() });
	});

	for (const [where, changes] of [
		[
			'loading the model',
			{ explainer: () => Promise.reject(new EngineError('model-missing', 'No model. Choose one.')) },
		],
		['answering', { explain: () => Promise.reject(new EngineError('model-missing', 'No model. Choose one.')) }],
	] as const) {
		it(`shows the engine's own sentence when it fails at ${where}`, async () => {
			const { service, states, failures } = serviceWith(changes);
			await service.explain(request());
			const last = states.at(-1);
			assert.ok(last?.kind === 'failed' && last.message === 'No model. Choose one.' && last.code === 'model-missing');
			assert.equal(failures.length, 1);
		});
	}

	it('points to the log when something failed that nobody foresaw', async () => {
		const { service, states, failures } = serviceWith();
		const bug = new TypeError('x is undefined');
		await service.explain({ ...request(), gather: () => Promise.reject(bug) });
		const last = states.at(-1);
		assert.ok(last?.kind === 'failed' && last.message.includes('log') && last.code === 'internal');
		assert.deepEqual(failures, [bug]);
	});

	it('keeps the evidence when the model fails', async () => {
		const { service, states } = serviceWith({
			explain: () => Promise.reject(new EngineError('engine-exited', 'The engine stopped. Run again.')),
		});
		await service.explain(request());
		const last = states.at(-1);
		assert.ok(last?.kind === 'failed' && last.evidence !== undefined);
	});
});

describe('cancelling an explanation', () => {
	it('shows at once, reaches the engine, and is no failure', async () => {
		let seen: AbortSignal | undefined;
		const { service, states, failures } = serviceWith({
			explain: (_prompt, onText, signal) => {
				seen = signal;
				onText('It ');
				return untilAborted(signal);
			},
		});
		const running = service.explain(request());
		await turns();
		service.cancel();
		assert.equal(states.at(-1)?.kind, 'cancelled');
		assert.equal(seen?.aborted, true);
		await running;
		assert.deepEqual([states.at(-1)?.kind, failures], ['cancelled', []]);
	});

	it('works while evidence is gathered', async () => {
		const { service, kinds } = serviceWith();
		const running = service.explain({ ...request(), gather: untilAborted });
		service.cancel();
		await running;
		assert.deepEqual(kinds(), ['gathering', 'cancelled']);
	});

	it('drops what a deaf engine still sends', async () => {
		let send: (text: string) => void = () => undefined;
		let settle: (result: ExplainAnswer) => void = () => undefined;
		const { service, states } = serviceWith({
			explain: (_prompt, onText) => {
				send = onText;
				return new Promise(resolve => {
					settle = resolve;
				});
			},
		});
		const running = service.explain(request());
		await turns();
		service.cancel();
		send('late');
		settle(answer);
		await running;
		const last = states.at(-1);
		assert.ok(last?.kind === 'cancelled' && last.prose === '');
	});

	it('of nothing changes nothing', () => {
		const { service, states } = serviceWith();
		service.cancel();
		assert.deepEqual([service.state, states], [undefined, []]);
	});

	it('of what is done changes nothing', async () => {
		const { service } = serviceWith();
		await service.explain(request());
		service.cancel();
		assert.equal(service.state?.kind, 'done');
	});

	it('by the engine itself is no failure either', async () => {
		const { service, states, failures } = serviceWith({
			explain: () => Promise.reject(new DOMException('cancelled', 'AbortError')),
		});
		await service.explain(request());
		assert.deepEqual([states.at(-1)?.kind, failures], ['cancelled', []]);
	});
});

describe('a newer explanation', () => {
	it('ends the older, which then says nothing more', async () => {
		const signals: AbortSignal[] = [];
		const { service, states, failures } = serviceWith({
			explain: (_prompt, onText, signal) => {
				signals.push(signal);
				if (signals.length > 1) {
					onText('New.');
					return Promise.resolve({ ...answer, text: 'New.' });
				}
				return untilAborted(signal);
			},
		});
		const older = service.explain(request('old'));
		await turns();
		const newer = service.explain(request('new'));
		await Promise.all([older, newer]);
		assert.equal(signals[0]?.aborted, true);
		assert.ok(!states.some(({ kind }) => kind === 'cancelled'));
		assert.equal(proseOf(states.at(-1) ?? { kind: 'gathering', subject: '' }), 'New.');
		assert.deepEqual(failures, []);
	});

	it('is not disturbed when the older fails late', async () => {
		let fail: (error: Error) => void = () => undefined;
		let count = 0;
		const { service } = serviceWith({
			explainer: () =>
				count++ > 0
					? Promise.resolve(chat)
					: new Promise((_resolve, reject) => {
							fail = reject;
						}),
		});
		const older = service.explain(request('old'));
		await turns();
		await service.explain(request('new'));
		fail(new EngineError('engine-exited', 'The engine stopped.'));
		await older;
		assert.equal(service.state?.kind, 'done');
	});
});

describe('running again', () => {
	it('gathers and asks anew', async () => {
		let gathered = 0;
		const { service, kinds } = serviceWith();
		await service.explain({
			...request(),
			gather: () => {
				gathered++;
				return Promise.resolve(sampleEvidence());
			},
		});
		await service.rerun();
		assert.equal(gathered, 2);
		assert.equal(kinds().filter(kind => kind === 'done').length, 2);
	});

	it('before the first explanation does nothing', async () => {
		const { service, states } = serviceWith();
		await service.rerun();
		assert.deepEqual(states, []);
	});
});
