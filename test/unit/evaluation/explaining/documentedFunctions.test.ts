import assert from 'node:assert/strict';
import { documentedFunctions } from '../../../../src/core/evaluation/explaining/documentedFunctions';

const body = (indent: string): string => [1, 2, 3].map(n => `${indent}step(${n})`).join('\n');

describe('documentedFunctions', () => {
	for (const [languageId, text, code] of [
		[
			'typescript',
			`/**\n * Adds all of the steps. And more.\n * @param a first\n */\nexport function add(a: number): void {\n${body('\t')}\n}\nf();`,
			`export function add(a: number): void {\n${body('\t')}\n}`,
		],
		[
			'go',
			`// Adds all of the steps.\nfunc (s *Set) add(a int) error {\n${body('\t')}\n}\n`,
			`func (s *Set) add(a int) error {\n${body('\t')}\n}`,
		],
		[
			'rust',
			`/// Adds all of the steps.\n#[inline]\npub fn add(a: u8) -> u8 {\n${body('    ')}\n}\n`,
			`pub fn add(a: u8) -> u8 {\n${body('    ')}\n}`,
		],
		[
			'python',
			`def add(a):\n    """Adds all of the steps.\n\n    More.\n    """\n${body('    ')}\n\nx = 1\n`,
			`def add(a):\n${body('    ')}`,
		],
	] as const) {
		it(`finds the function, its first sentence and its code without it in ${languageId}`, () => {
			assert.deepEqual(documentedFunctions({ path: 'a', languageId, text }), [
				{ languageId, path: 'a', name: 'add', code, sentence: 'Adds all of the steps.' },
			]);
		});
	}

	it('leaves out what is not documented, too short, or documented without a sentence', () => {
		for (const text of [
			`func add() {\n${body('\t')}\n}\n`,
			'// Adds all of the steps.\nfunc add() {\n}\n',
			`// add\nfunc add() {\n${body('\t')}\n}\n`,
			`// See https://example.org for all of it.\nfunc add() {\n${body('\t')}\n}\n`,
		]) {
			assert.deepEqual(documentedFunctions({ path: 'a.go', languageId: 'go', text }), [], text);
		}
		assert.deepEqual(documentedFunctions({ path: 'a.rb', languageId: 'ruby', text: 'def a\nend' }), []);
	});
});
