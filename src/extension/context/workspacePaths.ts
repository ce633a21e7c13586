/** The fields of a `vscode.Uri` that are used. */
export interface Address {
	readonly scheme: string;
	readonly authority: string;
	/** Forward slashes, starts with one where the scheme has folders. */
	readonly path: string;
	readonly fsPath: string;
	toString(): string;
}

/** A workspace folder. */
export interface Folder {
	readonly uri: Address;
}

/** Cells carry the path of their notebook, which lies in a workspace folder of another scheme. */
export const cellScheme = 'vscode-notebook-cell';

/** The innermost workspace folder a file lies in, and the file's path relative to it, forward slashes. */
export function placeIn<F extends Folder>(
	folders: readonly F[],
	uri: Address,
): { readonly folder: F; readonly path: string } | undefined {
	const place = folders
		.filter(folder => uri.scheme === cellScheme || isSameSystem(folder.uri, uri))
		.map(folder => ({ folder, path: pathBelow(folder.uri.path, uri.path) }))
		.reduce<{ folder: F; path: string | undefined } | undefined>(
			(best, one) => (one.path !== undefined && one.path.length < (best?.path?.length ?? Infinity) ? one : best),
			undefined,
		);
	return place?.path === undefined ? undefined : { folder: place.folder, path: place.path };
}

/**
 * The rest of `path` below `folder`, `undefined` where it lies elsewhere. Case does not matter: on some systems it does
 * not, and where it does, more rules than needed apply.
 */
export function pathBelow(folder: string, path: string): string | undefined {
	const start = folder.replace(/[\\/]+$/, '');
	const isBelow = path.toLowerCase().startsWith(start.toLowerCase()) && /^[\\/]./.test(path.slice(start.length));
	return isBelow ? path.slice(start.length + 1) : undefined;
}

function isSameSystem(a: Address, b: Address): boolean {
	return a.scheme === b.scheme && a.authority.toLowerCase() === b.authority.toLowerCase();
}
