import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { SafeTokenizer } from '../../../src/engine/safeTokenizer';
import { TokenText } from '../../../src/engine/tokenText';

const names = ['</s>', '<s>', '<|fim|>', ' <PRE>'];
const forbidden = new Map(names.map((name, index) => [index, name.replace(' ', '▁')]));

/** A tokeniser as careless as a real one: a control token's text becomes the control token. */
function encode(text: string): number[] {
	const parts = text.match(/<\/s>|<s>|<\|fim\|>| <PRE>|[\s\S]/gu) ?? [];
	return parts.map(part => (names.includes(part) ? names.indexOf(part) : 100 + (part.codePointAt(0) ?? 0)));
}

function textOf(tokens: readonly number[]): string {
	return tokens.map(token => names[token] ?? String.fromCodePoint(token - 100)).join('');
}

describe('SafeTokenizer', () => {
	const tokenizer = new SafeTokenizer(encode, forbidden);

	it('leaves ordinary text to the tokeniser', () => {
		assert.deepEqual(tokenizer.tokenize('a </t> b'), encode('a </t> b'));
	});

	it('spells what looks like a control token', () => {
		const text = '</s><s> x <|fim|></s> <PRE>';
		const tokens = tokenizer.tokenize(text);
		assert.equal(textOf(tokens), text);
		assert.ok(!tokens.some(token => forbidden.has(token)));
	});

	it('leaves out what has no text of its own', () => {
		const unknown = new SafeTokenizer(() => [5, 7, 5], new Map([[7, '']]));
		assert.deepEqual(unknown.tokenize('anything'), [5, 5]);
	});

	it('never lets a control token through, and loses no text', () => {
		const pieces = fc.constantFrom('<', '/', 's', '>', '|', 'fim', ' ', '<PRE>', '</s>', '<|fim|>', 'a');
		fc.assert(
			fc.property(fc.array(pieces), parts => {
				const tokens = tokenizer.tokenize(parts.join(''));
				assert.equal(textOf(tokens), parts.join(''));
				assert.ok(!tokens.some(token => forbidden.has(token)));
			}),
		);
	});
});

describe('TokenText', () => {
	/** A token a byte, as byte fallback makes of characters that a vocabulary lacks. */
	const decodeBytes = (tokens: readonly number[]): string => Buffer.from(tokens).toString('utf8');

	it('holds a character back until all of its bytes are there', () => {
		const text = new TokenText(decodeBytes, []);
		const added = [...Buffer.from('aé😀')].map(byte => text.add(byte));
		assert.deepEqual(added, ['a', '', 'é', '', '', '', '😀']);
	});

	it('loses nothing of any text', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: 'grapheme' }).filter(any => !any.includes('\uFFFD')),
				any => {
					const text = new TokenText(decodeBytes, []);
					assert.equal([...Buffer.from(any)].map(byte => text.add(byte)).join(''), any);
				},
			),
		);
	});

	it('says when bytes can make no character', () => {
		const text = new TokenText(decodeBytes, []);
		assert.deepEqual(
			[0xf0, 0xf0, 0xf0, 0xf0].map(byte => text.add(byte)),
			['', '', '', undefined],
		);
		assert.equal(new TokenText(decodeBytes, []).add(0x61), 'a');
	});

	it('tells the decoder what stood before', () => {
		const seen: (readonly number[])[] = [];
		const text = new TokenText(
			(tokens, before) => {
				seen.push(before);
				return String(tokens);
			},
			[1, 2, 3, 4],
		);
		text.add(5);
		text.add(6);
		assert.deepEqual(seen, [
			[2, 3, 4],
			[3, 4, 5],
		]);
	});
});
