import { longestParsed } from '../completion/syntaxScope';
import type { CodeFact, CodeOutline, Outliner, OutlineSource } from './codeFacts';
import type { ExplainDocument, ExplainTarget } from './explainTarget';
import { visibleControls } from './visibleControls';

export interface Outlined {
	readonly outline: CodeOutline | undefined;
	/** Sentences about what is missing. */
	readonly notes: readonly string[];
}

/** What the syntax of the target tells, in the light of the whole document where that is not too long to be parsed. */
export async function outlineTarget(
	document: ExplainDocument,
	target: ExplainTarget,
	outliner: Outliner,
): Promise<Outlined> {
	const { languageId } = document;
	if (!outliner.knows(languageId)) {
		const note = `Sotto has no grammar for the language ${languageId}, so what the code does step by step is left out.`;
		return { outline: undefined, notes: [note] };
	}
	const outline = await outliner.outline(sourceOf(document, target));
	if (outline === undefined) {
		return { outline, notes: ['The parser did not answer, so what the code does step by step is left out.'] };
	}
	const notes = outline.isPartial ? ['What the code does step by step has gaps: not all of it could be read.'] : [];
	return { outline: { ...outline, facts: outline.facts.map(visible) }, notes };
}

function sourceOf(document: ExplainDocument, { start, code }: ExplainTarget): OutlineSource {
	const { languageId } = document;
	const before = textOf(document, 0, start.line);
	const text = before === undefined ? undefined : textOf(document, 0, document.lineCount);
	if (before === undefined || text === undefined) {
		return { languageId, text: code, linesBefore: start.line, from: 0, to: code.length };
	}
	const from = before.length + start.character;
	return { languageId, text, linesBefore: 0, from, to: from + code.length };
}

/** The lines with their line ends; `undefined` where that is too much to parse. */
function textOf(document: ExplainDocument, from: number, to: number): string | undefined {
	const lines: string[] = [];
	let length = 0;
	for (let line = from; line < to; line++) {
		const text = `${document.lineAt(line)}\n`;
		length += text.length;
		if (length > longestParsed) {
			return undefined;
		}
		lines.push(text);
	}
	return lines.join('');
}

function visible(fact: CodeFact): CodeFact {
	return { ...fact, codes: fact.codes.map(visibleControls) };
}
