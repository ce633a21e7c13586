import assert from 'node:assert/strict';
import {
	documentOf,
	filled,
	holeSimilarity,
	isExact,
	programOf,
} from '../../../../src/core/evaluation/infilling/infillingDocument';
import { addLine, addSpan } from './tasks';

const author = 'def add(a, b):\n    total = a + b\n    return total\n';

describe('a task as a document', () => {
	it('has an empty line at the cursor where whole lines are hidden', () => {
		const { prefix, suffix, path, languageId } = documentOf(addLine);
		assert.deepEqual([prefix, suffix], ['def add(a, b):\n', '\n    return total\n']);
		assert.deepEqual([path, languageId], ['solution.py', 'python']);
	});

	it('keeps the rest of the line where a stretch is hidden', () => {
		const { prefix, suffix } = documentOf(addSpan);
		assert.deepEqual([prefix, suffix], ['def add(a, b):\n    total ', 'b\n    return total\n']);
		assert.equal(prefix + addSpan.solution + suffix, author);
	});

	it('is the author’s file where the author’s line is accepted', () => {
		assert.equal(filled(documentOf(addLine), { text: '    total = a + b', replaceAfter: 0 }), author);
	});

	it('loses what the suggestion replaces', () => {
		const file = filled(documentOf(addSpan), { text: `${addSpan.solution}b`, replaceAfter: 1 });
		assert.equal(file, author);
	});
});

describe('judging a fill', () => {
	const fileWith = (text: string): string => filled(documentOf(addLine), { text, replaceAfter: 0 });

	it('is exact whatever the white space at line ends', () => {
		assert.ok(isExact(addLine, fileWith('    total = a + b')));
		assert.ok(isExact(addLine, fileWith('    total = a + b  ')));
	});

	it('is not exact with another indentation, another line or none', () => {
		assert.ok(!isExact(addLine, fileWith('  total = a + b')));
		assert.ok(!isExact(addLine, fileWith('    total = b + a')));
		assert.ok(!isExact(addLine, fileWith('    total = a + b\n    total += 0')));
		assert.ok(!isExact(addLine, fileWith('')));
	});

	it('measures likeness to the hidden text alone', () => {
		assert.equal(holeSimilarity(addLine, '    total = a + b'), 1);
		assert.equal(holeSimilarity(addLine, ''), 0);
		const one = holeSimilarity(addLine, '    total = a - b');
		assert.ok(one > 0.9 && one < 1);
	});

	it('runs the file, then the test, then the call', () => {
		assert.equal(programOf(addLine, author), `${author}\n${addLine.test}\ncheck(add)\n`);
	});
});
