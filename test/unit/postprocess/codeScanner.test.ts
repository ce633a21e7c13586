import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CodeScanner } from '../../../src/core/postprocess/codeScanner';
import { scanCode, type ScannedCode } from '../../../src/core/postprocess/scanMarks';
import { piece } from './situations';

/** Some screens of code, longer than what the scanner compares at once. */
const pieces = fc.array(piece, { minLength: 200, maxLength: 400, size: 'max' });
const edit = fc.record({ at: fc.nat(400), removed: fc.nat(3), put: fc.array(piece, { maxLength: 3 }) });
const edits = fc.array(edit, { minLength: 1, maxLength: 12 });
const languageId = fc.constantFrom('typescript', 'python', 'html', 'go', 'rust', 'lua');
const open = fc.constantFrom('', '`', '"', '"""', '/*', '//');

function found({ marks, open: atEnd, restarts }: ScannedCode): unknown {
	return { marks, open: atEnd, restarts };
}

/** A file of one statement a line. */
function statements(count: number): string {
	return Array.from({ length: count }, (_, line) => `call(${line}, { a: [${line}] });\n`).join('');
}

describe('the scanner that remembers', () => {
	it('finds what a scan from the start finds, whatever is edited and wherever the text begins', () => {
		fc.assert(
			fc.property(pieces, edits, languageId, open, (written, changes, language, begins) => {
				const scanner = new CodeScanner();
				const text = [...written];
				for (const { at, removed, put } of changes) {
					text.splice(at % text.length, removed, ...put);
					const whole = text.join('');
					for (const each of [whole, whole.slice(0, whole.length / 2), whole.slice(whole.length / 3)]) {
						assert.deepEqual(found(scanner.scan(each, language, begins)), found(scanCode(each, language, begins)));
					}
				}
			}),
			{ numRuns: 150 },
		);
	});

	it('takes up a scan at the last line before the change, and keeps the marks before it', () => {
		const scanner = new CodeScanner();
		const before = scanner.scan(statements(100), 'typescript', '');
		const after = scanner.scan(`${statements(100)}call(`, 'typescript', '');
		const own = after.marks.filter((mark, index) => mark !== before.marks[index]);
		assert.deepEqual(
			own.map(({ character }) => character),
			['('],
		);
	});

	it('knows a text again', () => {
		const scanner = new CodeScanner();
		const first = scanner.scan(statements(10), 'typescript', '');
		scanner.scan(statements(20), 'typescript', '');
		assert.equal(scanner.scan(statements(10), 'typescript', ''), first);
		assert.notEqual(scanner.scan(statements(10), 'python', ''), first);
		assert.notEqual(scanner.scan(statements(10), 'typescript', '"'), first);
	});

	it('takes up nothing behind a template that nothing closed yet', () => {
		const scanner = new CodeScanner();
		const text = `a = \`(\n${statements(40)}`;
		const opened = scanner.scan(text, 'typescript', '');
		assert.deepEqual(opened.restarts, []);
		assert.deepEqual(
			scanner.scan(`${text}\`)`, 'typescript', '').marks.map(({ character }) => character),
			['=', '`', '`', ')'],
		);
	});

	it('takes up nothing behind a line end that a string may go beyond', () => {
		const scanner = new CodeScanner();
		scanner.scan("'\\\n", 'typescript', '');
		assert.deepEqual(found(scanner.scan("'\\\n}'", 'typescript', '')), found(scanCode("'\\\n}'", 'typescript', '')));
	});

	it('forgets texts that were not asked for lately', () => {
		const scanner = new CodeScanner();
		const first = scanner.scan('f(0)', 'typescript', '');
		for (let other = 1; other <= 8; other++) {
			scanner.scan(`f(${other})`, 'typescript', '');
		}
		assert.notEqual(scanner.scan('f(0)', 'typescript', ''), first);
	});
});
