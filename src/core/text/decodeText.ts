/** Byte order marks and the encodings that they announce. A file without a mark is UTF-8. */
const encodings: readonly (readonly [mark: readonly number[], encoding: string])[] = [
	[[0xff, 0xfe], 'utf-16le'],
	[[0xfe, 0xff], 'utf-16be'],
];

/** The text of a file as the editor shows it: without a byte order mark, every kind of line end as LF. */
export function decodeText(bytes: Uint8Array): string {
	const [, encoding = 'utf-8'] = encodings.find(([mark]) => mark.every((byte, index) => bytes[index] === byte)) ?? [];
	// The decoder takes the mark away.
	return new TextDecoder(encoding).decode(bytes).replace(/\r\n?/g, '\n');
}
