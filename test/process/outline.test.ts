import assert from 'node:assert/strict';
import { join } from 'node:path';
import { factLines } from '../../src/core/explain/codeFacts';
import { ParserThread } from '../../src/node/syntax/parserThread';
import { compiledOutlines } from './outlines/compiled';
import { scriptOutlines } from './outlines/scripts';

const entry = join(import.meta.dirname, '../../dist/syntax.cjs');

/** Java's methods stand in classes. */
const around: Readonly<Record<string, readonly [before: string, after: string]>> = { java: ['class A {\n', '\n}\n'] };

describe('the outline of code', () => {
	let parser: ParserThread;
	const log: string[] = [];
	before(() => {
		parser = new ParserThread({ entry, patienceMs: 10_000, onLog: message => log.push(message) });
	});
	after(() => {
		parser.dispose();
		assert.deepEqual(log, []);
	});

	async function outlined(languageId: string, code: string, before = '', after = ''): Promise<string | undefined> {
		const text = before + code + after;
		const lines = before.split('\n').length - 1;
		const place = { linesBefore: -lines, from: before.length, to: before.length + code.length };
		const outline = await parser.outline({ languageId, text, ...place });
		return outline === undefined ? undefined : shown(factLines(outline));
	}

	function shown(facts: ReturnType<typeof factLines>): string {
		return facts
			.map(({ text, codes, depth, firstLine, lastLine }) => {
				const about = codes.length === 0 ? '' : ` ${codes.join(', ')}`;
				return `${'  '.repeat(depth)}${text}${about} (${firstLine}–${lastLine})`;
			})
			.join('\n');
	}

	for (const [language, [code, outline]] of Object.entries({ ...scriptOutlines, ...compiledOutlines })) {
		it(`of ${language} is told exactly`, async () => {
			assert.equal(await outlined(language, code, ...(around[language] ?? [])), outline);
		});
	}

	it('is about what is selected alone, wherever that stands', async () => {
		const before = 'function f(a) {\n\tif (a) {\n\t\tg();\n\t}\n';
		assert.equal(
			await outlined('javascript', '\tfor (const b of a) {\n\t\tb();\n\t}\n', before, '\treturn 1;\n}\n'),
			'Loops over a (1–3)\nCalls b (2–2)',
		);
	});

	it('of an expression within a line is told, too', async () => {
		assert.equal(await outlined('javascript', 'a ? b() : c()', 'f(', ');'), 'Depending on a (1–1)\nCalls b, c (1–1)');
	});

	it('counts lines from where the text stands in its document', async () => {
		const outline = await parser.outline({
			languageId: 'python',
			text: 'return x',
			linesBefore: 41,
			from: 0,
			to: 8,
		});
		assert.deepEqual(
			outline?.facts.map(({ firstLine }) => firstLine),
			[42],
		);
	});

	it('says that it has gaps where the code has an error', async () => {
		const code = 'function f() {\n\tif (a {\n\t\treturn 1;\n}';
		const outline = await parser.outline({
			languageId: 'javascript',
			text: code,
			linesBefore: 0,
			from: 0,
			to: code.length,
		});
		assert.equal(outline?.isPartial, true);
	});

	it('leaves out the deepest of very much, and says so', async () => {
		const code = `function f(a) {\n${'\tif (a) {\n\t\tb.c = 1;\n\t\treturn 2;\n\t}\n'.repeat(50)}}`;
		const outline = await parser.outline({
			languageId: 'javascript',
			text: code,
			linesBefore: 0,
			from: 0,
			to: code.length,
		});
		assert.equal(outline?.isPartial, true);
		assert.ok(outline.facts.length <= 60 && outline.facts.every(({ depth }) => depth === 0));
	});

	it('lives through code that is nested thousands deep', async () => {
		const code = `x = ${'['.repeat(5000)}${']'.repeat(5000)};`;
		const outline = await parser.outline({
			languageId: 'javascript',
			text: code,
			linesBefore: 0,
			from: 0,
			to: code.length,
		});
		assert.equal(outline?.isPartial, true);
	});

	it('is not there in a language without a grammar', async () => {
		assert.equal(parser.knows('cobol'), false);
		assert.equal(await outlined('cobol', 'MOVE A TO B.'), undefined);
	});
});
