import { DisposableStore, type Disposable } from '../../core/util/disposable';
import { createIgnoreRules, type IgnoreFile, type IgnoreRules } from '../../node/ignoreRules';
import { pathBelow, type Address, type Folder } from './workspacePaths';

/** Files as this class sees them; VS Code's in `contextFeature.ts`, a map in tests. */
export interface IgnoreFileSystem<F extends Folder> {
	/** Files of this name anywhere in the folder, at most `most`. */
	find(folder: F, name: string, most: number): Promise<readonly Address[]>;
	/** The text of a file of the folder, `undefined` where there is none or it is too large to be meant. */
	read(folder: F, path: string): Promise<string | undefined>;
	watch(folder: F, names: readonly string[], onChange: () => void): Disposable;
}

const gitNames: readonly string[] = ['.gitignore'];
const sottoNames: readonly string[] = ['.sottoignore'];
const names = [...gitNames, ...sottoNames];

/** Git reads this one too; it is not in the working tree, so it is not searched for. */
const gitExclude = '.git/info/exclude';

/** The most files of each name that are read. A repository with more of them has generated them. */
const mostFiles = 200;

/**
 * The ignore rules of each workspace folder, read when first asked for and again after one of the files has changed.
 * `.sottoignore` only adds to `.gitignore`: what either leaves out is left out.
 */
export class IgnoreFiles<F extends Folder> implements Disposable {
	readonly #store = new DisposableStore();
	readonly #rules = new Map<string, Promise<IgnoreRules>>();
	readonly #watched = new Set<string>();

	/**
	 * @param patterns of the setting `sotto.context.ignore` for a folder, or for files in none; read anew with the files.
	 * @param onChange rules have changed; what was decided by them may be wrong now.
	 */
	constructor(
		private readonly files: IgnoreFileSystem<F>,
		private readonly patterns: (folder: F | undefined) => readonly string[],
		private readonly onChange: () => void,
	) {}

	/** For a file in a folder: `path` relative to it. */
	async ignores(folder: F, path: string): Promise<boolean> {
		return (await this.#rulesOf(folder)).ignores(path);
	}

	/** For a file in no folder only the setting speaks. */
	ignoresLoose(path: string): boolean {
		return createIgnoreRules([], this.patterns(undefined)).ignores(path.replace(/^[\\/]?[A-Za-z]:/, ''));
	}

	/** After a change of the setting or of the workspace folders. */
	forget(): void {
		this.#rules.clear();
		this.onChange();
	}

	dispose(): void {
		this.#store.dispose();
		this.#rules.clear();
	}

	#rulesOf(folder: F): Promise<IgnoreRules> {
		const key = folder.uri.toString();
		const known = this.#rules.get(key);
		if (known !== undefined) {
			return known;
		}
		this.#watch(folder, key);
		const rules = this.#load(folder);
		this.#rules.set(key, rules);
		return rules;
	}

	#watch(folder: F, key: string): void {
		if (!this.#watched.has(key)) {
			this.#watched.add(key);
			const onChange = (): void => {
				this.#rules.delete(key);
				this.onChange();
			};
			this.#store.add(this.files.watch(folder, names, onChange));
		}
	}

	async #load(folder: F): Promise<IgnoreRules> {
		const found = await this.#find(folder);
		const read = async (names: readonly string[], first: readonly string[]): Promise<IgnoreRules> => {
			const paths = found.filter(path => names.includes(nameOf(path)));
			const all = [...new Set([...first, ...names, ...paths])];
			const texts = await Promise.all(all.map(path => this.#read(folder, path)));
			return createIgnoreRules(
				texts.filter(file => file !== undefined),
				this.patterns(folder),
			);
		};
		const [git, sotto] = await Promise.all([read(gitNames, [gitExclude]), read(sottoNames, [])]);
		return { ignores: path => git.ignores(path) || sotto.ignores(path) };
	}

	/** A workspace that cannot be searched still has the files at its root. */
	async #find(folder: F): Promise<readonly string[]> {
		try {
			const found = await Promise.all(names.map(name => this.files.find(folder, name, mostFiles)));
			return found
				.flat()
				.map(({ path }) => pathBelow(folder.uri.path, path))
				.filter(path => path !== undefined);
		} catch {
			return [];
		}
	}

	async #read(folder: F, path: string): Promise<IgnoreFile | undefined> {
		const text = await this.files.read(folder, path);
		const directory = path === gitExclude ? '' : path.slice(0, -nameOf(path).length);
		return text === undefined ? undefined : { directory, text };
	}
}

function nameOf(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1);
}
