import assert from 'node:assert/strict';
import { inertText, inertTree, type InertNode, type InertTag } from '../../../src/webview/explain/inertTree';

const node = (tag: InertTag, ...children: InertNode[]): InertNode => ({ tag, children });

describe('inertTree', () => {
	const cases: Readonly<Record<string, readonly [string, readonly InertNode[]]>> = {
		'keeps paragraphs': ['one\n\ntwo', [node('p', 'one'), node('p', 'two')]],
		'joins the lines of a paragraph': ['one\ntwo', [node('p', 'one two')]],
		'keeps a hard break': ['one  \ntwo', [node('p', 'one\ntwo')]],
		'keeps strong and emphasis': ['**a** and *b*', [node('p', node('strong', 'a'), ' and ', node('em', 'b'))]],
		'keeps code spans': ['call `f(x)`', [node('p', 'call ', node('code', 'f(x)'))]],
		'keeps bullet lists, tight': ['- a\n- b', [node('ul', node('li', 'a'), node('li', 'b'))]],
		'keeps bullet lists, loose': ['- a\n\n- b', [node('ul', node('li', node('p', 'a')), node('li', node('p', 'b')))]],
		'keeps numbered lists': ['1. a\n2. b', [node('ol', node('li', 'a'), node('li', 'b'))]],
		'keeps nested lists': ['- a\n  - b', [node('ul', node('li', 'a', node('ul', node('li', 'b'))))]],
		'keeps fenced code': ['```js\nlet a = 1;\n```', [node('pre', node('code', 'let a = 1;'))]],
		'keeps indented code': ['    let a', [node('pre', node('code', 'let a'))]],
		'keeps an unfinished fence, as a stream has it': ['```js\nlet a', [node('pre', node('code', 'let a'))]],
		'keeps quotations': ['> a', [node('blockquote', node('p', 'a'))]],
		'puts headings below those of the page': ['# a\n\n## b', [node('h3', 'a'), node('h4', 'b')]],
		'has no heading below h6': ['###### a', [node('h6', 'a')]],
		'drops rules': ['a\n\n---\n\nb', [node('p', 'a'), node('p', 'b')]],
		'has nothing for nothing': ['', []],
	};
	for (const [name, [markdown, expected]] of Object.entries(cases)) {
		it(name, () => {
			assert.deepEqual(inertTree(markdown), expected);
		});
	}

	const references: Readonly<Record<string, readonly [number, number] | undefined>> = {
		'line 3': [3, 3],
		'Line 3': [3, 3],
		'lines 3-9': [3, 9],
		'lines 3–9': [3, 9],
		'lines 3 to 9': [3, 9],
		'lines 3 through 9': [3, 9],
		L12: [12, 12],
		'L3-L9': [3, 9],
		'line 0': undefined,
		'lines 9-3': undefined,
		'a line of 3 words': undefined,
		HTML5: undefined,
		'deadline 3': undefined,
		'line 12345678': undefined,
	};
	for (const [text, range] of Object.entries(references)) {
		it(`${range === undefined ? 'finds no lines' : 'finds the lines'} in "${text}"`, () => {
			const [paragraph] = inertTree(`See ${text}.`);
			assert.ok(typeof paragraph === 'object' && 'children' in paragraph);
			const found = paragraph.children.find(child => typeof child === 'object' && child.tag === 'lines');
			assert.deepEqual(
				found,
				range === undefined ? undefined : { tag: 'lines', first: range[0], last: range[1], text },
			);
			assert.equal(inertText([paragraph]).trim(), `See ${text}.`);
		});
	}

	it('finds several references in one sentence', () => {
		const [paragraph] = inertTree('It loops (lines 2-4) and returns (line 5).');
		assert.deepEqual(paragraph, {
			tag: 'p',
			children: [
				'It loops (',
				{ tag: 'lines', first: 2, last: 4, text: 'lines 2-4' },
				') and returns (',
				{ tag: 'lines', first: 5, last: 5, text: 'line 5' },
				').',
			],
		});
	});

	it('leaves references inside code alone', () => {
		assert.deepEqual(inertTree('`line 3`'), [node('p', node('code', 'line 3'))]);
	});

	it('finds references inside strong text', () => {
		assert.deepEqual(inertTree('**line 3**'), [
			node('p', { tag: 'strong', children: [{ tag: 'lines', first: 3, last: 3, text: 'line 3' }] }),
		]);
	});
});

describe('inertText', () => {
	it('has one block to a line and keeps inline code in its sentence', () => {
		const text = inertText(inertTree('Call `f` on **line 3**.\n\n- a\n- b\n\n```\nx\n```'));
		assert.deepEqual(text.split('\n').filter(Boolean), ['Call f on line 3.', 'a', 'b', 'x']);
	});
});
