import { installWithApt, usableApt } from '../workbench/apt';
import { run } from '../workbench/run';
import { ModelError } from './modelError';
import type { Surroundings } from './surroundings';

const names = ['python3', 'python'];
const packages = ['python3', 'python3-pip'];

/**
 * The name of a Python that has pip. Installs Debian's when there is none and this process may.
 * Throws a `ModelError` that says what is missing.
 */
export async function ensurePip(surroundings: Surroundings): Promise<string> {
	const { environment, isRoot } = surroundings;
	const found = await pythonWithPip(environment);
	if (found !== undefined) {
		return found;
	}
	const apt = await usableApt(environment, isRoot);
	if (apt === undefined) {
		throw new ModelError(
			`It comes by Python's pip; no Python with pip was found, and none can be installed from here. Install it (on Debian, as root: apt-get install ${packages.join(' ')}).`,
		);
	}
	await installWithApt(apt, packages, environment).catch((error: unknown) => {
		throw new ModelError(error instanceof Error ? error.message : String(error));
	});
	const installed = await pythonWithPip(environment);
	if (installed === undefined) {
		throw new ModelError('apt-get installed pip, but no `python3` on the PATH has it. Put that Python on the PATH.');
	}
	return installed;
}

async function pythonWithPip(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
	for (const name of names) {
		const asked = await run(name, ['-m', 'pip', '--version'], { env: environment }).catch(() => undefined);
		if (asked?.code === 0) {
			return name;
		}
	}
	return undefined;
}
