import assert from 'node:assert/strict';
import fc from 'fast-check';
import { imbalance } from '../../../src/core/postprocess/balance';
import { postprocess } from '../../../src/core/postprocess/pipeline';
import { lineSuffix } from '../../../src/core/text/documentSnapshot';
import { echo, situation } from './situations';

/** Text without strings and comments: what is wrong with its brackets can be told without the product's lexer. */
const brackets = fc
	.array(fc.constantFrom('(', ')', '[', ']', '{', '}', '\n', '\n\t', ' ', 'a', 'b1', ', ', ';'), { maxLength: 20 })
	.map(pieces => pieces.join(''));
const bracketed = fc
	.record({ text: brackets, prefix: brackets, suffix: brackets })
	.filter(({ prefix, suffix }) => isNested(prefix + suffix));

/** Brackets without a partner, each kind counted by itself. */
function loose(text: string): { closers: number; openers: number } {
	let closers = 0;
	let openers = 0;
	for (const [open, close] of ['()', '[]', '{}'].map(pair => pair.split(''))) {
		let depth = 0;
		for (const character of text) {
			depth += character === open ? 1 : character === close ? -1 : 0;
			closers += depth < 0 ? 1 : 0;
			depth = Math.max(0, depth);
		}
		openers += depth;
	}
	return { closers, openers };
}

/** False for a text in which brackets cross: nobody can say which of them is wrong. */
function isNested(text: string): boolean {
	let rest = text.replace(/[^()[\]{}]/g, '');
	for (let before = ''; before !== rest;) {
		before = rest;
		rest = rest.replace(/\(\)|\[\]|\{\}/g, '');
	}
	return /^[)\]}]*[([{]*$/.test(rest);
}

interface Place {
	readonly prefix: string;
	readonly suffix: string;
}

/** At the end of a line an item of one line may leave open what it opens: the user goes on typing there. */
function mayLeaveOpen(item: { text: string; replaceAfter: number }, { suffix }: Place): boolean {
	return !item.text.trim().includes('\n') && lineSuffix({ suffix: suffix.slice(item.replaceAfter) }).trim() === '';
}

describe('the brackets around the cursor, whatever the model says', () => {
	it('are no worse after accepting than before', () => {
		fc.assert(
			fc.property(bracketed, ({ text, prefix, suffix }) => {
				const context = { prefix, suffix, languageId: 'typescript' };
				const { shown } = postprocess({ text, replaceAfter: 0 }, context);
				if (shown === undefined) {
					return;
				}
				const before = loose(prefix + suffix);
				const after = loose(prefix + shown.text + suffix.slice(shown.replaceAfter));
				const own = mayLeaveOpen(shown, context) ? loose(shown.text).openers : 0;
				assert.ok(after.closers <= before.closers);
				assert.ok(after.openers <= before.openers + own);
			}),
			{ numRuns: 5000 },
		);
	});

	it('and the strings and comments, read as the product reads them, are no worse either', () => {
		fc.assert(
			fc.property(fc.oneof(situation, echo), one => {
				const { shown } = postprocess({ text: one.text, replaceAfter: one.replaceAfter }, one);
				if (shown === undefined) {
					return;
				}
				const before = imbalance(one.prefix + one.suffix, one.languageId);
				const after = imbalance(one.prefix + shown.text + one.suffix.slice(shown.replaceAfter), one.languageId);
				assert.ok(after.closers <= before.closers, 'closers');
				const goesOn = mayLeaveOpen(shown, one);
				assert.ok(after.literals <= before.literals + (goesOn ? 1 : 0), 'literals');
				assert.ok(goesOn || after.openers <= before.openers, 'openers');
				assert.ok(goesOn || after.crossed <= before.crossed, 'crossed');
			}),
			{ numRuns: 5000 },
		);
	});
});
