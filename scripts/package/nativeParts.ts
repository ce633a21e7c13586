import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { mitText, unlicenseText } from './licenceTexts';
import { PackageError } from './packageError';

/** A third party's code inside the prebuilt binaries, which no package.json tells about. */
export interface NativePart {
	readonly name: string;
	readonly licence: string;
	readonly text: string;
}

/** The release of llama.cpp that the list below was read from: what its `llama` and `llama-common` libraries link. */
const release = 'v0.5.0';

const parts: readonly NativePart[] = [
	mit('llama.cpp and ggml', '2023-2026 The ggml authors'),
	mit('cpp-httplib', '2017 yhirose'),
	mit(
		'JSON for Modern C++',
		'2013-2025 Niels Lohmann',
		'2008-2009 Bjoern Hoehrmann (UTF-8 decoder)',
		'2009 Florian Loitsch (Grisu2)',
	),
	mit('llamafile sgemm', '2024 Mozilla Foundation'),
	mit('YaRN', '2023 Jeffrey Quesnelle and Bowen Peng'),
	mit('node-addon-api', '2017 Node.js API collaborators'),
	{ name: 'subprocess.h', licence: 'Unlicense', text: unlicenseText },
	{ name: 'base64.hpp', licence: 'Unlicense', text: unlicenseText },
];

/** Throws a `PackageError` when node-llama-cpp has moved to another llama.cpp than the one the list was read from. */
export async function nativeParts(root: string): Promise<readonly NativePart[]> {
	const path = join(root, 'node_modules/node-llama-cpp/llama/llama.cpp.info.json');
	const { tag } = z.object({ tag: z.string() }).parse(JSON.parse(await readFile(path, 'utf8')));
	if (tag !== release) {
		throw new PackageError(
			`The binaries now hold llama.cpp ${tag}, but scripts/package/nativeParts.ts lists the parts of ${release}: ` +
				`read the licences of ${tag} and bring the list up to date.`,
		);
	}
	return parts;
}

export function mit(name: string, ...holders: readonly string[]): NativePart {
	return { name, licence: 'MIT', text: mitText(holders) };
}
