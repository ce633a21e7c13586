import type { InertNode, InertTag } from './inertTree';

/** How nodes are made. The page's factory has `createElement` and text nodes and nothing else. */
export interface NodeFactory<N> {
	text(text: string): N;
	element(tag: InertTag, children: readonly N[]): N;
	lines(first: number, last: number, text: string): N;
}

export function mountTree<N>(nodes: readonly InertNode[], factory: NodeFactory<N>): readonly N[] {
	return nodes.map(node => {
		if (typeof node === 'string') {
			return factory.text(node);
		}
		return node.tag === 'lines'
			? factory.lines(node.first, node.last, node.text)
			: factory.element(node.tag, mountTree(node.children, factory));
	});
}

/** How many leading blocks two trees share. Streaming only ever changes the end, so the rest of the page is left alone. */
export function sharedBlocks(before: readonly InertNode[], after: readonly InertNode[]): number {
	const different = after.findIndex((node, index) => JSON.stringify(node) !== JSON.stringify(before[index]));
	return different === -1 ? after.length : different;
}
