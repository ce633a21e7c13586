import fc from 'fast-check';

/** Pieces that documents and models are made of: brackets, quotes, line ends, words, hostile characters. */
export const piece = fc.oneof(
	{ weight: 8, arbitrary: fc.constantFrom('(', ')', '[', ']', '{', '}', '"', "'", '`', ';', ',', '<', '>', '/', ' ') },
	{ weight: 5, arbitrary: fc.constantFrom('\n', '\n\t', '\n    ', '\r\n', ' = ', ' => ', '\\', '//', '#', '/*', '*/') },
	{ weight: 5, arbitrary: fc.constantFrom('foo', 'bar', 'return', 'x', '1', 'const a = 1;', '</div>', '${') },
	{ weight: 1, arbitrary: fc.constantFrom('👩‍💻', '\u202e', '\u200b', '<|endoftext|>', '\u0000', 'é', '\ud83d') },
	{ weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);
export const code = fc.array(piece, { maxLength: 24 }).map(pieces => pieces.join(''));
export const lfCode = code.map(text => text.replaceAll('\r', ''));

/** The text around the cursor and the model's text there. */
export const situation = fc.record({
	text: fc.oneof(
		code,
		fc.tuple(code, code).map(([a, b]) => a + b),
	),
	replaceAfter: fc.integer({ min: -3, max: 40 }),
	prefix: lfCode,
	suffix: lfCode,
	languageId: fc.constantFrom('typescript', 'python', 'html', 'markdown', 'lua'),
	stopReason: fc.constantFrom(undefined, 'token-limit', 'end-of-line'),
});

/** The model tends to say what stands right of the cursor: random pieces alone would rarely do so. */
export const echo = fc.tuple(situation, code, fc.nat(30)).map(([one, more, length]) => ({
	...one,
	text: one.text + one.suffix.slice(0, length) + more,
}));
