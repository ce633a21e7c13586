import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hunksOf } from '../../../bench/traces/hunks';
import { readTrace, replay } from '../../../bench/traces/trace';
import { randomNumbers, Typist } from '../../../bench/traces/typist';

const traces = join(import.meta.dirname, '../../../bench/traces');
const code = 'function f(a) {\n\tif (a[0]) {\n\t\treturn call(a);\n\t}\n}';

function type(target: string, seed: number): Typist {
	const typist = new Typist('a.ts', 'first\n\nlast\n', randomNumbers(seed));
	typist.jumpTo('first');
	typist.write(`\n${target}`);
	return typist;
}

describe('Typist', () => {
	it('writes the text, whatever mistakes it makes on the way', () => {
		for (let seed = 1; seed <= 20; seed++) {
			const last = [...replay(type(code, seed).events)].at(-1);
			assert.equal(`${last?.prefix ?? ''}${last?.suffix ?? ''}`, `first\n${code}\n\nlast\n`);
		}
	});

	it('does the same for the same seed', () => {
		assert.deepEqual(type(code, 7).events, type(code, 7).events);
		assert.notDeepEqual(type(code, 7).events, type(code, 8).events);
	});

	it('removes lines and goes to another file', () => {
		const typist = new Typist('a.ts', 'one\ntwo\nthree\nfour', randomNumbers(1));
		typist.jumpToLine(0);
		typist.removeLines(2);
		typist.open('b.ts', 'five');
		typist.jumpToLine(0);
		const texts = [...replay(typist.events)].map(({ path, prefix, suffix }) => `${path} ${prefix}‸${suffix}`);
		assert.deepEqual(texts.slice(1), ['a.ts one‸\nfour', 'b.ts five‸']);
	});

	it('lets the editor close brackets and indent lines', () => {
		const edits = type('f(a) {\n\tb;\n}', 1).events.map(event => ('edit' in event ? event.edit.insert : undefined));
		assert.ok(['()', '{}', '\n\t\n'].every(text => edits.includes(text)));
	});
});

describe('hunksOf', () => {
	it('tells where lines go and what comes, with the line above', () => {
		const diff =
			'diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -3 +3,2 @@ context\n-old\n+new\n++more\n@@ -9,2 +10,0 @@\n-x\n-y\n@@ -0,0 +1 @@\n+top\n';
		assert.deepEqual(hunksOf(diff), [
			{ line: 1, removed: 1, added: ['new', '+more'] },
			{ line: 9, removed: 2, added: [] },
			{ line: -1, removed: 0, added: ['top'] },
		]);
	});
});

describe('the traces in the repository', () => {
	const names = readdirSync(traces).filter(name => name.endsWith('.jsonl'));
	assert.equal(names.length, 4);
	for (const name of names) {
		it(`${name} keeps its cursor in its text, and has all kinds of keys`, () => {
			const moments = [...replay(readTrace(join(traces, name)))];
			assert.ok(moments.length > 100);
			assert.ok(moments.every(({ event, prefix }) => prefix.length === event.cursor && event.gap >= 0));
			const kinds = new Set(moments.map(({ event }) => event.kind));
			assert.ok(['type', 'newline', 'backspace', 'accept'].every(kind => kinds.has(kind as 'type')));
		});
	}
});
