import assert from 'node:assert/strict';
import type { CodeOutline } from '../../../src/core/explain/codeFacts';
import type { EditorSymbol, Place } from '../../../src/core/explain/explainTarget';
import { gatherEvidence, type EvidenceSources, type WithinBudget } from '../../../src/core/explain/gatherEvidence';
import { selectedIn } from '../../support/explainDocument';

const own = 'file:///work/src/cart.ts';
const never = new Promise<never>(() => undefined);

const outline: CodeOutline = {
	facts: [{ kind: 'returns', codes: ['sum(2)'], firstLine: 3, lastLine: 3, depth: 0 }],
	isPartial: false,
};

const quiet: EvidenceSources = {
	outliner: { knows: () => true, outline: () => Promise.resolve(outline) },
	symbols: () => Promise.resolve([]),
	hover: () => Promise.resolve([]),
	definitions: () => Promise.resolve([]),
	textOf: () => Promise.resolve(undefined),
	references: () => Promise.resolve(0),
	diagnostics: () => [],
};

/** Everything has time, and a failure counts as absence. */
const patient: WithinBudget = (_source, work) => Promise.resolve(work()).catch(() => undefined);

function gather(marked: string, sources: Partial<EvidenceSources> = {}, within = patient) {
	const { document, selection } = selectedIn(marked);
	return gatherEvidence(document, selection, { ...quiet, ...sources }, within);
}

const total: EditorSymbol = {
	kind: 'method',
	name: 'total',
	firstLine: 1,
	lastLine: 3,
	nameAt: { line: 1, character: 1 },
};
const cart: EditorSymbol = {
	kind: 'class',
	name: 'Cart',
	firstLine: 0,
	lastLine: 4,
	nameAt: { line: 0, character: 6 },
};
const file = 'class Cart {\n«\ttotal() {\n\t\treturn sum(2);\n\t}»\n}';

describe('gatherEvidence', () => {
	it('puts together what the editor knows', async () => {
		const evidence = await gather(file, {
			symbols: () => Promise.resolve([cart, total]),
			hover: () => Promise.resolve(['The total.', 'In euros.\n']),
			definitions: () => Promise.resolve([{ uri: 'file:///m.ts', path: 'm.ts', line: 3 }]),
			textOf: () => Promise.resolve('  export function sum() {'),
			references: () => Promise.resolve(2),
			diagnostics: () => [{ severity: 'error', message: 'Bad.', line: 3 }],
		});
		assert.deepEqual(evidence, {
			path: 'src/cart.ts',
			languageId: 'typescript',
			firstLine: 2,
			lastLine: 4,
			code: '\ttotal() {\n\t\treturn sum(2);\n\t}',
			symbols: [
				{ name: 'Cart', kind: 'class', line: 1 },
				{ name: 'total', kind: 'method', line: 2 },
			],
			documentation: 'The total.\n\nIn euros.',
			definitions: [{ name: 'total', path: 'm.ts', line: 4, text: 'export function sum() {' }],
			diagnostics: [{ severity: 'error', message: 'Bad.', line: 3 }],
			references: 2,
			outline,
			notes: [],
		});
	});

	it('says that there is no grammar for a language, and tells what the editor knows', async () => {
		const evidence = await gather(file, { outliner: { ...quiet.outliner, knows: () => false } });
		assert.equal(evidence?.outline, undefined);
		assert.deepEqual(evidence?.notes, [
			'Sotto has no grammar for the language typescript, so what the code does step by step is left out.',
		]);
	});

	it('has the code alone where the editor knows nothing', async () => {
		const evidence = await gather('a;\n«b;\nc;»');
		assert.deepEqual([evidence?.code, evidence?.references, evidence?.notes], ['b;\nc;', undefined, []]);
	});

	it('finds nothing where there is nothing to explain', async () => {
		assert.equal(await gather('«»'), undefined);
	});

	it('explains the function around a cursor', async () => {
		const evidence = await gather('class Cart {\n\ttotal() {\n\t\t«»return 1;\n\t}\n}', {
			symbols: () => Promise.resolve([cart, total]),
		});
		assert.deepEqual([evidence?.firstLine, evidence?.lastLine], [2, 4]);
	});
});

describe('the place that hover text and references are asked about', () => {
	const askedAt = async (marked: string, symbols: readonly EditorSymbol[] = []): Promise<Place | undefined> => {
		let asked: Place | undefined;
		await gather(marked, {
			symbols: () => Promise.resolve(symbols),
			hover: at => {
				asked = at;
				return Promise.resolve([]);
			},
		});
		return asked;
	};

	it('is the symbol that the code declares', async () => {
		assert.deepEqual(await askedAt(file, [cart, total]), { line: 1, character: 1 });
	});

	it('is the first call where the code declares nothing', async () => {
		assert.deepEqual(await askedAt('let a = «b + sum(1)»;'), { line: 0, character: 12 });
	});

	it('is the first name where nothing is called', async () => {
		assert.deepEqual(await askedAt('let a = «1 + b»;'), { line: 0, character: 12 });
	});

	it('is not a symbol on the same line before the selection', async () => {
		const a: EditorSymbol = {
			kind: 'variable',
			name: 'a',
			firstLine: 0,
			lastLine: 0,
			nameAt: { line: 0, character: 4 },
		};
		assert.deepEqual(await askedAt('let a = «b + sum(1)»;', [a]), { line: 0, character: 12 });
	});

	it('is nowhere where there is no name', async () => {
		assert.equal(await askedAt('«1 + 2»'), undefined);
	});
});

