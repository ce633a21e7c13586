import * as vscode from 'vscode';
import { definitionPiece } from '../../core/context/definitions/definitionPiece';
import type { LookUp } from '../../core/context/definitions/knownDefinitions';
import type { ReferencedName } from '../../core/context/definitions/referencedNames';
import type { OfferedPiece } from '../../core/context/rankPieces';
import type { DocumentSnapshot } from '../../core/text/documentSnapshot';
import { displayPath } from '../displayPath';
import { timeBudget } from '../explain/timeBudget';
import type { MayRead } from '../explain/evidenceCollector';
import { textOfFile } from './fileText';

/** For one name. A language server that is still loading answers later, and is asked again then. Milliseconds. */
const budget = 400;

/**
 * Asks VS Code's own providers where a name of `document` is defined. What lies outside of the workspace folders or in
 * `node_modules` is left out: the model has learnt what libraries are like, and a user's own code is what it does not know.
 */
export function definitionLookUp(
	snapshot: DocumentSnapshot,
	cursor: vscode.Position,
	{ mayRead, signal }: { readonly mayRead: MayRead; readonly signal: AbortSignal },
): LookUp {
	const uri = vscode.Uri.parse(snapshot.uri, true);
	const within = timeBudget(budget, signal, () => undefined);
	return async name => {
		const at = placeOf(snapshot.prefix, name.offset, cursor.line);
		const answer = await within(name.name, async () => ({ place: await ask(uri, at, name) }));
		if (answer === undefined) {
			return undefined;
		}
		const { place } = answer;
		const isElsewhere = place !== undefined && place.uri.toString() !== uri.toString();
		return isElsewhere ? ((await pieceAt(place, name.isImported, mayRead)) ?? 'none') : 'none';
	};
}

/** Line and column of an offset of the text before the cursor, which may begin in the middle of the document. */
export function placeOf(prefix: string, offset: number, cursorLine: number): { line: number; character: number } {
	const breaks = prefix.slice(offset).split('\n').length - 1;
	return { line: cursorLine - breaks, character: offset - (prefix.lastIndexOf('\n', offset - 1) + 1) };
}

async function ask(
	uri: vscode.Uri,
	{ line, character }: { readonly line: number; readonly character: number },
	{ isReceiver }: ReferencedName,
): Promise<vscode.Location | undefined> {
	if (line < 0) {
		return undefined;
	}
	const command = isReceiver ? 'vscode.executeTypeDefinitionProvider' : 'vscode.executeDefinitionProvider';
	const position = new vscode.Position(line, character);
	const found = await vscode.commands.executeCommand<readonly (vscode.Location | vscode.LocationLink)[] | undefined>(
		command,
		uri,
		position,
	);
	const first = found?.[0];
	return first !== undefined && 'targetUri' in first
		? new vscode.Location(first.targetUri, first.targetSelectionRange ?? first.targetRange)
		: first;
}

async function pieceAt(
	{ uri, range }: vscode.Location,
	isImported: boolean,
	mayRead: MayRead,
): Promise<OfferedPiece | undefined> {
	const isOwn = vscode.workspace.getWorkspaceFolder(uri) !== undefined && !uri.path.includes('/node_modules/');
	if (!isOwn || !(await mayRead(uri))) {
		return undefined;
	}
	const open = vscode.workspace.textDocuments.find(document => document.uri.toString() === uri.toString());
	const text = open?.getText().replaceAll('\r\n', '\n') ?? (await textOfFile(uri, undefined))?.text;
	const file = {
		uri: uri.toString(),
		path: displayPath(uri),
		languageId: open?.languageId ?? '',
		version: open?.version ?? 0,
	};
	return text === undefined ? undefined : definitionPiece(file, text.split('\n'), range.start.line, isImported);
}
