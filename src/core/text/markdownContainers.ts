/** A block of Markdown that holds other blocks: a quote, or an item of a list with the width of its indentation. */
export type Container = { readonly kind: 'quote' } | { readonly kind: 'item'; readonly indent: number };

export interface ContainedLine {
	readonly containers: readonly Container[];
	/** The line without the markers and the indentation of those containers. */
	readonly rest: string;
}

const quoteMarker = /^ {0,3}> ?/;
/** Five spaces behind the marker begin indented code inside the item, so only the first of them belongs to the marker. */
const itemMarker = /^ {0,3}(?:[-+*]|\d{1,9}[.)])(?: {1,4}(?=[^ ])| (?= )| *$)/;

/** Nobody nests deeper. It bounds the work for a line of markers only. */
const deepest = 50;

/** The first of the containers that the line continues. */
export function matchContainers(line: string, containers: readonly Container[]): ContainedLine {
	let rest = line;
	for (const [index, container] of containers.entries()) {
		const next = container.kind === 'quote' ? behindQuote(rest) : behindIndent(rest, container.indent);
		if (next === undefined) {
			return { containers: containers.slice(0, index), rest };
		}
		rest = next;
	}
	return { containers, rest };
}

/**
 * The containers that a line begins, inside those that it continues.
 * @param isInParagraph the line would continue a paragraph if it began nothing, so not every list may start here.
 */
export function openContainers({ containers, rest }: ContainedLine, isInParagraph: boolean): ContainedLine {
	const opened = [...containers];
	let left = rest;
	if (isInParagraph && !isQuoteOrInterrupting(rest)) {
		return { containers, rest };
	}
	for (let next = openOne(left); next !== undefined && opened.length < deepest; next = openOne(left)) {
		opened.push(next.container);
		left = next.rest;
	}
	return { containers: opened, rest: left };
}

/** An empty item, and a list that does not begin with 1, do not end a paragraph. */
function isQuoteOrInterrupting(line: string): boolean {
	return quoteMarker.test(line) || /^ {0,3}(?:[-+*]|1[.)]) +\S/.test(line);
}

function openOne(line: string): { readonly container: Container; readonly rest: string } | undefined {
	const quoted = behindQuote(line);
	if (quoted !== undefined) {
		return { container: { kind: 'quote' }, rest: quoted };
	}
	const marker = itemMarker.exec(line)?.[0];
	if (marker === undefined) {
		return undefined;
	}
	const rest = line.slice(marker.length);
	return { container: { kind: 'item', indent: rest === '' ? marker.trimEnd().length + 1 : marker.length }, rest };
}

function behindQuote(line: string): string | undefined {
	const marker = quoteMarker.exec(line)?.[0];
	return marker === undefined ? undefined : line.slice(marker.length);
}

function behindIndent(line: string, indent: number): string | undefined {
	if (line.trim() === '') {
		return '';
	}
	return line.startsWith(' '.repeat(indent)) ? line.slice(indent) : undefined;
}
