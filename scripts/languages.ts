import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { workbenchFolder } from './workbench/install';

/**
 * `npx tsx scripts/languages.ts` writes VS Code's table of languages anew, from the builtin extensions of the workbench that
 * `npm run test:e2e` installs. Run it when the workbench gets a newer VS Code.
 */
const table = join(import.meta.dirname, '../src/node/languages/vscodeLanguages.json');

/** The fields that decide by name, in VS Code's manifests. Each may be missing there; in the table none is. */
interface Language {
	readonly id: string;
	readonly extensions?: readonly string[];
	readonly filenames?: readonly string[];
	readonly filenamePatterns?: readonly string[];
	readonly firstLine?: string;
}

interface Manifest {
	readonly version?: string;
	readonly contributes?: { readonly languages?: readonly Language[] };
}

async function main(): Promise<void> {
	const vscode = join(workbenchFolder(), 'node_modules/code-server/lib/vscode');
	const { version = 'unknown' } = await readManifest(vscode);
	// VS Code registers builtin extensions by the names of their folders, and a later registration wins over an earlier one.
	const folders = (await readdir(join(vscode, 'extensions'))).sort();
	const manifests = await Promise.all(folders.map(folder => readManifest(join(vscode, 'extensions', folder))));
	const languages = manifests.flatMap(manifest => manifest.contributes?.languages ?? []).map(complete);
	const contents = {
		source: `The builtin extensions of VS Code ${version} (github.com/microsoft/vscode, extensions/*/package.json, contributes.languages)`,
		licence: 'MIT; see vscodeLanguages.LICENSE.txt',
		languages: languages.filter(decidesByName),
	};
	await writeFile(table, await format(JSON.stringify(contents), { parser: 'json', useTabs: true, printWidth: 120 }));
}

/** An empty manifest for a folder without one, such as `node_modules`. */
async function readManifest(folder: string): Promise<Manifest> {
	const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '{}');
	return JSON.parse(text) as Manifest;
}

function complete(language: Language): Required<Language> {
	const { id, extensions = [], filenames = [], filenamePatterns = [], firstLine = '' } = language;
	return { id, extensions, filenames, filenamePatterns, firstLine };
}

function decidesByName({ extensions, filenames, filenamePatterns, firstLine }: Required<Language>): boolean {
	return extensions.length + filenames.length + filenamePatterns.length + firstLine.length > 0;
}

await main();
