import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluationSets, foldersOf } from '../../../bench/evaluationSets/packages';
import { setTable, type SetResult } from '../../../bench/evaluationSets/setTable';
import type { EvaluationReport } from '../../../src/core/evaluation/evaluationReport';

const training = join(import.meta.dirname, '../../../training');

/** As `Source.file_name` in training/collect.py makes it. */
function folderName(ecosystem: string, name: string): string {
	return `${ecosystem}-${name.replace(/^@|@$/g, '').replaceAll('/', '-')}`;
}

describe('the packages to evaluate on', () => {
	it('are held out, or in the list of recent ones, every one of which is used', () => {
		const manifest = JSON.parse(readFileSync(join(training, 'manifest.json'), 'utf8')) as {
			ecosystem: string;
			name: string;
			held_out: boolean;
		}[];
		const heldOut = new Set(manifest.filter(one => one.held_out).map(one => folderName(one.ecosystem, one.name)));
		const list = readFileSync(join(training, 'recent.toml'), 'utf8');
		const recent = [...list.matchAll(/^ecosystem = "(.*)"\nname = "(.*)"$/gm)].map(([, ecosystem, name]) =>
			folderName(ecosystem ?? '', name ?? ''),
		);
		const used = (set: string): string[] => Object.values(evaluationSets[set]?.packages ?? {}).flat();
		assert.ok(used('held-out').every(name => heldOut.has(name)));
		assert.deepEqual(used('recent').sort(), recent.sort());
	});

	it('are found whatever their version', () => {
		const found = ['npm-a-1.0.0', 'npm-a-b-2.0.0', 'go-x-v1.2.3', 'other'];
		assert.deepEqual(foldersOf(['npm-a', 'go-x'], found), ['npm-a-1.0.0', 'go-x-v1.2.3']);
	});

	it('are told of when they are missing, or there twice', () => {
		assert.throws(() => foldersOf(['npm-b'], ['npm-a-1.0.0']), /npm-b is not there.*training\.unpack/);
		assert.throws(() => foldersOf(['npm-a'], ['npm-a-1.0.0', 'npm-a-2.0.0']), /several versions/);
	});
});

describe('the table over languages', () => {
	const result = (language: string, positions: number, exactLine: number, shown: number, right: number): SetResult => {
		const group = {
			context: 'files',
			group: 'all',
			positions,
			exactLine,
			similarity: 0.5,
			accepted: 0.2,
			medianMs: 10,
		};
		const levels = [{ level: 'balanced', language: 'all', shown, right }];
		const report = { groups: [{ predictor: 'model', ...group }], gates: [{ levels }] } as unknown as EvaluationReport;
		return { set: 'recent', language, report };
	};

	it('puts languages together by positions, and what is right by what is shown', () => {
		const text = setTable([result('go', 100, 0.3, 0.8, 0.5), result('rust', 300, 0.1, 0.2, 0.9)]);
		assert.match(
			text,
			/^\| recent \| go \| model \| 100 \| 30\.0 % \(21\.9 % to 39\.6 %\) \| 0\.500 \| 20\.0 % \| 80\.0 % \| 50\.0 %/m,
		);
		assert.match(text, /^\| recent \| all \| model \| 400 \| 15\.0 % .* \| 35\.0 % \| 67\.1 % \| 10 \|$/m);
	});

	it('has no row over all where there is one language', () => {
		assert.doesNotMatch(setTable([result('go', 100, 0.3, 0.8, 0.5)]), /\| all \|/);
	});
});
