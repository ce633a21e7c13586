import assert from 'node:assert/strict';
import { parseContexts, sourcesOf } from '../../../src/core/evaluation/evaluationContext';

describe('the contexts of an evaluation', () => {
	const lists: readonly [list: string, contexts: readonly string[] | undefined][] = [
		['none', ['none']],
		['both', ['none', 'files']],
		['files,none,files', ['files', 'none']],
		['definitions+recent', ['definitions+recent']],
		['all', ['files+recent+definitions']],
		[
			'ablation',
			[
				'none',
				'files',
				'recent',
				'definitions',
				'files+recent+definitions',
				'recent+definitions',
				'files+definitions',
				'files+recent',
			],
		],
		['', undefined],
		['problems', undefined],
		['none+files', undefined],
		['files+', undefined],
		['files+files', undefined],
		['toString', undefined],
	];
	for (const [list, contexts] of lists) {
		it(`reads ${list === '' ? 'nothing' : list}`, () => {
			assert.deepEqual(parseContexts(list), contexts);
		});
	}

	it('are taken apart', () => {
		assert.deepEqual(sourcesOf('none'), new Set());
		assert.deepEqual(sourcesOf('files+definitions'), new Set(['files', 'definitions']));
	});
});
