import { readManifest } from './installedPackage';
import { mit, type NativePart } from './nativeParts';
import { PackageError } from './packageError';

const source = '@vscode/tree-sitter-wasm';

/** The version of it that the list below was read for: its own licence does not name those whose grammars it has compiled. */
const version = '0.3.1';

const parts: readonly NativePart[] = [
	mit('tree-sitter', '2018-2024 Max Brunsfeld'),
	mit('tree-sitter-cpp', '2014 Max Brunsfeld'),
	mit('tree-sitter-go', '2014 Max Brunsfeld'),
	mit('tree-sitter-java', '2017 Ayman Nadeem'),
	mit('tree-sitter-javascript', '2014 Max Brunsfeld'),
	mit('tree-sitter-python', '2016 Max Brunsfeld'),
	mit('tree-sitter-rust', '2017 Maxim Sokolov'),
	mit('tree-sitter-typescript', '2017 Max Brunsfeld'),
];

/** Throws a `PackageError` when the grammars are of another version than the one the list was read for. */
export async function grammarParts(root: string): Promise<readonly NativePart[]> {
	const found = await readManifest(root, `node_modules/${source}`);
	if (found.version !== version) {
		throw new PackageError(
			`${source} is now at ${found.version}, but scripts/package/grammarParts.ts lists the parts of ${version}: ` +
				`read the licences of its grammars and bring the list up to date.`,
		);
	}
	return parts;
}
