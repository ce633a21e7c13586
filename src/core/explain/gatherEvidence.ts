import { visibleControls } from './visibleControls';
import { calledNames, firstName } from './calledNames';
import type { Outliner } from './codeFacts';
import type { Evidence, EvidenceDefinition, EvidenceDiagnostic } from './evidence';
import {
	chooseTarget,
	enclosingSymbols,
	placeIn,
	type EditorSymbol,
	type ExplainDocument,
	type ExplainTarget,
	type Place,
	type TextSpan,
} from './explainTarget';
import { outlineTarget } from './outlineTarget';

/** Where something is defined. Lines from 0. */
export interface DefinitionPlace {
	readonly uri: string;
	readonly path: string;
	readonly line: number;
}

/** What the editor can be asked. Each may be slow or fail without harm to the rest. */
export interface EvidenceSources {
	symbols(): PromiseLike<readonly EditorSymbol[]>;
	/** Markdown texts. */
	hover(at: Place): PromiseLike<readonly string[]>;
	definitions(at: Place): PromiseLike<readonly DefinitionPlace[]>;
	/** The line of a definition; undefined when the file may not be read. */
	textOf(definition: DefinitionPlace): PromiseLike<string | undefined>;
	references(at: Place): PromiseLike<number>;
	/** Of the whole document; `line` from 1. */
	diagnostics(): readonly EvidenceDiagnostic[];
	readonly outliner: Outliner;
}

/** Runs one piece of work in its share of time: `undefined` when it failed or was late. Rejects only when cancelled. */
export type WithinBudget = <T>(source: string, work: () => PromiseLike<T>) => Promise<T | undefined>;

const maxDefinitions = 8;
const maxDiagnostics = 20;
/** A hover can carry a page of documentation; the panel is for reading. */
const maxDocumentation = 4000;
const maxLineText = 200;

/** Asks the editor about the selection. Undefined when there is nothing there to explain. */
export async function gatherEvidence(
	document: ExplainDocument,
	selection: TextSpan,
	sources: EvidenceSources,
	within: WithinBudget,
): Promise<Evidence | undefined> {
	const missing = new Set<string>();
	const ask = async <T>(source: string, work: () => PromiseLike<T>): Promise<T | undefined> => {
		const answer = await within(source, work);
		if (answer === undefined) {
			missing.add(source);
		}
		return answer;
	};
	const symbols = (await ask('symbols', () => sources.symbols())) ?? [];
	const target = chooseTarget(document, selection, symbols);
	if (target === undefined) {
		return undefined;
	}
	const at = mainPlace(target, document.languageId, symbols);
	const [{ outline, notes }, hover, references, definitions] = await Promise.all([
		outlineTarget(document, target, sources.outliner),
		at === undefined ? [] : ask('hover text', () => sources.hover(at)),
		at === undefined ? undefined : ask('references', () => sources.references(at)),
		gatherDefinitions(document, target, sources, ask),
	]);
	const slow =
		missing.size === 0
			? []
			: [`Left out, because the editor's language support was slow or failed: ${[...missing].join(', ')}.`];
	return {
		...whereItIs(document, target, symbols),
		code: visibleControls(target.code),
		documentation: visibleControls((hover ?? []).join('\n\n').trim().slice(0, maxDocumentation)),
		definitions,
		diagnostics: diagnosticsIn(target, sources),
		...(references === undefined || references === 0 ? {} : { references }),
		...(outline !== undefined && { outline }),
		notes: [...target.notes, ...notes, ...slow],
	};
}

function whereItIs(
	document: ExplainDocument,
	{ start, lastLine }: ExplainTarget,
	symbols: readonly EditorSymbol[],
): Pick<Evidence, 'path' | 'languageId' | 'firstLine' | 'lastLine' | 'symbols'> {
	return {
		path: document.path,
		languageId: document.languageId,
		firstLine: start.line + 1,
		lastLine: lastLine + 1,
		symbols: enclosingSymbols(symbols, start.line, lastLine).map(({ name, kind, nameAt }) => ({
			name: visibleControls(name),
			kind,
			line: nameAt.line + 1,
		})),
	};
}

/**
 * Where to ask for hover text and references: the first symbol that the code declares, else what it calls first, else
 * its first name.
 */
function mainPlace(target: ExplainTarget, languageId: string, symbols: readonly EditorSymbol[]): Place | undefined {
	const { start, code, lastLine } = target;
	const isInside = ({ nameAt }: EditorSymbol) =>
		nameAt.line >= start.line &&
		nameAt.line <= lastLine &&
		(nameAt.line > start.line || nameAt.character >= start.character) &&
		(start.line < lastLine || start.character === 0 || nameAt.character < start.character + code.length);
	const declared = symbols.filter(isInside).sort((a, b) => a.nameAt.line - b.nameAt.line)[0];
	if (declared !== undefined) {
		return declared.nameAt;
	}
	const name = calledNames(code, languageId, 1)[0] ?? firstName(code, languageId);
	return name === undefined ? undefined : placeIn(target, name.offset);
}

async function gatherDefinitions(
	document: ExplainDocument,
	target: ExplainTarget,
	sources: EvidenceSources,
	ask: WithinBudget,
): Promise<readonly EvidenceDefinition[]> {
	const names = calledNames(target.code, document.languageId, maxDefinitions);
	const found = await Promise.all(
		names.map(async ({ name, offset }): Promise<EvidenceDefinition | undefined> => {
			const places = await ask('definitions', () => sources.definitions(placeIn(target, offset)));
			const place = places?.find(candidate => !isIn(target, document.uri, candidate));
			if (place === undefined) {
				return undefined;
			}
			const text = await ask('text of definitions', async () => (await sources.textOf(place)) ?? '');
			const line = visibleControls((text ?? '').trim().slice(0, maxLineText));
			return { name: visibleControls(name), path: place.path, line: place.line + 1, text: line };
		}),
	);
	const seen = new Set<string>();
	return found.filter((definition): definition is EvidenceDefinition => {
		const key = definition === undefined ? '' : `${definition.path}:${definition.line}`;
		const isNew = definition !== undefined && !seen.has(key);
		seen.add(key);
		return isNew;
	});
}

/** What the code defines itself is before the reader's eyes already. */
function isIn(target: ExplainTarget, uri: string, place: DefinitionPlace): boolean {
	return place.uri === uri && place.line >= target.start.line && place.line <= target.lastLine;
}

function diagnosticsIn(target: ExplainTarget, sources: EvidenceSources): readonly EvidenceDiagnostic[] {
	return sources
		.diagnostics()
		.filter(({ line }) => line > target.start.line && line <= target.lastLine + 1)
		.slice(0, maxDiagnostics)
		.map(diagnostic => ({ ...diagnostic, message: visibleControls(diagnostic.message) }));
}
