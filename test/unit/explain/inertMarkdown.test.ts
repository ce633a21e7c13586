import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { codeSpan, escapeLine, fenced, inertMarkdown } from '../../../src/core/explain/inertMarkdown';

/** As VS Code's preview reads Markdown: raw HTML allowed, bare addresses made links. */
const preview = new MarkdownIt({ html: true, linkify: true });

/** Asserts that the preview makes nothing of it that loads, leads anywhere or is raw HTML. */
function assertInert(markdown: string): void {
	const tokens = preview.parse(markdown, {}).flatMap(token => [token, ...(token.children ?? [])]);
	const live = tokens.filter(({ type }) => ['link_open', 'image', 'html_block', 'html_inline'].includes(type));
	assert.deepEqual(
		live.map(({ type, content }) => `${type} ${content}`),
		[],
		JSON.stringify(markdown),
	);
}

const hostile = [
	'![x](https://evil.example/p.png)',
	'[x](https://evil.example)',
	'[x]: https://evil.example',
	'[x]',
	'<https://evil.example>',
	'https://evil.example/a',
	'www.evil.example',
	'evil.example',
	'a@evil.example',
	'<script>alert(1)</script>',
	'<img src=x onerror=alert(1)>',
	'&lt;b&gt;',
	'[x](command:workbench.action.quit)',
	'# <b>',
	'- [x](https://evil.example)',
	'1. <https://evil.example>',
	'`a` <b> `c`',
	'``` <b>',
	'```\n<b>\n```\n<b>',
	'~~~\n<b>',
	'````\n```\n````\n![x](y)',
	'\\`<b>\\`',
	'`<b>',
	'| a |\n|---|\n| <b> |',
	'<b>\n===',
	'> <b>',
	'\\<b>',
	'\\\\<b>',
	'    <b>',
	'\t<b>',
	'- a\n\n      <b>',
	'- ```\n  <b>\n  ```\n<b>',
	'1) `x`\n<!-- `-->`<b>`',
	'```a`b\n<b>',
	'~~~ `\n<b>\n~~~',
];

describe('inertMarkdown', () => {
	for (const source of hostile) {
		it(`takes the life out of ${JSON.stringify(source)}`, () => {
			assertInert(inertMarkdown(source));
			assertInert(inertMarkdown(`Some prose.\n${source}\nMore prose with \`code\`.`));
		});
	}

	it('takes the life out of any mixture', () => {
		const piece = fc.oneof(
			fc.constantFrom(...hostile, '`', '``', '```', '~~~', '\\', '\n', '\n\n', '- ', '1. ', '# ', ' ', '    ', '\r'),
			fc.string({ maxLength: 6 }),
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 14 }), pieces => {
				assertInert(inertMarkdown(pieces.join('')));
			}),
			{ numRuns: 1000 },
		);
	});

	for (const [source, html] of [
		['One.\n\nTwo.', '<p>One.</p>\n<p>Two.</p>\n'],
		['# Title', '<h1>Title</h1>\n'],
		['- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n'],
		['1. a\n2. b', '<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n'],
		['call `f(x)` now', '<p>call <code>f(x)</code> now</p>\n'],
		['```js\nlet a;\n```', '<pre><code class="language-js">let a;\n</code></pre>\n'],
		['a < b && c > d', '<p>a &lt; b &amp;&amp; c &gt; d</p>\n'],
		['snake_case_name * 2', '<p>snake_case_name * 2</p>\n'],
	] as const) {
		it(`keeps ${JSON.stringify(source)} readable`, () => {
			assert.equal(preview.render(inertMarkdown(source)), html);
		});
	}
});

describe('escapeLine', () => {
	it('keeps every character of a line for the reader', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 1 }), text => {
				const [, inline] = preview.parse(`x${escapeLine(text)}`, {});
				const shown = inline?.children?.map(({ content }) => content).join('');
				assert.equal(shown, `x${text.replace(/\s+/g, ' ').trim()}`);
			}),
		);
	});

	it('makes one line of several', () => {
		assert.equal(escapeLine(' a\r\n\n b '), 'a b');
	});
});

describe('fenced', () => {
	for (const [text, expected] of [
		['a', '```ts\na\n```'],
		['a\n', '```ts\na\n```'],
		['```\n<b>', '````ts\n```\n<b>\n````'],
		['x ````` y', '``````ts\nx ````` y\n``````'],
		['a\r\nb', '```ts\na\nb\n```'],
	] as const) {
		it(`holds ${JSON.stringify(text)}`, () => {
			assert.equal(fenced(text, 'ts'), expected);
		});
	}

	it('leaves out a language that is more than a name', () => {
		assert.equal(fenced('a', 'ts"><b>'), '```\na\n```');
	});

	it('holds any text as exactly one block', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom('`', '```', '~~~', '\n', 'a', '<b>', ' ')), pieces => {
				const tokens = preview.parse(fenced(pieces.join('')), {});
				assert.deepEqual(
					tokens.map(({ type }) => type),
					['fence'],
				);
			}),
		);
	});
});

describe('codeSpan', () => {
	for (const [text, expected] of [
		['a', '`a`'],
		['a`b', '``a`b``'],
		['`a`', '`` `a` ``'],
		['a\nb', '`a b`'],
		['  ', ''],
	] as const) {
		it(`writes ${JSON.stringify(text)} as ${JSON.stringify(expected)}`, () => {
			assert.equal(codeSpan(text), expected);
		});
	}
});
