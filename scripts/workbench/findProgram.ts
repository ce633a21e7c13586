import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** The full path of the first of these programs that is on the PATH of `environment`. */
export async function findProgram(
	names: readonly string[],
	environment: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
	const folders = (environment['PATH'] ?? '').split(delimiter).filter(folder => folder !== '');
	for (const name of names) {
		for (const folder of folders) {
			const path = join(folder, process.platform === 'win32' ? `${name}.cmd` : name);
			if (await isExecutable(path)) {
				return path;
			}
		}
	}
	return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
	try {
		await access(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
