import assert from 'node:assert/strict';
import { inertTree } from '../../../src/webview/explain/inertTree';
import { mountTree, sharedBlocks, type NodeFactory } from '../../../src/webview/explain/mountTree';

const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/** Writes markup, so that a test reads what the page would hold. */
const markup: NodeFactory<string> = {
	text: escape,
	element: (tag, children) => `<${tag}>${children.join('')}</${tag}>`,
	lines: (first, last, text) => `[${first}-${last}:${escape(text)}]`,
};

const draw = (markdown: string) => mountTree(inertTree(markdown), markup).join('');

describe('mountTree', () => {
	for (const [markdown, expected] of [
		['**a** `b`', '<p><strong>a</strong> <code>b</code></p>'],
		['- see line 4', '<ul><li>see [4-4:line 4]</li></ul>'],
		['**line 4**', '<p><strong>[4-4:line 4]</strong></p>'],
		['</script><img src=x>', '<p>&lt;/script>&lt;img src=x></p>'],
		['```\n<b>\n```', '<pre><code>&lt;b></code></pre>'],
	] as const) {
		it(`makes ${expected} of ${JSON.stringify(markdown)}`, () => {
			assert.equal(draw(markdown), expected);
		});
	}
});

describe('sharedBlocks', () => {
	for (const [before, after, shared] of [
		['', 'a', 0],
		['a', 'a b', 0],
		['a\n\nb', 'a\n\nb c', 1],
		['a\n\nb', 'a\n\nb\n\nc', 2],
		['a\n\nb\n\nc', 'a', 1],
		['a\n\nb', 'a\n\nb', 2],
		['a\n\nb', '', 0],
	] as const) {
		it(`keeps ${shared} blocks from ${JSON.stringify(before)} to ${JSON.stringify(after)}`, () => {
			assert.equal(sharedBlocks(inertTree(before), inertTree(after)), shared);
		});
	}
});
