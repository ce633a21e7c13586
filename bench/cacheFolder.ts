import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** llama.cpp as node-llama-cpp was built from it: the engine's own native part has the same source. */
const bundle = join(import.meta.dirname, '../node_modules/node-llama-cpp/llama/gitRelease.bundle');

/** Where the benchmark keeps what is dear to make: out of the repository, by the source's hash. */
export function cacheFolder(): string {
	const hash = createHash('sha256').update(readFileSync(bundle)).digest('hex').slice(0, 16);
	const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), `sotto-bench/llama.cpp-${hash}`);
	mkdirSync(folder, { recursive: true });
	return folder;
}

/** The source of llama.cpp, unpacked once. */
export function llamaSource(): string {
	const source = join(cacheFolder(), 'source');
	if (!existsSync(join(source, 'CMakeLists.txt'))) {
		execFileSync('git', ['clone', '--quiet', bundle, source], { stdio: 'inherit' });
	}
	return source;
}
