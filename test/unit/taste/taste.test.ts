import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cutByThreshold } from '../../../src/core/completion/confidence';
import { rangeOf } from '../../../src/core/completion/thresholds';
import { noTaste, Taste, type TasteState } from '../../../src/core/taste/taste';
import { answerOf } from '../inspect/records';
import { gateIn, lineOf, sampleOf, someModel } from './samples';

/** Shown and passed over, or accepted, so many times. */
function after(outcome: 'whole' | 'passed-over', times: number, languageId = 'typescript'): Taste {
	const taste = new Taste();
	for (let index = 0; index < times; index++) {
		const { sample } = taste.judge(gateIn(taste.state, { languageId }), lineOf(0.75));
		taste.learn({ languageId, hasSeveralLines: false, sample }, outcome);
	}
	return taste;
}

describe('the adaptive gate', () => {
	const answers = fc
		.array(fc.tuple(fc.constantFrom('a', 'bc', ' ', '\n', '(', ')'), fc.double({ min: 0, max: 1, noNaN: true })))
		.map(pairs => ({ ...answerOf(''), tokens: pairs.map(([text, probability]) => ({ text, probability })) }))
		.map(answer => ({ ...answer, text: answer.tokens.map(({ text }) => text).join('') }));
	const levels = fc.constantFrom('eager', 'balanced', 'quiet' as const);

	it('is the table on the first day, whatever the model says', () => {
		fc.assert(
			fc.property(answers, levels, (answer, level) => {
				const { usual } = rangeOf(someModel, level);
				const { text, adapted, isTrial } = new Taste().judge(gateIn(noTaste, { level }), answer);
				assert.equal(text, cutByThreshold(answer.tokens, usual, answer)?.text);
				assert.deepEqual([adapted, isTrial], [usual, false]);
			}),
		);
	});

	it('stays between the neighbours of its level, whatever was learnt', () => {
		const outcomes = fc.array(
			fc.tuple(fc.constantFrom('whole', 'passed-over' as const), fc.double({ min: 0.4, max: 1 })),
			{
				maxLength: 60,
			},
		);
		fc.assert(
			fc.property(outcomes, levels, answers, (story, level, answer) => {
				const taste = new Taste();
				for (const [outcome, probability] of story) {
					const { sample } = taste.judge(gateIn(taste.state, { level }), lineOf(probability));
					taste.learn({ languageId: 'typescript', hasSeveralLines: false, sample }, outcome);
				}
				const { least, most } = rangeOf(someModel, level);
				const { adapted } = taste.judge(gateIn(taste.state, { level }), answer);
				for (const of of ['token', 'line'] as const) {
					assert.ok(adapted[of] >= least[of] && adapted[of] <= most[of], `${of} ${adapted[of]}`);
				}
			}),
			{ numRuns: 50 },
		);
	});

	it('shows less to who passes over and more to who accepts', () => {
		const lineFor = (taste: Taste): number => taste.judge(gateIn(taste.state), lineOf(0.75)).adapted.line;
		const { usual } = rangeOf(someModel, 'balanced');
		assert.ok(lineFor(after('passed-over', 40)) > usual.line);
		assert.ok(lineFor(after('whole', 40)) < usual.line);
	});

	it('holds back what the usual thresholds would show, but for one in eight, and says so', () => {
		const taste = after('passed-over', 60);
		const rulings = Array.from({ length: 16 }, () => taste.judge(gateIn(taste.state), lineOf(0.62)));
		assert.deepEqual(
			rulings.map(({ text }) => text !== undefined),
			rulings.map(({ isTrial }) => isTrial),
		);
		assert.equal(rulings.filter(({ isTrial }) => isTrial).length, 2);
		assert.equal(rulings.filter(({ isHeldBack }) => isHeldBack).length, 14);
	});

	it('comes back to a user who changes their mind, by its trials alone', () => {
		const taste = after('passed-over', 300);
		let shown = 0;
		for (let index = 0; index < 400; index++) {
			const { text, sample } = taste.judge(gateIn(taste.state), lineOf(0.62));
			if (text !== undefined) {
				shown++;
				taste.learn({ languageId: 'typescript', hasSeveralLines: false, sample }, 'whole');
			}
		}
		assert.ok(shown > 100, `${shown} shown`);
		const { text, isTrial } = taste.judge(gateIn(taste.state), lineOf(0.62));
		assert.deepEqual([text, isTrial], ['value();', false]);
	});

	it('learns what one user wants where: all of TypeScript, and of Python only what is very likely', () => {
		const taste = new Taste();
		const shown: string[] = [];
		const probabilities = [0.62, 0.7, 0.8, 0.95];
		for (let index = 0; index < 1200; index++) {
			const languageId = index % 2 === 0 ? 'typescript' : 'python';
			const probability = probabilities[Math.floor(index / 2) % 4] ?? 0;
			const { text, sample } = taste.judge(gateIn(taste.state, { languageId }), lineOf(probability));
			const isWanted = languageId === 'typescript' || probability > 0.9;
			if (text !== undefined) {
				taste.learn({ languageId, hasSeveralLines: false, sample }, isWanted ? 'whole' : 'passed-over');
			}
			if (index >= 600 && text !== undefined) {
				shown.push(`${languageId} ${isWanted ? 'wanted' : 'unwanted'}`);
			}
		}
		const count = (what: string): number => shown.filter(one => one === what).length;
		assert.ok(count('typescript wanted') > 290, `${count('typescript wanted')} of 300`);
		assert.ok(count('python wanted') >= 70, `${count('python wanted')} of 75`);
		// With nothing learnt it is all of them.
		assert.ok(count('python unwanted') < 112, `${count('python unwanted')} of 225`);
	});

	it('learns once from one suggestion, whichever words of it are taken', () => {
		const taste = new Taste();
		const lesson = { languageId: 'typescript', hasSeveralLines: false, sample: sampleOf() };
		taste.learn(lesson, 'part');
		const { weights } = taste.state;
		taste.learn(lesson, 'part');
		taste.learn(lesson, 'passed-over');
		assert.equal(taste.state.weights, weights);
		assert.equal(taste.state.outcomes, 1);
	});

	it('hands out what to keep, and forgets all when told to', () => {
		const kept: TasteState[] = [];
		const taste = new Taste(noTaste, state => kept.push(state));
		taste.learn({ languageId: 'typescript', hasSeveralLines: true, sample: sampleOf() }, 'whole');
		assert.equal(kept.at(-1), taste.state);
		assert.notDeepEqual(taste.state, noTaste);
		taste.forget();
		assert.deepEqual(kept.at(-1), noTaste);
	});
});
