import assert from 'node:assert/strict';
import { textOfEarlierCells, type Cell } from '../../../src/extension/context/notebookContext';

function cell(uri: string, text: string, more: { kind?: number; languageId?: string } = {}): Cell {
	const { kind = 2, languageId = 'python' } = more;
	return { kind, document: { uri: { toString: () => uri }, languageId, getText: () => text } };
}

describe('textOfEarlierCells', () => {
	it('is the code before the cell, in order', () => {
		const cells = [cell('1', 'import a'), cell('2', 'b = a.b()\r\nc = 1\n'), cell('3', 'd'), cell('4', 'e')];
		assert.equal(textOfEarlierCells(cells, '3'), 'import a\n\nb = a.b()\nc = 1\n\n');
	});

	it('is empty for the first cell and for a cell of another notebook', () => {
		assert.equal(textOfEarlierCells([cell('1', 'a')], '1'), '');
		assert.equal(textOfEarlierCells([cell('1', 'a')], 'x'), '');
		assert.equal(textOfEarlierCells([], 'x'), '');
	});

	it('leaves out prose, other languages, blank cells and cell magics of other languages', () => {
		const cells = [
			cell('1', '# Title', { kind: 1 }),
			cell('2', 'SELECT 1', { languageId: 'sql' }),
			cell('3', '  \n'),
			cell('4', '%%bash\nls'),
			cell('5', '%%time\nfit()'),
			cell('6', 'x'),
		];
		assert.equal(textOfEarlierCells(cells, '6'), '%%time\nfit()\n\n');
	});

	it('never asks a cell for its outputs', () => {
		const earlier = Object.defineProperty(cell('1', 'a'), 'outputs', {
			get: () => {
				throw new Error('outputs were read');
			},
		});
		assert.equal(textOfEarlierCells([earlier, cell('2', 'b')], '2'), 'a\n\n');
	});

	it('takes whole cells, the nearest ones, up to a bound', () => {
		const cells = [cell('1', 'a'), cell('2', 'b'.repeat(8000)), cell('3', 'c'.repeat(4000)), cell('4', 'd')];
		assert.equal(textOfEarlierCells(cells, '4').length, 12_004);
		const larger = [cell('0', 'a'), cell('1', 'b'.repeat(9000)), cell('2', 'c'.repeat(4000)), cell('3', 'd')];
		assert.equal(textOfEarlierCells(larger, '3'), `${'c'.repeat(4000)}\n\n`);
	});
});
