import assert from 'node:assert/strict';
import { foreignPart } from '../../../src/core/text/cellLanguage';

/** The end of the text is where the cursor stands. `undefined`: still the language of the cell. */
const cases: readonly [name: string, text: string, part: readonly [languageId: string, text: string] | undefined][] = [
	['a cell of bash', '%%bash\ncd src ', ['shellscript', '%%bash\ncd src ']],
	['a cell of bash behind other cells', 'import os\n\n%%bash\ncd src ', ['shellscript', '%%bash\ncd src ']],
	['a cell of JavaScript', '%%javascript\n', ['javascript', '%%javascript\n']],
	['a cell of HTML, in capitals', '%%HTML\n<p>', ['html', '%%HTML\n<p>']],
	['a cell of SQL with arguments', '%%bigquery frame\nselect ', ['sql', '%%bigquery frame\nselect ']],
	['a cell for another program', '%%script perl\nprint ', ['perl', '%%script perl\nprint ']],
	['a cell for a file', '%%writefile run.sh\ncd ', ['shellscript', '%%writefile run.sh\ncd ']],
	['a blank line in a cell of bash', '%%bash\ncd src\n\nmake ', ['shellscript', '%%bash\ncd src\n\nmake ']],
	['a shell escape', 'import os\n!cd src ', ['shellscript', '!cd src ']],
	['two signs', '!!ls ', ['shellscript', '!!ls ']],
	['an escape that is assigned', 'files = !ls ', ['shellscript', 'files = !ls ']],
	['an escape in a block', 'if a:\n    !ls ', ['shellscript', '    !ls ']],
	['a magic that is a command', '%pip install ', ['shellscript', '%pip install ']],
	['a cell that is timed', '%%time\nx = ', undefined],
	['a cell with a magic that is not known', '%%heat\nx = ', undefined],
	['a cell for a file of Python', '%%writefile a.py\nx = ', undefined],
	['a line that is timed', '%time x = f(', undefined],
	['a timed cell behind an escape', '!ls\n\n%%timeit\nx = ', undefined],
	['the line of the magic', '%%bash', undefined],
	['the line below an escape', '!ls\nx = ', undefined],
	['a comparison', 'x = a != ', undefined],
	['a comparison that goes on', 'x = (a\n    != ', undefined],
	['a remainder', 'x = (a\n    % b', undefined],
	['an escape in a string', 'x = """\n!important ', undefined],
	['a magic in a string', 'x = """\n\n%%bash\ncd ', undefined],
	['a cell of a script', '# %%\nx = ', undefined],
	['a magic below code', 'x = 1\n%%bash\ny = ', undefined],
];

describe('foreignPart', () => {
	for (const [name, text, part] of cases) {
		it(`finds ${part === undefined ? 'Python' : part[0]} in ${name}`, () => {
			const found = foreignPart(text, 'python');
			assert.deepEqual(found && [found.languageId, text.slice(found.start)], part);
		});
	}

	it('finds nothing in other languages', () => {
		for (const language of ['typescript', 'ruby', 'shellscript', 'markdown']) {
			assert.equal(foreignPart('!ready ', language), undefined);
			assert.equal(foreignPart('%%bash\ncd ', language), undefined);
		}
	});
});
