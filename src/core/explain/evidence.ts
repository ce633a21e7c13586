import { factLines, type CodeOutline, type FactLine } from './codeFacts';
import { codeSpan, escapeLine, fenced, inertMarkdown } from './inertMarkdown';

/** What the editor knows about a piece of code. Plain data; all lines count from 1, and a range includes its last line. */
export interface Evidence {
	/** Relative to the workspace, forward slashes. */
	readonly path: string;
	readonly languageId: string;
	readonly firstLine: number;
	readonly lastLine: number;
	readonly code: string;
	/** The symbols around the code, outermost first. */
	readonly symbols: readonly EvidenceSymbol[];
	/** Hover text of the main symbol, Markdown as the language server wrote it. Empty when there is none. */
	readonly documentation: string;
	/** What the code calls. */
	readonly definitions: readonly EvidenceDefinition[];
	readonly diagnostics: readonly EvidenceDiagnostic[];
	/** How often the main symbol is used; absent when the editor could not say. */
	readonly references?: number | undefined;
	/** What its syntax tells; absent where no grammar knows the language. */
	readonly outline?: CodeOutline | undefined;
	/** Sentences about what was chosen, cut or left out. */
	readonly notes: readonly string[];
}

export interface EvidenceSymbol {
	readonly name: string;
	/** In words: `class`, `method`, `function`. */
	readonly kind: string;
	readonly line: number;
}

export interface EvidenceDefinition {
	readonly name: string;
	readonly path: string;
	readonly line: number;
	/** The line of the definition, trimmed. Empty when it may not be read (ignored or secret file). */
	readonly text: string;
}

export interface EvidenceDiagnostic {
	readonly severity: 'error' | 'warning' | 'information' | 'hint';
	readonly message: string;
	readonly line: number;
	readonly source?: string | undefined;
}

export type EvidenceBlock =
	| { readonly kind: 'code'; readonly text: string; readonly firstLine: number }
	| { readonly kind: 'markdown'; readonly text: string }
	| { readonly kind: 'list'; readonly items: readonly EvidenceItem[] }
	| { readonly kind: 'outline'; readonly facts: readonly FactLine[] };

export interface EvidenceItem {
	readonly text: string;
	readonly code?: string | undefined;
	/** A line of the explained file that the item speaks of. */
	readonly line?: number | undefined;
}

export interface EvidenceSection {
	readonly heading: string;
	readonly blocks: readonly EvidenceBlock[];
}

export function lineRange(firstLine: number, lastLine: number): string {
	return firstLine === lastLine ? `line ${firstLine}` : `lines ${firstLine}–${lastLine}`;
}

/** `src/a.ts, lines 3–9` */
export function evidenceTitle({ path, firstLine, lastLine }: Evidence): string {
	return `${path}, ${lineRange(firstLine, lastLine)}`;
}

/** `class Foo › method bar`; empty at the top level of a file. */
export function symbolPath(evidence: Evidence): string {
	return evidence.symbols.map(({ kind, name }) => `${kind} ${name}`).join(' › ');
}

/** The evidence in the order a reader wants it. Sections without content are left out. */
export function evidenceSections(evidence: Evidence): readonly EvidenceSection[] {
	const list = (heading: string, items: readonly EvidenceItem[]): EvidenceSection => ({
		heading,
		blocks: items.length === 0 ? [] : [{ kind: 'list', items }],
	});
	const sections: readonly EvidenceSection[] = [
		list('Where it is', whereItems(evidence)),
		list('Problems here', evidence.diagnostics.map(diagnosticItem)),
		{ heading: 'Step by step', blocks: outlineBlocks(evidence.outline) },
		{
			heading: 'What the editor says',
			blocks: evidence.documentation === '' ? [] : [{ kind: 'markdown', text: evidence.documentation }],
		},
		list(
			'What it calls',
			evidence.definitions.map(definition => definitionItem(definition, evidence.path)),
		),
		{ heading: 'The code', blocks: [{ kind: 'code', text: evidence.code, firstLine: evidence.firstLine }] },
	];
	return sections.filter(({ blocks }) => blocks.length > 0);
}

function outlineBlocks(outline: CodeOutline | undefined): readonly EvidenceBlock[] {
	const facts = outline === undefined ? [] : factLines(outline);
	return facts.length === 0 ? [] : [{ kind: 'outline', facts }];
}

function whereItems(evidence: Evidence): EvidenceItem[] {
	const innermost = evidence.symbols.at(-1);
	const items: EvidenceItem[] = [];
	if (innermost !== undefined) {
		items.push({ text: symbolPath(evidence), line: innermost.line });
	}
	if (evidence.references !== undefined) {
		const places = evidence.references === 1 ? '1 reference' : `${evidence.references} references`;
		items.push({ text: `The editor finds ${places} to it.` });
	}
	return items;
}

function diagnosticItem({ severity, message, line, source }: EvidenceDiagnostic): EvidenceItem {
	return { text: `${severity}: ${message}${source === undefined ? '' : ` (${source})`}`, line };
}

function definitionItem({ name, path, line, text }: EvidenceDefinition, ownPath: string): EvidenceItem {
	return {
		text: path === ownPath ? `${name}, in this file` : `${name}, in ${path}, line ${line}`,
		...(path === ownPath ? { line } : {}),
		...(text === '' ? {} : { code: text }),
	};
}

/** The evidence as a Markdown document: the accessible form, in which nothing of the user's can become live. */
export function renderEvidence(evidence: Evidence): string {
	const title = `# ${codeSpan(evidence.path)}, ${lineRange(evidence.firstLine, evidence.lastLine)}`;
	const notes = evidence.notes.map(note => escapeLine(note));
	const sections = evidenceSections(evidence).map(({ heading, blocks }) =>
		[`## ${heading}`, ...blocks.map(block => renderBlock(block, evidence.languageId))].join('\n\n'),
	);
	return `${[title, ...notes, ...sections].join('\n\n')}\n`;
}

function renderBlock(block: EvidenceBlock, languageId: string): string {
	switch (block.kind) {
		case 'code':
			return fenced(block.text, languageId);
		case 'markdown':
			return inertMarkdown(block.text);
		case 'list':
			return block.items.map(renderItem).join('\n');
		case 'outline':
			return block.facts.map(renderFact).join('\n');
	}
}

function renderFact({ text, codes, firstLine, lastLine, depth }: FactLine): string {
	const about = codes.map(codeSpan).filter(code => code !== '');
	const said = [escapeLine(text), about.join(', ')].filter(part => part !== '').join(' ');
	return `${'  '.repeat(depth)}- ${said} \\(${lineRange(firstLine, lastLine)}\\)`;
}

function renderItem({ text, code, line }: EvidenceItem): string {
	const where = line === undefined ? '' : ` \\(line ${line}\\)`;
	return `- ${escapeLine(text)}${where}${code === undefined ? '' : `: ${codeSpan(code)}`}`;
}
