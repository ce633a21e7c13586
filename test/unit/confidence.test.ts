import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cutByThreshold, type SureText } from '../../src/core/completion/confidence';
import { thresholdsOf, type ConfidenceLevel } from '../../src/core/completion/thresholds';

/** For the rules of the cut, whatever the levels' own thresholds are. */
const sample = { token: 0.15, line: 0.4 };

const levels = ['eager', 'balanced', 'quiet'] as const;

function cutByConfidence(list: ReturnType<typeof tokens>, level: ConfidenceLevel): SureText | undefined {
	return cutByThreshold(list, thresholdsOf(undefined)[level]);
}

/** `'foo .9|( .1'` → two tokens. `⏎` is a line end; a token without a number has probability 0.95. */
function tokens(text: string): { text: string; probability: number }[] {
	return text.split('|').map(part => {
		const match = /^(.*?)(?: (\.\d+|0|1))?$/u.exec(part);
		return { text: (match?.[1] ?? '').replaceAll('⏎', '\n'), probability: Number(match?.[2] ?? 0.95) };
	});
}

const cases: readonly [name: string, tokens: string, shown: string | undefined][] = [
	['keeps all that the model is sure of', 'foo|(|bar|)|;', 'foo(bar);'],
	['ends before the first token in doubt', 'foo|(|a|, .01|b', 'foo(a'],
	['ends before a word in doubt', 'foo|(|bar .01|)', 'foo('],
	['does not end within a word', 'x| = |get|User .01|(', 'x = '],
	['goes back over several tokens of a word', 'x|.|get|User|Na|me .01', 'x.'],
	['keeps a word that doubt follows', 'return| value| + .02|1', 'return value'],
	['does not cut a word at a token inside it though the rest is sure', 'val|ue .01|;|more', undefined],
	['shows nothing when the first token is in doubt', 'foo .01|(|)', undefined],
	['shows nothing when the first line is weak as a whole', 'foo .3|( .3|bar .3|) .3', undefined],
	['ends at a whole line', 'a|(|)|;|⏎|b|(|c .01|)', 'a();'],
	['keeps a whole line that doubt follows', 'a|;|⏎|b|;|⏎ .01|c', 'a;\nb;'],
	['counts the first line only', 'a|;|⏎|b .2|c .2|d .2|⏎|e', 'a;\nbcd\ne'],
	['takes a first line that is empty into account', '⏎|\ta|(|)|;|⏎|b .01|c', '\n\ta();'],
	['ends within the first line after an empty one', '⏎|\ta|(|b .01', '\n\ta('],
	['drops punctuation that is left over', '(|a .01|)', undefined],
	['keeps a closer that is left over', ')|;|foo .01', ');'],
	['takes a probability of nothing as doubt', 'a| |+ 0|b', 'a '],
	['shows nothing for no tokens', '', undefined],
	['reads letters of any script', 'x| = |größ|e .01', 'x = '],
];

describe('cutByThreshold', () => {
	for (const [name, input, shown] of cases) {
		it(name, () => {
			assert.equal(cutByThreshold(tokens(input), sample)?.text, shown);
		});
	}

	it('returns the geometric mean and the least of the first line', () => {
		const result = cutByThreshold(tokens('a .9|b .4|⏎ .5|c .2'), sample);
		assert.ok(Math.abs((result?.meanProbability ?? 0) - Math.sqrt(0.9 * 0.4)) < 1e-9);
		assert.equal(result?.leastProbability, 0.4);
	});

	it('takes what is no number for no confidence', () => {
		assert.equal(cutByConfidence([{ text: 'a', probability: NaN }], 'eager'), undefined);
		assert.equal(cutByConfidence([{ text: 'a', probability: 7 }], 'eager'), undefined);
	});

	it('shows no more than the engine kept', () => {
		const answer = { text: 'a();\n', stopReason: 'end-of-block' } as const;
		assert.equal(cutByThreshold(tokens('a|(|)|;|⏎|}|⏎'), sample, answer)?.text, 'a();\n');
	});

	it('goes back before the last word when the engine stopped at a token it does not report', () => {
		const answer = { text: 'foo(bar', stopReason: 'low-probability' } as const;
		assert.equal(cutByThreshold(tokens('foo|(|bar'), sample, answer)?.text, 'foo(');
	});

	it('keeps the last word when the token that made the engine stop is reported', () => {
		const answer = { text: 'foo(bar', stopReason: 'low-probability' } as const;
		assert.equal(cutByThreshold(tokens('foo|(|bar|) .01'), sample, answer)?.text, 'foo(bar');
	});

	const anyTokens = fc.array(
		fc.record({
			text: fc.constantFrom('a', 'bc', ' ', '\n', '(', ')', '.', '\n\t', 'é'),
			probability: fc.double({ min: 0, max: 1, noNaN: true }),
		}),
		{ maxLength: 20 },
	);

	it('returns a prefix of the text, which never ends within a word', () => {
		fc.assert(
			fc.property(anyTokens, fc.constantFrom(...levels), (list, level) => {
				const whole = list.map(token => token.text).join('');
				const text = cutByConfidence(list, level)?.text ?? '';
				assert.ok(whole.startsWith(text));
				const isWithinWord = /[\p{L}]$/u.test(text) && /^[\p{L}]/u.test(whole.slice(text.length));
				assert.ok(!isWithinWord, JSON.stringify([text, whole]));
			}),
		);
	});

	it('cuts a level by its own thresholds', () => {
		for (const level of levels) {
			const { token } = thresholdsOf(undefined)[level];
			const said = [
				{ text: 'foo', probability: 1 },
				{ text: '(', probability: token - 0.01 },
			];
			assert.equal(cutByConfidence(said, level)?.text, 'foo');
		}
	});

	it('shows the less the stricter the level', () => {
		fc.assert(
			fc.property(anyTokens, list => {
				const [eager, balanced, quiet] = levels.map(level => cutByConfidence(list, level)?.text.length ?? 0);
				assert.ok(eager !== undefined && balanced !== undefined && quiet !== undefined);
				assert.ok(quiet === 0 || balanced === 0 || quiet <= balanced);
				assert.ok(balanced === 0 || eager === 0 || balanced <= eager);
			}),
		);
	});
});
