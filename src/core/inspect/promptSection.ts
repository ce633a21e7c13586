import type { CompletionQuery, ContextPiece, PromptPart } from '../completion/completionEngine';
import { codeSpan, fenced } from '../explain/inertMarkdown';
import { markdownTable } from './markdownTable';
import type { CompletionRecord } from './outcomeLog';
import { promptOrigins, type PromptGroup } from './promptOrigins';

/** The source of each part of the prompt, and the prompt itself. Empty where the model was not asked. */
export function promptSections(
	{ position, outcome }: CompletionRecord,
	prompt: readonly PromptPart[] | undefined,
): readonly string[] {
	const query = outcome.kind === 'failure' ? undefined : outcome.query;
	if (query === undefined || prompt === undefined) {
		return [];
	}
	const groups = promptOrigins(prompt, query);
	const name = (each: PromptGroup): string => nameOf(each, query, position.line);
	const sources = groups.filter(({ origin }) => origin.kind !== 'control');
	const used = new Set(groups.flatMap(({ origin }) => (origin.kind === 'piece' ? [origin.index] : [])));
	const left = query.pieces.filter((_, index) => !used.has(index));
	return [
		'## The prompt',
		markdownTable(
			['Part', 'Tokens'],
			[
				...sources.map(each => [sentenceCase(name(each)), String(each.tokens)]),
				...left.map(piece => [pieceName(piece), '0: no room, or the model takes no other files']),
				['**All, with control tokens**', String(total(groups))],
			],
		),
		healingNote(groups, query),
		'Control tokens stand outside of the blocks. Everything inside a block is text, whatever it looks like.',
		...groups.map(each =>
			each.origin.kind === 'control'
				? `Control token ${codeSpan(each.text)}`
				: `${sentenceCase(name(each))}:\n\n${fenced(each.text, 'text')}`,
		),
	].filter(paragraph => paragraph !== '');
}

function nameOf({ origin, text }: PromptGroup, query: CompletionQuery, line: number): string {
	switch (origin.kind) {
		case 'piece': {
			const piece = query.pieces[origin.index];
			return piece === undefined ? 'a piece of another file' : pieceName(piece);
		}
		case 'path':
			return 'the path of this file';
		case 'before':
			return `text before the cursor${linesBefore(query.prefix, text, line)}`;
		case 'after':
			return `text after the cursor${lineRange(line, line + breaks(text.replace(/\n$/, '')))}`;
		case 'control':
		case 'other':
			return 'format of the model, or text that has changed since';
	}
}

function pieceName({ path, start, end }: ContextPiece): string {
	const lines = start === undefined || end === undefined ? '' : lineRange(start, Math.max(start, end - 1));
	return `${codeSpan(path)}${lines}`;
}

/** Empty for earlier cells of a notebook, which are before the document's own text and have no line numbers in it. */
function linesBefore(prefix: string, text: string, line: number): string {
	const at = prefix.lastIndexOf(text);
	const first = line - breaks(prefix.slice(at));
	return at === -1 || first < 0 ? '' : lineRange(first, first + breaks(text.replace(/\n$/, '')));
}

/** Converts lines counted from 0 to the numbers that an editor shows. */
function lineRange(first: number, last: number): string {
	return first === last ? `, line ${first + 1}` : `, lines ${first + 1} to ${last + 1}`;
}

/** The last characters are not in the prompt where the cursor may stand within a token. */
function healingNote(groups: readonly PromptGroup[], { prefix }: CompletionQuery): string {
	const last = groups.at(-1);
	if (last?.origin.kind !== 'before' || prefix.endsWith(last.text)) {
		return '';
	}
	const taken = prefix.slice(prefix.lastIndexOf(last.text) + last.text.length);
	return `Token healing: the prompt ends before ${codeSpan(JSON.stringify(taken))}, and the model had to write that again.`;
}

function total(groups: readonly PromptGroup[]): number {
	return groups.reduce((sum, { tokens }) => sum + tokens, 0);
}

function breaks(text: string): number {
	return text.split('\n').length - 1;
}

function sentenceCase(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
