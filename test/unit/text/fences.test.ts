import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { openFence } from '../../../src/core/text/fences';

const parser = new MarkdownIt('commonmark');

/** The same answer by a parser of CommonMark: is a word in place of the cursor the text of a fenced block? */
function isInFence(text: string): boolean {
	const tokens = parser.parse(`${text}cursor7`, {});
	return tokens.some(token => token.type === 'fence' && token.content.includes('cursor7'));
}

describe('openFence', () => {
	it('agrees with a parser of CommonMark, whatever the lines', () => {
		const starts = ['', ' ', '> ', '>', '- ', '* ', '1. ', '   ', '    ', '\t', '-\t', '  '];
		const rests = [
			'```',
			'````',
			'~~~',
			'~~~~',
			'```ts',
			'~~~ a `b`',
			'```a```',
			'text',
			'',
			'``',
			'``` ',
			'<!--',
			'-->',
			'<pre>',
			'x</pre>',
			'<div>',
			'</details>',
		];
		const line = fc
			.tuple(fc.array(fc.constantFrom(...starts), { maxLength: 3 }), fc.constantFrom(...rests))
			.map(([start, rest]) => start.join('') + rest);
		const lastLine = fc.array(fc.constantFrom(...starts), { maxLength: 3 }).map(start => start.join(''));
		let found = 0;
		fc.assert(
			fc.property(fc.array(line, { maxLength: 6 }), lastLine, (lines, last) => {
				const text = [...lines, last].join('\n');
				// The parser takes an indented `>` for the marker of a quote that goes on; CommonMark does not.
				fc.pre(!/(?: {4,}|\t *)>/.test(text));
				found += isInFence(text) ? 1 : 0;
				assert.equal(openFence(text) !== undefined, isInFence(text), JSON.stringify(text));
			}),
			{ numRuns: 1500, seed: 1 },
		);
		assert.ok(found > 50, 'the lines hold fences');
	});
});
