import * as z from 'zod/mini';
import { explainActions, type ExplainView } from '../core/explain/explainView';

/**
 * The messages between the explain panel's host and its page. Both sides validate what they receive with this file; what
 * does not parse is dropped (and logged by the host).
 */

const line = z.number().check(z.int(), z.minimum(1), z.maximum(10_000_000));
const text = z.string().check(z.maxLength(1_000_000));
const list = <T extends z.ZodMiniType>(item: T) => z.array(item).check(z.maxLength(1000));

const block = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('code'), text, firstLine: line }),
	z.object({ kind: z.literal('markdown'), text }),
	z.object({
		kind: z.literal('list'),
		items: list(z.object({ text, code: z.optional(text), line: z.optional(line) })),
	}),
	z.object({
		kind: z.literal('outline'),
		facts: list(
			z.object({
				text,
				codes: list(text),
				firstLine: line,
				lastLine: line,
				depth: z.number().check(z.int(), z.minimum(0)),
			}),
		),
	}),
]);

const view = z.object({
	title: text,
	status: text,
	tone: z.enum(['busy', 'normal', 'problem']),
	notes: list(text),
	prose: text,
	isProseLast: z.boolean(),
	actions: list(z.enum(explainActions)),
	sections: list(z.object({ heading: text, blocks: list(block) })),
});

export const hostMessage = z.discriminatedUnion('type', [
	/** Everything, at each change but streamed text, and whenever the page asks with `ready`. */
	z.object({ type: z.literal('view'), view }),
	/** Text that follows the first `at` UTF-16 units of the prose. A page that has not exactly those asks again. */
	z.object({ type: z.literal('prose'), at: z.number().check(z.int(), z.minimum(0)), text }),
]);
export type HostMessage = { type: 'view'; view: ExplainView } | { type: 'prose'; at: number; text: string };
export type PageView = z.infer<typeof view>;

export const pageMessage = z.discriminatedUnion('type', [
	/** The page has loaded, or lost the thread: it wants the whole view. */
	z.object({ type: z.literal('ready') }),
	...explainActions.map(action => z.object({ type: z.literal(action) })),
	/** Show these lines of the explained file, both from 1, the last included. */
	z.object({ type: z.literal('reveal'), line, lastLine: z.optional(line) }),
]);
export type PageMessage = z.infer<typeof pageMessage>;

/** The message, or `undefined` when it is none. */
export function parsePageMessage(value: unknown): PageMessage | undefined {
	return pageMessage.safeParse(value).data;
}

export function parseHostMessage(value: unknown): z.infer<typeof hostMessage> | undefined {
	return hostMessage.safeParse(value).data;
}
