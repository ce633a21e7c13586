import assert from 'node:assert/strict';
import { referencedNames } from '../../../../src/core/context/definitions/referencedNames';
import { atCursor } from '../../../support/cursor';

function names(text: string, languageId = 'typescript', limit = 8): readonly string[] {
	const document = { uri: 'file:///a', path: 'a', languageId, version: 1, ...atCursor(text) };
	return referencedNames(document, limit).map(({ name, isImported, offset }) => {
		assert.equal(document.prefix.slice(offset, offset + name.length), name);
		return isImported ? `${name}!` : name;
	});
}

describe('names that the code at the cursor refers to', () => {
	it('are imported ones first, then calls and types, from the cursor upwards', () => {
		const text = "import { send, limit } from './m';\nconst q: Queue = make();\nif (limit) send(q, ‸";
		assert.deepEqual(names(text), ['send!', 'limit!', 'make', 'Queue']);
	});

	it('are those of Python, too', () => {
		assert.deepEqual(names('from .m import send\n\ndef run(q):\n    send(flush(q), ‸', 'python'), ['send!', 'flush']);
	});

	it('are not those of strings, comments, import lines and keywords', () => {
		assert.deepEqual(names("import { send } from './m';\n// send(Queue)\nconst a = 'Queue';\nif (a) {‸"), []);
	});

	it('are not those that the file declares itself', () => {
		const text = 'class Queue {}\nfunction flush() {}\nconst make = () => 1;\nflush(make(), Queue, other(‸';
		assert.deepEqual(names(text), ['other']);
	});

	it('are only those near the cursor', () => {
		assert.deepEqual(names(`far();\n${'\n'.repeat(40)}near(‸`), ['near']);
	});

	it('are no more than asked for', () => {
		assert.deepEqual(names('a1(); b1(); c1(‸', 'typescript', 2), ['c1', 'b1']);
	});

	it('may hold signs of a regular expression', () => {
		assert.deepEqual(names('import { $on, a$ } from "./m";\n$on(a$, ‸'), ['a$!', '$on!']);
	});

	it('of nothing are none', () => {
		assert.deepEqual(names('‸'), []);
	});
});
