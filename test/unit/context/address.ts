import type { Address } from '../../../src/extension/context/workspacePaths';

/** `file:///a/b` → what is needed of a `vscode.Uri`. */
export function address(uri: string): Address {
	const match = /^([\w+-]+):(?:\/\/([^/]*))?(.*)$/u.exec(uri);
	if (match === null) {
		throw new Error(`not a uri: ${uri}`);
	}
	const [, scheme = '', authority = '', rest = ''] = match;
	const path = rest.replace(/#.*$/, '');
	return { scheme, authority, path, fsPath: path, toString: () => uri };
}
