import assert from 'node:assert/strict';
import MarkdownIt from 'markdown-it';
import type { CodeOutline } from '../../../src/core/explain/codeFacts';
import {
	evidenceSections,
	evidenceTitle,
	renderEvidence,
	symbolPath,
	type EvidenceBlock,
} from '../../../src/core/explain/evidence';
import { sampleEvidence } from '../../support/evidence';

const headings = (...changes: Parameters<typeof sampleEvidence>) =>
	evidenceSections(sampleEvidence(...changes)).map(({ heading }) => heading);

function items(heading: string, ...changes: Parameters<typeof sampleEvidence>) {
	const section = evidenceSections(sampleEvidence(...changes)).find(candidate => candidate.heading === heading);
	return (section?.blocks ?? []).flatMap((block: EvidenceBlock) => (block.kind === 'list' ? block.items : []));
}

describe('evidenceSections', () => {
	it('tells where, what is wrong, what is known, what is called, and the code', () => {
		assert.deepEqual(headings(), ['Where it is', 'Problems here', 'What the editor says', 'What it calls', 'The code']);
	});

	it('leaves out what there is nothing to say about', () => {
		const nothing = { symbols: [], documentation: '', definitions: [], diagnostics: [], references: undefined };
		assert.deepEqual(headings(nothing), ['The code']);
	});

	it('names the symbols from the outside in, with a line to go to', () => {
		assert.deepEqual(items('Where it is')[0], { text: 'class Cart › method total', line: 10 });
	});

	for (const [references, text] of [
		[1, 'The editor finds 1 reference to it.'],
		[3, 'The editor finds 3 references to it.'],
	] as const) {
		it(`counts ${references} reference(s) in words`, () => {
			assert.equal(items('Where it is', { references })[1]?.text, text);
		});
	}

	it('gives a problem its severity, its source and its line', () => {
		assert.deepEqual(items('Problems here'), [{ text: 'warning: Implicit any. (ts)', line: 10 }]);
	});

	it('quotes a definition in another file without offering a line of this one', () => {
		assert.deepEqual(items('What it calls'), [
			{ text: 'sum, in src/math.ts, line 4', code: 'export function sum(values: number[]): number {' },
		]);
	});

	it('offers the line of a definition in the same file', () => {
		const definitions = [{ name: 'sum', path: 'src/cart.ts', line: 40, text: '' }];
		assert.deepEqual(items('What it calls', { definitions }), [{ text: 'sum, in this file', line: 40 }]);
	});
});

describe('evidence in words', () => {
	it('has a title with a range of lines', () => {
		assert.equal(evidenceTitle(sampleEvidence()), 'src/cart.ts, lines 10–12');
	});

	it('has a title with one line', () => {
		assert.equal(evidenceTitle(sampleEvidence({ lastLine: 10 })), 'src/cart.ts, line 10');
	});

	it('has no symbol path at the top level', () => {
		assert.equal(symbolPath(sampleEvidence({ symbols: [] })), '');
	});
});

describe('renderEvidence', () => {
	it('reads as a document', () => {
		assert.equal(
			renderEvidence(sampleEvidence()),
			`# \`src/cart.ts\`, lines 10–12

Nothing was selected\\, so this is about the method total around the cursor\\.

## Where it is

- class Cart › method total \\(line 10\\)
- The editor finds 3 references to it\\.

## Problems here

- warning\\: Implicit any\\. \\(ts\\) \\(line 10\\)

## What the editor says

What the \\*\\*cart\\*\\* costs\\, with tax\\.

## What it calls

- sum\\, in src\\/math\\.ts\\, line 4: \`export function sum(values: number[]): number {\`

## The code

\`\`\`typescript
total(items) {
	return sum(items) * this.rate;
}
\`\`\`
`,
		);
	});

	it('keeps hostile names, messages, documentation and code inert in a preview', () => {
		const bad = '![x](https://evil.example/p.png) <img src=x> https://evil.example </script> ``` `\n```\n<b>';
		const markdown = renderEvidence(
			sampleEvidence({
				path: bad,
				languageId: bad,
				code: bad,
				symbols: [{ name: bad, kind: bad, line: 1 }],
				documentation: bad,
				definitions: [{ name: bad, path: bad, line: 1, text: bad }],
				diagnostics: [{ severity: 'error', message: bad, line: 1, source: bad }],
				notes: [bad],
			}),
		);
		const html = new MarkdownIt({ html: true, linkify: true }).render(markdown);
		const tags = new Set([...html.matchAll(/<([a-z0-9]+)[^>]*>/g)].map(([, tag]) => tag));
		assert.deepEqual([...tags].sort(), ['code', 'h1', 'h2', 'li', 'p', 'pre', 'ul']);
	});
});

describe('the outline in the evidence', () => {
	const outline: CodeOutline = {
		facts: [
			{ kind: 'each', codes: ['items'], firstLine: 10, lastLine: 12, depth: 0 },
			{ kind: 'returns', codes: ['a`b', '[x](y)'], firstLine: 11, lastLine: 11, depth: 1 },
			{ kind: 'catches', codes: [], firstLine: 12, lastLine: 12, depth: 0 },
		],
		isPartial: false,
	};

	it('stands in front of what the editor says', () => {
		assert.deepEqual(headings({ outline }).slice(1, 4), ['Problems here', 'Step by step', 'What the editor says']);
	});

	it('is nothing where no fact is told', () => {
		assert.ok(!headings({ outline: { facts: [], isPartial: false } }).includes('Step by step'));
	});

	it('is a list in the document, in which code stays code', () => {
		const document = renderEvidence(sampleEvidence({ outline }));
		const section = /## Step by step\n\n([^]*?)\n\n##/.exec(document)?.[1];
		assert.equal(
			section,
			'- Loops over `items` \\(lines 10–12\\)\n  - Returns ``a`b``, `[x](y)` \\(line 11\\)\n- If that fails \\(line 12\\)',
		);
	});
});
