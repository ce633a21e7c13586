import { isSecretPath } from '../../core/context/secretPaths';
import { cellScheme, pathBelow, placeIn, type Address, type Folder } from './workspacePaths';

export interface ReadRules<F extends Folder> {
	folders(): readonly F[];
	/** True when the ignore files of a folder exclude a file in it. `path` is relative to the folder. */
	ignores(folder: F, path: string): Promise<boolean>;
	/** True when the setting excludes a file outside all folders. */
	ignoresLoose(path: string): boolean;
	/** Follows symbolic links. Rejects with `code` `ENOENT` where there is no such file. */
	realPath(path: string): Promise<string>;
}

/** Answers for a file of the editor; one answer per file, and what it leads to, until `forget()`. */
export interface MayRead {
	(uri: Address): Promise<boolean>;
	forget(): void;
}

/** Schemes of what a person edits. Output, git revisions, settings, search results and the like are none of these. */
const onDisk: ReadonlySet<string> = new Set(['file', 'vscode-remote', cellScheme]);
const elsewhere: ReadonlySet<string> = new Set(['untitled', 'vscode-vfs']);

/** Answers kept. */
const capacity = 1000;

/**
 * Whether Sotto may look at a file at all: for completing in it, explaining it, or showing it to the model. Never a file
 * that holds secrets by its name, one that the ignore rules name, or one in the workspace that a link leads out of it. What a
 * link leads to is found out each time, since links are set anew. In doubt, no.
 */
export function createMayRead<F extends Folder>(rules: ReadRules<F>): MayRead {
	const answers = new Map<string, Promise<boolean>>();
	const decideOnce = (uri: Address, real: string | undefined): Promise<boolean> => {
		const key = `${real ?? ''}\n${uri.toString()}`;
		const answer = answers.get(key) ?? decide(uri, real, rules).catch(() => false);
		if (answers.size >= capacity) {
			answers.clear();
		}
		answers.set(key, answer);
		return answer;
	};
	const mayRead = async (uri: Address): Promise<boolean> => {
		try {
			return await decideOnce(uri, onDisk.has(uri.scheme) ? await realPathOf(uri.fsPath, rules) : undefined);
		} catch {
			return false; // Where it leads cannot be found out: a loop of links, a folder that may not be entered.
		}
	};
	const forget = (): void => {
		answers.clear();
	};
	return Object.assign(mayRead, { forget });
}

/** @param real where the file really lies; `undefined` for one that is not there, which is judged by its name. */
async function decide<F extends Folder>(uri: Address, real: string | undefined, rules: ReadRules<F>): Promise<boolean> {
	if (!(onDisk.has(uri.scheme) || elsewhere.has(uri.scheme)) || isSecretPath(uri.path)) {
		return false;
	}
	const place = placeIn(rules.folders(), uri);
	const isIgnored = place === undefined ? rules.ignoresLoose(uri.path) : await rules.ignores(place.folder, place.path);
	return !isIgnored && (real === undefined || (await isRealPathFine(real, place !== undefined, rules)));
}

async function isRealPathFine<F extends Folder>(
	real: string,
	isInFolder: boolean,
	rules: ReadRules<F>,
): Promise<boolean> {
	if (isSecretPath(real)) {
		return false;
	}
	for (const folder of rules.folders()) {
		const below = pathBelow((await realPathOf(folder.uri.fsPath, rules)) ?? folder.uri.fsPath, real);
		if (below !== undefined) {
			return !(await rules.ignores(folder, below));
		}
	}
	return !isInFolder && !rules.ignoresLoose(real);
}

async function realPathOf<F extends Folder>(path: string, rules: ReadRules<F>): Promise<string | undefined> {
	try {
		return await rules.realPath(path);
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
			return undefined;
		}
		throw error;
	}
}