describe('definitions', () => {
	const definitionsOf = async (marked: string, sources: Partial<EvidenceSources>) =>
		(await gather(marked, sources))?.definitions;

	it('are asked for at the place of each call', async () => {
		const asked: Place[] = [];
		await gather('x\n«a(1);\n  b(2);»', {
			definitions: at => {
				asked.push(at);
				return Promise.resolve([]);
			},
		});
		assert.deepEqual(asked, [
			{ line: 1, character: 0 },
			{ line: 2, character: 2 },
		]);
	});

	it('are asked for at most eight times', async () => {
		let count = 0;
		const calls = Array.from({ length: 30 }, (_, index) => `f${index}()`).join(';');
		await gather(`«${calls}»`, {
			definitions: () => {
				count++;
				return Promise.resolve([]);
			},
		});
		assert.equal(count, 8);
	});

	it('within the selection are left out: the reader sees them', async () => {
		const found = await definitionsOf('«let f = 1;\nf();»', {
			definitions: () => Promise.resolve([{ uri: own, path: 'src/cart.ts', line: 0 }]),
		});
		assert.deepEqual(found, []);
	});

	it('outside the selection in the same file are kept', async () => {
		const found = await definitionsOf('let f = 1;\n«f();»', {
			definitions: () => Promise.resolve([{ uri: own, path: 'src/cart.ts', line: 0 }]),
		});
		assert.equal(found?.[0]?.line, 1);
	});

	it('of two names in one place are told once', async () => {
		const found = await definitionsOf('«a(); b();»', {
			definitions: () => Promise.resolve([{ uri: 'file:///m.ts', path: 'm.ts', line: 3 }]),
		});
		assert.deepEqual(
			found?.map(({ name }) => name),
			['a'],
		);
	});

	it('in a file that may not be read are named and not quoted', async () => {
		const found = await definitionsOf('«a()»', {
			definitions: () => Promise.resolve([{ uri: 'file:///.env.ts', path: '.env.ts', line: 3 }]),
			textOf: () => Promise.resolve(undefined),
		});
		assert.deepEqual(found, [{ name: 'a', path: '.env.ts', line: 4, text: '' }]);
	});

	it('of endless lines are cut', async () => {
		const found = await definitionsOf('«a()»', {
			definitions: () => Promise.resolve([{ uri: 'file:///m.js', path: 'm.js', line: 0 }]),
			textOf: () => Promise.resolve('x'.repeat(1_000_000)),
		});
		assert.equal(found?.[0]?.text.length, 200);
	});
});

describe('diagnostics', () => {
	it('are those that begin in the explained lines, at most twenty', async () => {
		const lines = [1, 2, 3, 4, ...Array.from({ length: 40 }, () => 2)];
		const evidence = await gather('a\n«b\nc»\nd', {
			diagnostics: () => lines.map(line => ({ severity: 'hint', message: 'm', line })),
		});
		assert.equal(evidence?.diagnostics.length, 20);
		assert.deepEqual([...new Set(evidence.diagnostics.map(({ line }) => line))], [2, 3]);
	});
});

describe('sources that are slow or fail', () => {
	const failing = () => Promise.reject(new Error('language server is gone'));

	it('cost only their own part, and the reader is told which', async () => {
		const evidence = await gather(file, {
			symbols: () => Promise.resolve([cart, total]),
			hover: failing,
			references: failing,
			definitions: () => Promise.resolve([{ uri: 'file:///m.ts', path: 'm.ts', line: 3 }]),
			textOf: failing,
		});
		assert.equal(evidence?.symbols.length, 2);
		assert.equal(evidence.definitions[0]?.text, '');
		assert.deepEqual(evidence.notes, [
			"Left out, because the editor's language support was slow or failed: hover text, references, text of definitions.",
		]);
	});

	it('all of them leave the code', async () => {
		const evidence = await gather(
			file,
			{ symbols: () => never, hover: () => never, references: () => never, definitions: () => never },
			() => Promise.resolve(undefined),
		);
		assert.match(evidence?.code ?? '', /return sum/);
		assert.match(evidence?.notes.join() ?? '', /symbols, hover text, references, definitions/);
	});

	it('end the gathering when it is cancelled', async () => {
		const cancelled = new DOMException('cancelled', 'AbortError');
		await assert.rejects(
			gather(file, {}, () => Promise.reject(cancelled)),
			cancelled,
		);
	});
});

describe('direction controls', () => {
	it('are made visible wherever they come from', async () => {
		const override = '\u202e';
		const evidence = await gather(`«a(${override})»`, {
			hover: () => Promise.resolve([override]),
			definitions: () => Promise.resolve([{ uri: 'file:///m.ts', path: 'm.ts', line: 3 }]),
			textOf: () => Promise.resolve(override),
			diagnostics: () => [{ severity: 'error', message: override, line: 1 }],
		});
		assert.equal(JSON.stringify(evidence).includes(override), false);
		assert.equal(evidence?.code, 'a(⟨U+202E⟩)');
	});
});
