import MarkdownIt, { type Token } from 'markdown-it';

/**
 * The only result that Markdown from a model or a language server can have: a closed set of elements without attributes, text, and
 * references to lines of the explained file. markdown-it is only the parser; its renderer never runs.
 */
export type InertTag = (typeof inertTags)[number];
export const inertTags = [
	'p',
	'ul',
	'ol',
	'li',
	'pre',
	'code',
	'strong',
	'em',
	'blockquote',
	'h3',
	'h4',
	'h5',
	'h6',
] as const;

export type InertNode =
	| string
	| { readonly tag: InertTag; readonly children: readonly InertNode[] }
	/** "lines 3-9": from 1, the last included. */
	| { readonly tag: 'lines'; readonly first: number; readonly last: number; readonly text: string };

/** `commonmark` has no tables and no typographic replacements; raw HTML is text to it once `html` is off. */
const parser = new MarkdownIt('commonmark', { html: false, linkify: false });

const containers: Readonly<Record<string, InertTag>> = {
	paragraph: 'p',
	bullet_list: 'ul',
	ordered_list: 'ol',
	list_item: 'li',
	blockquote: 'blockquote',
	strong: 'strong',
	em: 'em',
};

/** The page has h1 and h2 itself. */
const headings: readonly InertTag[] = ['h3', 'h4', 'h5', 'h6'];

export function inertTree(markdown: string): readonly InertNode[] {
	return build(parser.parse(markdown, {}));
}

const inline: readonly InertTag[] = ['code', 'strong', 'em'];

/** The text of the nodes, one block to a line, for screen readers. */
export function inertText(nodes: readonly InertNode[]): string {
	return nodes
		.map(node => {
			if (typeof node === 'string') {
				return node;
			}
			return node.tag === 'lines' ? node.text : inertText(node.children) + (inline.includes(node.tag) ? '' : '\n');
		})
		.join('');
}

interface Open {
	/** Undefined where the container itself is not shown: its children stand in its place. */
	readonly tag: InertTag | undefined;
	readonly children: InertNode[];
	/** Said after the children: where a link would have led. */
	readonly after: string;
}

/** markdown-it's flat list of openings and closings as a tree. A kind it does not know contributes its text only. */
function build(tokens: readonly Token[]): readonly InertNode[] {
	const root: Open = { tag: undefined, children: [], after: '' };
	const stack: Open[] = [root];
	for (const token of tokens) {
		const parent = stack.at(-1) ?? root;
		if (token.nesting === 1) {
			stack.push({ tag: tagOf(token), children: [], after: linkTarget(token) });
		} else if (token.nesting === -1) {
			close(stack, root);
		} else {
			parent.children.push(...leaf(token));
		}
	}
	while (stack.length > 1) {
		close(stack, root);
	}
	return root.children;
}

function close(stack: Open[], root: Open): void {
	const done = stack.length > 1 ? stack.pop() : undefined;
	if (done === undefined) {
		return;
	}
	const parent = stack.at(-1) ?? root;
	const label = inertText(done.children);
	// A bare address is its own label, and is not said twice.
	const after = done.after === '' || done.after === label ? [] : [` (${done.after})`];
	const children = [...done.children, ...after];
	parent.children.push(...(done.tag === undefined ? children : [{ tag: done.tag, children }]));
}

function tagOf(token: Token): InertTag | undefined {
	if (token.hidden) {
		return undefined;
	}
	const kind = token.type.replace(/_open$/, '');
	if (kind === 'heading') {
		return headings[Math.min(Number(token.tag.slice(1)), headings.length) - 1] ?? 'h6';
	}
	return containers[kind];
}

function linkTarget(token: Token): string {
	return token.type === 'link_open' ? String(token.attrGet('href') ?? '') : '';
}

function leaf(token: Token): readonly InertNode[] {
	switch (token.type) {
		case 'inline':
			return linkLines(joinTexts(build(token.children ?? [])));
		case 'code_inline':
			return [{ tag: 'code', children: [token.content] }];
		case 'fence':
		case 'code_block':
			return [{ tag: 'pre', children: [{ tag: 'code', children: [token.content.replace(/\n$/, '')] }] }];
		case 'image':
			return [`${token.content} (${String(token.attrGet('src') ?? '')})`];
		case 'softbreak':
			return [' '];
		case 'hardbreak':
			return ['\n'];
		default:
			return token.content === '' ? [] : [token.content];
	}
}

function joinTexts(nodes: readonly InertNode[]): readonly InertNode[] {
	const joined: InertNode[] = [];
	for (const node of nodes) {
		const previous = joined.at(-1);
		if (typeof node === 'string' && typeof previous === 'string') {
			joined[joined.length - 1] = previous + node;
		} else {
			joined.push(node);
		}
	}
	return joined;
}

/** Text outside code, however deep, with its line references taken out. */
function linkLines(nodes: readonly InertNode[]): readonly InertNode[] {
	return nodes.flatMap(node => {
		if (typeof node === 'string') {
			return withLines(node);
		}
		const isPlain = node.tag === 'lines' || node.tag === 'code';
		return [isPlain ? node : { tag: node.tag, children: linkLines(joinTexts(node.children)) }];
	});
}

const lineReference = /\b(?:lines?\s+|L)(\d{1,6})\b(?:\s*(?:-|–|—|to|through)\s*(?:lines?\s+|L)?(\d{1,6})\b)?/gi;

/** Text with its "line 12" and "lines 12-15" taken out as references. Line 0 and backward ranges are only text. */
function withLines(text: string): readonly InertNode[] {
	const nodes: InertNode[] = [];
	let end = 0;
	for (const match of text.matchAll(lineReference)) {
		const first = Number(match[1]);
		const last = Number(match[2] ?? match[1]);
		if (first < 1 || last < first) {
			continue;
		}
		nodes.push(text.slice(end, match.index), { tag: 'lines', first, last, text: match[0] });
		end = match.index + match[0].length;
	}
	return [...nodes, text.slice(end)].filter(node => node !== '');
}
