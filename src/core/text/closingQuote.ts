/** Index of the quote that closes, -1 for none. Only a backtick string and one with three quotes may span lines. */
export function closingQuote(text: string, from: number, quote: string): number {
	const spansLines = quote === '`' || quote.length === 3;
	for (let index = from; index < text.length; index++) {
		const character = text.charAt(index);
		if (character === '\\') {
			index++;
		} else if (text.startsWith(quote, index)) {
			return index;
		} else if (character === '\n' && !spansLines) {
			return -1;
		}
	}
	return -1;
}
