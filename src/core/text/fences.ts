import { matchContainers, openContainers, type ContainedLine, type Container } from './markdownContainers';

/** A fenced block of Markdown that the end of a text stands in. */
export interface OpenFence {
	/** The first word behind the opening fence, such as `ts`; empty where there is none. */
	readonly info: string;
	/** The text of the block so far, without the markers of quotes and lists around it. */
	readonly text: string;
}

interface Block {
	/** Backticks or tildes, as many as opened the block; empty for raw HTML. */
	readonly fence: string;
	/** Ends raw HTML, in which a fence means nothing. */
	readonly htmlEnd?: RegExp;
	readonly info: string;
	readonly containers: readonly Container[];
	readonly lines: string[];
}

/** Headings and thematic breaks. */
const notParagraph = /^ {0,3}(?:#{1,6}(?:\s|$)|([-*_])[ \t]*(?:\1[ \t]*){2,}$)/;

/** Makes a heading of the paragraph above. */
const underline = /^ {0,3}(?:=+|-+)[ \t]*$/;

/** Info behind backticks holds none: three backticks around text in one line are inline code. */
const opening = /^ {0,3}(?:(`{3,})([^`]*)|(~{3,})(.*))$/;

const blockTags =
	'address article aside blockquote body center details dialog div dl dt dd fieldset figure form h1 h2 h3 h4 h5 h6 head header hr html iframe li link main menu nav ol option p section summary table tbody td tfoot th thead title tr ul';

/** CommonMark's HTML blocks that are likely to hold fences. */
const htmlBlocks: readonly (readonly [start: RegExp, end: RegExp])[] = [
	[/^ {0,3}<!--/, /-->/],
	[new RegExp(`^ {0,3}</?(?:${blockTags.replaceAll(' ', '|')})(?:\\s|/?>|$)`, 'i'), /^\s*$/],
	[/^ {0,3}<(?:pre|script|style|textarea)(?:[\s>]|$)/i, /<\/(?:pre|script|style|textarea)>/i],
];

/**
 * The fenced block that the end of a Markdown text stands in, as CommonMark defines it: with tildes or backticks, closed by a
 * fence of at least the same length, within quotes and list items. `undefined` outside, and on the lines of the fences.
 */
export function openFence(text: string): OpenFence | undefined {
	const lines = text.split('\n').map(expandTabs);
	const last = lines.pop() ?? '';
	const { block } = lines.reduce(afterLine, { containers: [], isParagraph: false, block: undefined });
	if (block === undefined || block.htmlEnd !== undefined) {
		return undefined;
	}
	// The line will get text, so it must not be read as a blank line, which would belong to any list item.
	const { containers: matched, rest } = matchContainers(`${last}x`, block.containers);
	if (matched.length < block.containers.length || isClosing(rest.slice(0, -1), block)) {
		return undefined;
	}
	return { info: block.info, text: [...block.lines, rest.slice(0, -1)].join('\n') };
}

interface State {
	readonly containers: readonly Container[];
	/** The next line may continue a paragraph without the markers of its containers. */
	readonly isParagraph: boolean;
	readonly block: Block | undefined;
}

function afterLine(above: State, line: string): State {
	const { block } = above;
	const matched = matchContainers(line, block?.containers ?? above.containers);
	const { containers, rest } = matched;
	if (block === undefined || containers.length < block.containers.length) {
		return outsideLine(matched, above);
	}
	if (isClosing(rest, block)) {
		return { containers, isParagraph: false, block: undefined };
	}
	block.lines.push(rest);
	return above;
}

function outsideLine(matched: ContainedLine, above: State): State {
	const isInParagraph = above.isParagraph && matched.containers.length === above.containers.length;
	const { containers, rest } = openContainers(matched, isInParagraph);
	const block = blockFrom(rest, containers);
	if (block !== undefined) {
		return { containers, isParagraph: false, block: block === 'closed' ? undefined : block };
	}
	const isNew = containers.length > matched.containers.length;
	const isUnderline = isInParagraph && !isNew && underline.test(rest);
	const isParagraph = isParagraphText(rest, above.isParagraph) && !isUnderline;
	const isLazy = isParagraph && above.isParagraph && !isNew;
	return { containers: isLazy ? above.containers : containers, isParagraph, block: undefined };
}

/** Text that is indented as code begins no paragraph, but continues one. */
function isParagraphText(line: string, isContinued: boolean): boolean {
	return line.trim() !== '' && !notParagraph.test(line) && (isContinued || !line.startsWith('    '));
}

/** The block that a line opens; `closed` for HTML that ends on the same line. */
function blockFrom(line: string, containers: readonly Container[]): Block | 'closed' | undefined {
	const html = htmlBlocks.find(([start]) => start.test(line));
	if (html !== undefined) {
		const [, end] = html;
		return end.test(line) ? 'closed' : { fence: '', htmlEnd: end, info: '', containers, lines: [] };
	}
	const [, ticks, tickInfo, tildes, tildeInfo] = opening.exec(line) ?? [];
	const fence = ticks ?? tildes;
	return fence === undefined
		? undefined
		: { fence, info: firstWord(tickInfo ?? tildeInfo ?? ''), containers, lines: [] };
}

function isClosing(line: string, { fence, htmlEnd }: Block): boolean {
	if (htmlEnd !== undefined) {
		return htmlEnd.test(line);
	}
	const run = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1] ?? '';
	return run.startsWith(fence);
}

/** Understands Rust's `rust,no_run`, R Markdown's `{r, echo = FALSE}` and Pandoc's `{.python}` as well. */
function firstWord(info: string): string {
	return /[^\s,{}]+/.exec(info)?.[0].replace(/^\./, '') ?? '';
}

/** Tabs before the text of a line count as CommonMark says: up to the next multiple of four columns. */
function expandTabs(line: string): string {
	const indent = /^[ \t>+*\d.)-]*/.exec(line)?.[0] ?? '';
	if (!indent.includes('\t')) {
		return line;
	}
	const expanded = indent.replace(/[^\t]*\t/g, part => part.slice(0, -1).padEnd(Math.ceil(part.length / 4) * 4));
	return expanded + line.slice(indent.length);
}
