import assert from 'node:assert/strict';
import type { OutlineSource } from '../../../src/core/explain/codeFacts';
import { chooseTarget } from '../../../src/core/explain/explainTarget';
import { outlineTarget } from '../../../src/core/explain/outlineTarget';
import { selectedIn } from '../../support/explainDocument';

const empty = { facts: [], isPartial: false };

async function asked(marked: string, answer: typeof empty | undefined = empty) {
	const { document, selection } = selectedIn(marked);
	const target = chooseTarget(document, selection, []);
	assert.ok(target !== undefined);
	const sources: OutlineSource[] = [];
	const outlined = await outlineTarget(document, target, {
		knows: () => true,
		outline: source => {
			sources.push(source);
			return Promise.resolve(answer);
		},
	});
	return { outlined, source: sources[0], code: target.code };
}

describe('outlineTarget', () => {
	it('shows the parser the whole document, and what of it is meant', async () => {
		const { source, code } = await asked('class A {\n«\tf() {\n\t}»\n}');
		assert.ok(source !== undefined);
		assert.equal(source.text, 'class A {\n\tf() {\n\t}\n}\n');
		assert.equal(source.text.slice(source.from, source.to), code);
		assert.equal(source.linesBefore, 0);
	});

	it('shows the parser the expression within a line', async () => {
		const { source } = await asked('const a = 1;\nf(«a + b»);');
		assert.equal(source?.text.slice(source.from, source.to), 'a + b');
	});

	it('shows the parser the code alone where the document is too long', async () => {
		const long = 'const a = 1;\n'.repeat(20_000);
		const { source } = await asked(`${long}«f();\ng();»\n`);
		assert.deepEqual(source, { languageId: 'typescript', text: 'f();\ng();', linesBefore: 20_000, from: 0, to: 9 });
	});

	it('says that the parser did not answer', async () => {
		const { document, selection } = selectedIn('«f();\ng();»');
		const target = chooseTarget(document, selection, []);
		assert.ok(target !== undefined);
		const outlined = await outlineTarget(document, target, {
			knows: () => true,
			outline: () => Promise.resolve(undefined),
		});
		assert.deepEqual(outlined.notes, ['The parser did not answer, so what the code does step by step is left out.']);
	});

	it('says that there are gaps', async () => {
		const { outlined } = await asked('«f();\ng();»', { facts: [], isPartial: true });
		assert.deepEqual(outlined.notes, ['What the code does step by step has gaps: not all of it could be read.']);
	});

	it('shows controls that reorder text rather than obeying them', async () => {
		const { document, selection } = selectedIn('«f();\ng();»');
		const target = chooseTarget(document, selection, []);
		assert.ok(target !== undefined);
		const fact = { kind: 'calls' as const, codes: ['a\u202eb'], firstLine: 1, lastLine: 1, depth: 0 };
		const outline = () => Promise.resolve({ facts: [fact], isPartial: false });
		const { outline: told } = await outlineTarget(document, target, { knows: () => true, outline });
		assert.deepEqual(told?.facts[0]?.codes, ['a⟨U+202E⟩b']);
	});
});
