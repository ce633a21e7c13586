import assert from 'node:assert/strict';
import { silenceReason } from '../../src/core/completion/silence';
import type { PlaceReason } from '../../src/core/completion/silenceReasons';
import type { DocumentSnapshot } from '../../src/core/text/documentSnapshot';
import { atCursor } from '../support/cursor';

function snapshot(text: string, languageId = 'typescript'): DocumentSnapshot {
	return { uri: 'file:///a', path: 'a', languageId, version: 1, ...atCursor(text) };
}

const cases: readonly [name: string, document: string, reason: PlaceReason | undefined][] = [
	['the end of a line', 'const a = ‸', undefined],
	['the end of the file', 'a();\n‸', undefined],
	['the start of a file with text below', '‸\na();', undefined],
	['closers to the right', 'foo(‸);', undefined],
	['many closers to the right', 'foo(bar([{‸}])) }`;', undefined],
	['an arrow body to the right', 'list.map((‸) => {', undefined],
	['few words to the right', 'foo(‸, b)', undefined],
	['many words to the right', 'foo(‸, bar, baz)', 'code-to-the-right'],
	['a word at once to the right', 'get‸Name', 'inside-word'],
	['a word after the cursor at the start of a line', '‸const a', 'inside-word'],
	['a letter of any script to the right', 'gr‸öße', 'inside-word'],
	['a combining mark to the right', 'e‸\u0301', 'inside-word'],
	['an emoji to the right', 'a ‸👩‍💻', undefined],
	['nothing in the file', '‸', 'empty-file'],
	['only white space in the file', '\n\t‸\n', 'empty-file'],
	['a minified line before', `${'a'.repeat(2001)}‸`, 'long-line'],
	['a minified line after', `a = ‸${';'.repeat(2001)}`, 'long-line'],
	['a long file of short lines', `${'a();\n'.repeat(1000)}‸`, undefined],
	['an indentation one unit deeper, as in a chain', 'class A {\n\ta\n\t\t‸', undefined],
	['an indentation two units deeper', 'class A {\n\ta();\n\t\t\t‸', 'indenting'],
	['an indentation inside a block', 'class A {\n\tf() {\n\t\t‸\n\t}', undefined],
	['a hanging indentation', 'f(\n  a,\n  g(\n      ‸', undefined],
	['an indentation much deeper than the block', 'f(\n  a,\n  g(\n        ‸', 'indenting'],
	['spaces in a file of four spaces', 'if a {\n    b();\n          ‸', 'indenting'],
	['the first indentation of a file', 'a();\n    ‸', undefined],
];

describe('silenceReason', () => {
	for (const [name, document, reason] of cases) {
		it(`${reason === undefined ? 'lets the model speak' : 'is silent'} at ${name}`, () => {
			assert.equal(silenceReason(snapshot(document), 'automatic'), reason);
		});
	}

	for (const [name, document] of cases) {
		it(`answers who asks by hand at ${name}`, () => {
			assert.equal(silenceReason(snapshot(document), 'manual'), undefined);
		});
	}

	for (const document of ['\u007fELF\u0000\u0001‸', 'a‸\u0000']) {
		for (const trigger of ['automatic', 'manual'] as const) {
			it(`is silent in a binary file (${trigger}, ${JSON.stringify(document)})`, () => {
				assert.equal(silenceReason(snapshot(document), trigger), 'binary-file');
			});
		}
	}

	const prose: readonly [name: string, language: string, document: string, expected: PlaceReason | undefined][] = [
		['a comment', 'typescript', '// so ‸', 'comment'],
		['a documentation string', 'python', 'def f():\n\t"""So ‸\n', 'comment'],
		['a string', 'typescript', "import a from './‸'", undefined],
		['Markdown', 'markdown', '# Title\n\nSo ‸', 'prose'],
		['a block of code in Markdown', 'markdown', '```ts\nconst a = ‸\n```\n', undefined],
		['text below a block of code', 'markdown', '```ts\na();\n```\nSo ‸', 'prose'],
		['a commit message', 'git-commit', 'Fix ‸', 'prose'],
	];
	for (const [name, language, document, expected] of prose) {
		it(`${expected === undefined ? 'speaks' : 'is silent'} in ${name}, and speaks where the user wants prose`, () => {
			const place = snapshot(document, language);
			assert.equal(silenceReason(place, 'automatic', { 'completion.prose': false }), expected);
			assert.equal(silenceReason(place, 'automatic', { 'completion.prose': true }), undefined);
			assert.equal(silenceReason(place, 'manual'), undefined);
		});
	}

	it('takes a line of a million characters', () => {
		assert.equal(silenceReason(snapshot(`${'x '.repeat(500_000)}‸`), 'automatic'), 'long-line');
	});
});
