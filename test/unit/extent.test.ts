import assert from 'node:assert/strict';
import fc from 'fast-check';
import { blockTokens, chooseExtent } from '../../src/core/completion/extent';
import type { DocumentSnapshot } from '../../src/core/text/documentSnapshot';
import { atCursor } from '../support/cursor';

function snapshot(text: string, languageId: string): DocumentSnapshot {
	return { uri: 'file:///a', path: 'a', languageId, version: 1, ...atCursor(text) };
}

const cases: readonly [languageId: string, document: string, extent: 'line' | 'block'][] = [
	['typescript', 'function f() {‸', 'block'],
	['typescript', 'function f() {‸}', 'block'],
	['typescript', 'function f() { ‸ }', 'block'],
	['typescript', 'class A extends B<C> {‸}', 'block'],
	['typescript', 'list.map(x => {‸});', 'block'],
	['typescript', 'const f = x =>‸', 'block'],
	['typescript', 'const o = {‸};', 'block'],
	['typescript', 'if (a) { // why‸', 'block'],
	['typescript', 'function f() {\n\t‸\n}', 'block'],
	['typescript', 'function f() {\n‸\n}', 'block'],
	['typescript', 'function f() {\n\tfoo();\n\t‸\n}', 'block'],
	['typescript', 'function f() {\n\tfoo();\n\t‸\n\tbar();\n}', 'line'],
	['typescript', 'function f() {\n\tfoo();\n\t‸\n\n\tbar();\n}', 'block'],
	['typescript', 'function f() {\n\t‸\n\tbar();\n}', 'block'],
	['typescript', 'enum E {\n\tA,\n\tB,\n\tC,\n\t‸\n}', 'line'],
	['typescript', "const m = {\n\ta: 'x',\n\tb: 'y',\n\tc: 'z',\n\t‸\n};", 'line'],
	['typescript', 'const m = {\n\ta: 1,\n\tb() {},\n\tc: 3,\n\t‸\n};', 'block'],
	['python', 'if a:\n    b()\n    ‸\n    c()', 'line'],
	['typescript', 'foo(\n\t‸\n);', 'block'],
	['typescript', 'foo(\n\ta,\n\t‸)', 'line'],
	['typescript', 'foo(‸', 'block'],
	['typescript', 'foo(‸)', 'line'],
	['typescript', 'foo({‸})', 'line'],
	['typescript', 'const a = [‸];', 'line'],
	['typescript', 'const a = `x ${‸}`;', 'line'],
	['typescript', "import {‸} from 'a';", 'line'],
	['typescript', 'import {‸', 'line'],
	['typescript', 'export {‸}', 'line'],
	['typescript', 'const a = ‸', 'line'],
	['typescript', 'const a = ‸;', 'line'],
	['typescript', 'function f() {‸ return 1; }', 'line'],
	['typescript', 'switch (a) {\n\tcase 1:‸', 'block'],
	['typescript', 'const a: ‸', 'line'],
	['typescript', '‸', 'line'],
	['typescript', 'a();\n‸', 'line'],
	['typescript', 'a();\n\n‸\nb();', 'line'],
	['typescript', 'const url = "https://a"; // {‸', 'line'],
	['python', 'def f():‸', 'block'],
	['python', 'def f():  # why‸', 'block'],
	['python', 'def f():\n    ‸', 'block'],
	['python', 'if a:\n    b()\n    ‸', 'block'],
	['python', 'x: ‸', 'line'],
	['python', 'd = {\n    "a":‸\n}', 'line'],
	['python', 'key = lambda x:‸', 'line'],
	['python', 'def f(\n    a,\n) -> int:‸', 'block'],
	['python', 'async def f():‸', 'block'],
	['python', 'x = ‸', 'line'],
	['python', 'd = {"a":‸}', 'line'],
	['rust', 'match a {\n    Some(b) =>‸', 'block'],
	['ruby', 'list.each do |x|‸', 'block'],
	['ruby', 'def f(a)‸', 'block'],
	['lua', 'if a then‸', 'block'],
	['shellscript', 'for a in b; do‸', 'block'],
	['markdown', 'Some text\n\n    ‸', 'line'],
	['plaintext', 'a {‸', 'line'],
	['yaml', 'key:‸', 'line'],
];

describe('chooseExtent', () => {
	for (const [languageId, document, extent] of cases) {
		it(`asks for a ${extent} at ${JSON.stringify(document)} in ${languageId}`, () => {
			assert.equal(chooseExtent(snapshot(document, languageId), { lines: 'auto' }), extent);
		});
	}

	for (const [languageId, document] of cases.filter(([, , extent]) => extent === 'block')) {
		it(`asks for a line when the setting says so, at ${JSON.stringify(document)}`, () => {
			assert.equal(chooseExtent(snapshot(document, languageId), { lines: 'single' }), 'line');
		});
	}

	const opener = snapshot('function f() {‸', 'typescript');
	const body = snapshot('function f() {\n\tfoo();\n\t‸\n}', 'typescript');
	for (const [name, liking, atOpener, inBody] of [
		['takes blocks', 1, 'block', 'block'],
		['is not known', 0, 'block', 'block'],
		['sometimes takes lines', -0.2, 'block', 'block'],
		['mostly takes lines', -0.5, 'block', 'line'],
		['takes lines only', -1, 'line', 'line'],
	] as const) {
		it(`asks for a ${atOpener} behind an opener and for a ${inBody} in a body, where the user ${name}`, () => {
			assert.equal(chooseExtent(opener, { lines: 'auto', liking }), atOpener);
			assert.equal(chooseExtent(body, { lines: 'auto', liking }), inBody);
			assert.equal(chooseExtent(opener, { lines: 'single', liking }), 'line');
		});
	}

	it('never asks for more where the user likes it less', () => {
		const documents = cases.map(([languageId, document]) => snapshot(document, languageId));
		const likings = fc.double({ min: -1, max: 1, noNaN: true });
		fc.assert(
			fc.property(fc.constantFrom(...documents), likings, likings, (document, a, b) => {
				const [less, more] = [Math.min(a, b), Math.max(a, b)];
				const isBlock = (liking: number): boolean => chooseExtent(document, { lines: 'auto', liking }) === 'block';
				assert.ok(!isBlock(less) || isBlock(more));
				assert.ok(blockTokens(120, less) <= blockTokens(120, more));
			}),
		);
		assert.deepEqual([blockTokens(120, -1), blockTokens(120, 0), blockTokens(120, 1)], [60, 120, 240]);
	});
});
