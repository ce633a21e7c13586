import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lineEnd, scanLexemes, wordAtEnd } from '../../../src/core/prior/lexemeScan';
import { TextIndex } from '../../../src/core/prior/textIndex';

function lexemes(text: string): string[] {
	const found: string[] = [];
	scanLexemes(text, (start, end) => found.push(text.slice(start, end)));
	return found;
}

function hashes(text: string): number[] {
	const found: number[] = [];
	scanLexemes(text, (_start, _end, hash) => found.push(hash));
	return found;
}

function indexOf(...parts: string[]): TextIndex {
	const index = new TextIndex();
	for (const part of parts) {
		index.append(part);
	}
	return index;
}

function contentOf(index: TextIndex): readonly unknown[] {
	return Array.from({ length: index.count }, (_, at) => [index.start(at), index.end(at), index.hash(at)]);
}

/** The results of `search`, shown by the text that follows each. */
function search(index: TextIndex, before: string, begun = '', least = 0): [text: string, agreeing: number][] {
	const found: [string, number][] = [];
	index.search({ context: hashes(before).reverse(), begun }, least, (lexeme, agreeing) => {
		found.push([index.text.slice(index.start(lexeme), index.end(lexeme)), agreeing]);
		return least;
	});
	return found;
}

describe('lexemes of the prior', () => {
	it('are words, single signs and line ends', () => {
		assert.deepEqual(lexemes('a_1 += $b.größe;\n\t"x"'), [
			'a_1',
			'+',
			'=',
			'$b',
			'.',
			'größe',
			';',
			'\n',
			'"',
			'x',
			'"',
		]);
	});

	it('hash the same when they are the same, and else differ', () => {
		const words = ['a', 'b', 'ab', 'ba', 'aa', '(', '\n', 'return'];
		assert.equal(new Set(words.flatMap(hashes)).size, words.length);
		assert.deepEqual(hashes('x'), hashes(' x '));
		assert.deepEqual(hashes('\n'), [lineEnd]);
	});

	it('tell the word at the end of a text', () => {
		assert.deepEqual(['a.bc', 'a.', '', 'π'].map(wordAtEnd), ['bc', '', '', 'π']);
	});
});

describe('TextIndex', () => {
	it('is the same whether the lines come one by one or at once', () => {
		const line = fc.array(fc.constantFrom('foo', ' ', '\t', '(', 'é', '.', '0'), { maxLength: 8 });
		fc.assert(
			fc.property(fc.array(line, { maxLength: 400 }), lines => {
				const texts = lines.map(parts => `${parts.join('')}\n`);
				const [whole, apart] = [indexOf(texts.join('')), indexOf(...texts)];
				assert.equal(apart.text, whole.text);
				assert.deepEqual(contentOf(apart), contentOf(whole));
			}),
			{ numRuns: 50 },
		);
	});

	it('takes blank lines for one line end, and none at the start', () => {
		assert.equal(indexOf('\n\na\n \n\n', '\nb').count, 3);
	});

	it('finds what stands behind the same lexemes, and how many are the same', () => {
		const index = indexOf('a.b(c);\nx.b(d);\n');
		assert.deepEqual(search(index, 'a.b(', '', 1), [
			['c', 4],
			['d', 3],
		]);
	});

	it('finds words that begin with what is typed, whatever stands in front of them', () => {
		const index = indexOf('first = fix(find)\n');
		assert.deepEqual(search(index, 'fix(', 'fi'), [
			['first', 0],
			['fix', 0],
			['find', 2],
		]);
	});

	it('leaves out what agrees less than is wanted', () => {
		assert.deepEqual(search(indexOf('a.b(c);\nx.b(d);\n'), 'a.b(', '', 4), [['c', 4]]);
	});

	it('tells the indentation of a line', () => {
		const index = indexOf('a\n\t\tb c\n');
		assert.deepEqual(
			[0, 2, 3].map(at => index.indent(at)),
			['', '\t\t', '\t\t'],
		);
	});
});
