import type { CompletionQuery, PromptPart } from '../completion/completionEngine';

/** The source of a part of a prompt. `other`: text of the model's format, or text that has changed since. */
export type PromptOrigin =
	| { readonly kind: 'control' | 'path' | 'before' | 'after' | 'other' }
	/** `index` in the query's pieces. */
	| { readonly kind: 'piece'; readonly index: number };

/** Neighbouring parts of one origin, as one. */
export interface PromptGroup extends PromptPart {
	readonly origin: PromptOrigin;
}

type Asked = Pick<CompletionQuery, 'path' | 'prefix' | 'suffix' | 'pieces'>;

/** The layout cuts a long path and keeps its end. This many characters of it must be there. */
const pathTail = 24;

/**
 * Finds the source of each part of a prompt by comparing its text with the query. The engine builds prompts in the format of
 * the model's family; this code does not depend on any format.
 */
export function promptOrigins(prompt: readonly PromptPart[], asked: Asked): readonly PromptGroup[] {
	const origins: (PromptOrigin | undefined)[] = prompt.map(({ kind }) =>
		kind === 'control' ? { kind: 'control' } : undefined,
	);
	for (const [index, piece] of asked.pieces.entries()) {
		for (const at of findPiece(prompt, origins, piece)) {
			origins[at] = { kind: 'piece', index };
		}
	}
	markPath(prompt, origins, asked);
	return group(prompt, origins, asked);
}

/** Indices of the parts that come from a piece: the line with its path, and its own lines. */
function findPiece(
	prompt: readonly PromptPart[],
	origins: readonly (PromptOrigin | undefined)[],
	piece: { readonly path: string; readonly text: string },
): number[] {
	const whole = `${piece.text}\n`;
	for (let at = 0; at < prompt.length; at++) {
		if (origins[at] !== undefined || !isPathLine(prompt[at], piece.path)) {
			continue;
		}
		const found = [at];
		let text = '';
		for (let next = at + 1; next < prompt.length && origins[next] === undefined; next++) {
			text += prompt[next]?.text ?? '';
			if (!whole.startsWith(text)) {
				break;
			}
			found.push(next);
		}
		if (found.length > 1) {
			return found;
		}
	}
	return [];
}

/** The file's own path is at the start of the prompt, or directly behind a control token or a piece. */
function markPath(
	prompt: readonly PromptPart[],
	origins: (PromptOrigin | undefined)[],
	{ path, prefix }: Pick<Asked, 'path' | 'prefix'>,
): void {
	const at = prompt.findIndex((part, index) => {
		const isBehindMark = index === 0 || origins[index - 1] !== undefined;
		return origins[index] === undefined && isBehindMark && isPathLine(part, path) && !isCode(prompt, index, prefix);
	});
	if (at !== -1) {
		origins[at] = { kind: 'path' };
	}
}

/** A file may begin with its path, in a comment: then the lines behind it are those of the file. */
function isCode(prompt: readonly PromptPart[], at: number, prefix: string): boolean {
	const next = prompt[at + 1];
	return next?.kind === 'text' && prefix.includes(`${prompt[at]?.text ?? ''}${next.text}`);
}

function isPathLine(part: PromptPart | undefined, path: string): boolean {
	return part?.text.endsWith(`${path.slice(-pathTail)}\n`) === true;
}

function group(
	prompt: readonly PromptPart[],
	origins: readonly (PromptOrigin | undefined)[],
	asked: Asked,
): readonly PromptGroup[] {
	const groups: (PromptPart & { readonly origin: PromptOrigin | undefined })[] = [];
	for (const [index, part] of prompt.entries()) {
		const origin = origins[index];
		const last = groups.at(-1);
		if (last !== undefined && part.kind === 'text' && isSame(last.origin, origin)) {
			groups[groups.length - 1] = { ...last, text: last.text + part.text, tokens: last.tokens + part.tokens };
		} else {
			groups.push({ ...part, origin });
		}
	}
	const texts = groups.flatMap(({ origin, text }) => (origin === undefined ? [text] : []));
	const inPrefix = texts.filter(text => asked.prefix.includes(text)).toSorted((a, b) => b.length - a.length);
	const sideOf = (text: string): PromptOrigin => ({ kind: text === inPrefix[0] ? 'before' : nearest(text, asked) });
	return groups.map(({ origin, ...rest }) => ({ ...rest, origin: origin ?? sideOf(rest.text) }));
}

function isSame(a: PromptOrigin | undefined, b: PromptOrigin | undefined): boolean {
	return a?.kind === b?.kind && (a?.kind !== 'piece' || b?.kind !== 'piece' || a.index === b.index);
}

/** Tells on which side of the cursor a text of the document is. A blank line may be on both; the longest text is before it. */
function nearest(text: string, { prefix, suffix }: Asked): 'before' | 'after' | 'other' {
	if (suffix.startsWith(text)) {
		return 'after';
	}
	return prefix.includes(text) ? 'before' : suffix.includes(text) ? 'after' : 'other';
}
