import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the scripts keep what is installed or fetched once, for all checkouts. `SOTTO_TEST_CACHE` moves it. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
	const cache = environment['SOTTO_TEST_CACHE'] ?? environment['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
	return join(cache, 'sotto');
}
