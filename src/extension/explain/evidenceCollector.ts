import * as vscode from 'vscode';
import type { Outliner } from '../../core/explain/codeFacts';
import type { EvidenceDiagnostic } from '../../core/explain/evidence';
import type { EditorSymbol, Place } from '../../core/explain/explainTarget';
import type { DefinitionPlace, EvidenceSources } from '../../core/explain/gatherEvidence';
import { decodeText } from '../../core/text/decodeText';
import { displayPath } from '../displayPath';
import { placeOf } from './editorDocument';

export type MayRead = (uri: vscode.Uri) => Promise<boolean> | boolean;

/** A definition is quoted from files up to this size; reading a larger one would cost more than its line is worth. */
const maxBytes = 4_000_000;

/** Asks VS Code's own providers. Translates only: what is asked, and what becomes of it, is `gatherEvidence`'s matter. */
export function evidenceSources(document: vscode.TextDocument, mayRead: MayRead, outliner: Outliner): EvidenceSources {
	const { uri } = document;
	const position = (at: Place) => new vscode.Position(at.line, at.character);
	return {
		outliner,
		symbols: async () => {
			const found = await ask<vscode.DocumentSymbol | vscode.SymbolInformation>(
				'vscode.executeDocumentSymbolProvider',
				uri,
			);
			return found.flatMap(flatSymbols);
		},
		hover: async at => {
			const hovers = await ask<vscode.Hover>('vscode.executeHoverProvider', uri, position(at));
			return hovers.flatMap(({ contents }) => contents.map(hoverText)).filter(text => text.trim() !== '');
		},
		definitions: async at => {
			const found = await ask<vscode.Location | vscode.LocationLink>(
				'vscode.executeDefinitionProvider',
				uri,
				position(at),
			);
			return found.map(definitionPlace);
		},
		textOf: definition => definitionLine(definition, mayRead),
		references: async at => (await ask('vscode.executeReferenceProvider', uri, position(at))).length,
		diagnostics: () => vscode.languages.getDiagnostics(uri).map(evidenceDiagnostic),
	};
}

/** VS Code answers `undefined` where no provider is. */
async function ask<T>(command: string, ...parameters: readonly unknown[]): Promise<readonly T[]> {
	return (await vscode.commands.executeCommand<readonly T[] | undefined>(command, ...parameters)) ?? [];
}

function flatSymbols(symbol: vscode.DocumentSymbol | vscode.SymbolInformation): EditorSymbol[] {
	const isTree = 'children' in symbol;
	const range = isTree ? symbol.range : symbol.location.range;
	const own: EditorSymbol = {
		name: symbol.name,
		kind: vscode.SymbolKind[symbol.kind].replace(/(?<=.)(?=[A-Z])/g, ' ').toLowerCase(),
		firstLine: range.start.line,
		lastLine: range.end.line,
		nameAt: placeOf(isTree ? symbol.selectionRange.start : range.start),
	};
	return isTree ? [own, ...symbol.children.flatMap(flatSymbols)] : [own];
}

/** The command answers with Markdown only; its type still allows the plain strings of old. */
function hoverText(content: string | { readonly value: string }): string {
	return typeof content === 'string' ? content : content.value;
}

function definitionPlace(found: vscode.Location | vscode.LocationLink): DefinitionPlace {
	const isLink = 'targetUri' in found;
	const uri = isLink ? found.targetUri : found.uri;
	const range = isLink ? (found.targetSelectionRange ?? found.targetRange) : found.range;
	return { uri: uri.toString(), path: displayPath(uri), line: range.start.line };
}

/** From the open document where there is one, since that is what the user sees, else from the file. */
async function definitionLine({ uri: address, line }: DefinitionPlace, mayRead: MayRead): Promise<string | undefined> {
	const uri = vscode.Uri.parse(address, true);
	if (!(await mayRead(uri))) {
		return undefined;
	}
	const open = vscode.workspace.textDocuments.find(document => document.uri.toString() === address);
	if (open !== undefined) {
		return line < open.lineCount ? open.lineAt(line).text : undefined;
	}
	const { size } = await vscode.workspace.fs.stat(uri);
	if (size > maxBytes) {
		return undefined;
	}
	const text = decodeText(await vscode.workspace.fs.readFile(uri));
	return text.split('\n', line + 1)[line];
}

function evidenceDiagnostic({ severity, message, range, source }: vscode.Diagnostic): EvidenceDiagnostic {
	const severities = ['error', 'warning', 'information', 'hint'] as const;
	return { severity: severities[severity], message, line: range.start.line + 1, source };
}
