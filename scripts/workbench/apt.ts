import { findProgram } from './findProgram';
import { run, runOrThrow } from './run';

/** The path of apt-get where there is one and this process may install with it. */
export async function usableApt(
	environment: NodeJS.ProcessEnv = process.env,
	isRoot = process.getuid?.() === 0,
): Promise<string | undefined> {
	return isRoot ? findProgram(['apt-get'], environment) : undefined;
}

/** Installs Debian packages. Throws a sentence with the end of what apt-get said when that fails. */
export async function installWithApt(
	apt: string,
	packages: readonly string[],
	environment: NodeJS.ProcessEnv = process.env,
): Promise<void> {
	const names = packages.join(' and ');
	process.stderr.write(`installing ${names} (apt-get) …\n`);
	const options = { env: { ...environment, DEBIAN_FRONTEND: 'noninteractive' } };
	const install = ['install', '-y', '--no-install-recommends', ...packages];
	// The first try may fail on a fresh machine only because no package list has been fetched yet.
	if ((await run(apt, install, options)).code !== 0) {
		await runOrThrow(apt, ['update'], 'The Debian package lists could not be fetched.', options);
		await runOrThrow(apt, install, `${names} could not be installed.`, options);
	}
}
