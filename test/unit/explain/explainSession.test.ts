import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
	isRunning,
	proseOf,
	reduceExplain,
	type ExplainEvent,
	type ExplainState,
} from '../../../src/core/explain/explainSession';
import { sampleEvidence } from '../../support/evidence';

const evidence = sampleEvidence();
const answer = { text: 'It adds.', probabilities: [0.9], stopReason: 'end-of-generation' } as const;
const started: ExplainEvent = { kind: 'started', subject: 'src/cart.ts, line 10' };
const gathered: ExplainEvent = { kind: 'gathered', evidence };
const text = (piece: string): ExplainEvent => ({ kind: 'text', text: piece });
const answered: ExplainEvent = { kind: 'answered', answer };
const unavailable: ExplainEvent = { kind: 'unavailable', model: 'sotto-nano' };
const cancelled: ExplainEvent = { kind: 'cancelled' };
const failed: ExplainEvent = { kind: 'failed', message: 'The engine stopped.', code: 'engine-exited' };

const first: ExplainState = { kind: 'gathering', subject: '' };
const after = (...events: readonly ExplainEvent[]) => events.reduce<ExplainState>(reduceExplain, first);

describe('an explanation', () => {
	it('gathers, shows evidence, streams and is done', () => {
		const kinds: string[] = [];
		[started, gathered, text('It '), text('adds.'), answered].reduce<ExplainState>((state, event) => {
			const next = reduceExplain(state, event);
			kinds.push(next.kind);
			return next;
		}, first);
		assert.deepEqual(kinds, ['gathering', 'waiting', 'streaming', 'streaming', 'done']);
	});

	it('has the streamed text so far', () => {
		assert.equal(proseOf(after(started, gathered, text('It '), text('adds'))), 'It adds');
	});

	it('ends with the text of the answer, whatever part of the stream arrived', () => {
		assert.equal(proseOf(after(started, gathered, text('It '), answered)), 'It adds.');
		assert.equal(proseOf(after(started, gathered, answered)), 'It adds.');
	});

	it('judges the whole answer', () => {
		const state = after(started, gathered, answered);
		assert.ok(state.kind === 'done');
		assert.match(state.confidence, /^The model was sure/);
	});

	it('is one sentence where the model writes no more, judged by what its header says', () => {
		const sentence = (sentenceFloor: number) => after(started, gathered, { ...answered, sentenceFloor });
		const [sure, unsure] = [sentence(0.5), sentence(0.99)];
		assert.ok(sure.kind === 'done' && unsure.kind === 'done' && sure.isSentence && unsure.isSentence);
		assert.match(sure.confidence, /may be wrong/);
		assert.match(unsure.confidence, /^Not sure/);
	});

	for (const [stopReason, isCut] of [
		['end-of-generation', false],
		['token-limit', true],
		['context-full', true],
	] as const) {
		it(`that stops for ${stopReason} is ${isCut ? '' : 'not '}cut`, () => {
			const state = after(started, gathered, { kind: 'answered', answer: { ...answer, stopReason } });
			assert.ok(state.kind === 'done' && state.isCut === isCut);
		});
	}

	it('keeps the evidence when the model cannot write', () => {
		assert.deepEqual(after(started, gathered, unavailable), { kind: 'unavailable', evidence, model: 'sotto-nano' });
	});

	it('of nothing says so and goes no further', () => {
		const state = after(started, { kind: 'gathered', evidence: undefined }, text('x'), answered);
		assert.deepEqual(state, { kind: 'nothing', subject: 'src/cart.ts, line 10' });
	});

	it('keeps what it has when it is cancelled', () => {
		const state = after(started, gathered, text('It '), cancelled);
		assert.deepEqual(state, { kind: 'cancelled', subject: 'src/cart.ts', evidence, prose: 'It ' });
	});

	it('keeps what it has when it fails', () => {
		const state = after(started, gathered, text('It '), failed);
		assert.deepEqual(state, {
			kind: 'failed',
			message: 'The engine stopped.',
			code: 'engine-exited',
			subject: 'src/cart.ts',
			evidence,
			prose: 'It ',
		});
	});

	it('can fail before there is evidence', () => {
		const state = after(started, failed);
		assert.ok(state.kind === 'failed' && state.evidence === undefined && state.subject === 'src/cart.ts, line 10');
	});

	it('shows direction controls of the model rather than obeying them', () => {
		assert.equal(proseOf(after(started, gathered, text('a\u202eb'))), 'a⟨U+202E⟩b');
	});

	const ended = [
		after(started, gathered, { kind: 'withheld' }),
		after(started, gathered, text('It '), cancelled),
		after(started, gathered, text('It '), failed),
		after(started, gathered, answered),
		after(started, gathered, unavailable),
		after(started, { kind: 'gathered', evidence: undefined }),
	];
	for (const state of ended) {
		it(`that is ${state.kind} stays so, whatever comes late`, () => {
			for (const event of [gathered, text('x'), answered, unavailable, cancelled, failed]) {
				assert.equal(reduceExplain(state, event), state);
			}
		});

		it(`that is ${state.kind} can be started again from the beginning`, () => {
			assert.deepEqual(reduceExplain(state, started), after(started));
		});
	}

	it('never runs again without being started, in any order of events', () => {
		const event = fc.constantFrom(gathered, text('x'), answered, unavailable, cancelled, failed);
		fc.assert(
			fc.property(fc.array(event), events => {
				let state = after(started);
				let hasEnded = false;
				for (const next of events) {
					state = reduceExplain(state, next);
					assert.ok(!(hasEnded && isRunning(state)));
					hasEnded ||= !isRunning(state);
				}
			}),
		);
	});
});
