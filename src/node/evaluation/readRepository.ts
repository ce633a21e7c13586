import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isSecretPath } from '../../core/context/secretPaths';
import { isHandWritten } from '../../core/evaluation/handWritten';
import type { SourceFile } from '../../core/evaluation/sourceFile';
import { UsageError } from '../cli/arguments';
import { readTextFile } from '../cli/textFile';
import { createIgnoreRules, type IgnoreFile, type IgnoreRules } from '../ignoreRules';
import { languageOf } from '../languages/languageTable';

/** Files looked at in one repository: more than anybody waits for. */
const mostFiles = 20_000;
/** A larger file is not hand-written, so it is not even read. Bytes. */
const largestFile = 600_000;

/** Usual names of folders with third-party or generated code. Hidden folders are left out too. */
const skippedFolders: ReadonlySet<string> = new Set([
	'node_modules',
	'vendor',
	'third_party',
	'dist',
	'build',
	'out',
	'target',
	'coverage',
	'__pycache__',
	'site-packages',
	'venv',
]);

/** Languages of data, markup and styles. Measurements are about programs. */
const notCode: ReadonlySet<string> = new Set(
	(
		'plaintext markdown restructuredtext asciidoc latex tex bibtex log diff ' +
		'json jsonc jsonl snippets yaml dockercompose toml xml xsl html css scss less ' +
		'ini properties dotenv ignore git-commit git-rebase search-result instructions chatagent prompt skill'
	).split(' '),
);

export interface ReadingWishes {
	/** Patterns as in a .gitignore, beside those of the folder's own files. */
	readonly ignore?: readonly string[];
	/** No more files than this, spread over the folder. */
	readonly most?: number;
}

/**
 * The hand-written source files of a folder, by path. What the folder's ignore files name is left out, and so are secrets,
 * binaries, minified and built files, declarations, copies, and JavaScript beside TypeScript of the same name. Links are
 * not followed.
 * @throws UsageError when there is no such folder.
 */
export async function readRepository(root: string, wishes: ReadingWishes = {}): Promise<readonly SourceFile[]> {
	const paths = spread(await sourcePaths(root, wishes.ignore ?? []), wishes.most ?? mostFiles);
	const repository = basename(root);
	const files: SourceFile[] = [];
	const known = new Set<string>();
	for (const path of paths) {
		const absolute = join(root, path);
		// Nobody edits files that cannot be read as text, so they are skipped.
		const file =
			(await stat(absolute)).size > largestFile ? undefined : await readTextFile(absolute, root).catch(ignored);
		const text = file?.lines.join('\n') ?? '';
		const essence = text.replace(/\s+/g, '');
		if (file !== undefined && isHandWritten(text) && !known.has(essence)) {
			known.add(essence);
			files.push({ repository, uri: absolute, path, languageId: file.languageId, version: 1, text });
		}
	}
	return files;
}

function ignored(error: unknown): undefined {
	if (!(error instanceof UsageError)) {
		throw error;
	}
	return undefined;
}

/** Every so manieth. */
function spread(paths: readonly string[], most: number): readonly string[] {
	const step = Math.max(1, paths.length / most);
	return paths.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

async function sourcePaths(root: string, ignore: readonly string[]): Promise<readonly string[]> {
	if (!(await stat(root).catch(() => undefined))?.isDirectory()) {
		throw new UsageError(`There is no folder ${root}. Name the folder of a repository: --repo PATH`);
	}
	const paths = (await walk(root, '', { files: [], ignore, rules: createIgnoreRules([], ignore) }))
		.filter(isSource)
		.sort();
	const stems = new Set(paths.filter(path => /\.tsx?$/.test(path)).map(stemOf));
	return paths.filter(path => !/\.[cm]?jsx?$/.test(path) || !stems.has(stemOf(path)));
}

function isSource(path: string): boolean {
	return !notCode.has(languageOf(path)) && !/\.d\.[cm]?ts$|\.pyi$|\.min\./.test(path) && !isSecretPath(path);
}

function stemOf(path: string): string {
	return basename(path).replace(/\.[^.]+$/, '');
}

interface Ignoring {
	readonly files: readonly IgnoreFile[];
	readonly ignore: readonly string[];
	readonly rules: IgnoreRules;
}

/** Paths relative to the root, forward slashes. `above`: what the folders above say. */
async function walk(root: string, directory: string, above: Ignoring): Promise<readonly string[]> {
	const entries = await readdir(join(root, directory), { withFileTypes: true });
	const own = entries.filter(entry => entry.isFile() && /^\.(?:git|sotto)ignore$/.test(entry.name));
	const read = own.map(async ({ name }) => ({ directory, text: await readFile(join(root, directory, name), 'utf8') }));
	const files = [...above.files, ...(await Promise.all(read))];
	const here = own.length === 0 ? above : { ...above, files, rules: createIgnoreRules(files, above.ignore) };
	const found: string[] = [];
	for (const entry of entries) {
		const path = directory === '' ? entry.name : `${directory}/${entry.name}`;
		if (found.length >= mostFiles || entry.name.startsWith('.') || here.rules.ignores(path)) {
			continue;
		}
		if (entry.isDirectory() && !skippedFolders.has(entry.name)) {
			found.push(...(await walk(root, path, here)));
		} else if (entry.isFile()) {
			found.push(path);
		}
	}
	return found;
}
