/** The last `length` UTF-16 units of a text, or one less where that would cut a surrogate pair in two. */
export function tailOf(text: string, length: number): string {
	if (text.length <= length) {
		return text;
	}
	const start = text.length - Math.max(0, length);
	return text.slice(isLowSurrogate(text, start) ? start + 1 : start);
}

/** The first `length` UTF-16 units of a text, or one less where that would cut a surrogate pair in two. */
export function headOf(text: string, length: number): string {
	if (text.length <= length) {
		return text;
	}
	return text.slice(0, isLowSurrogate(text, length) ? length - 1 : length);
}

function isLowSurrogate(text: string, index: number): boolean {
	const unit = text.charCodeAt(index);
	return unit >= 0xdc00 && unit <= 0xdfff;
}
