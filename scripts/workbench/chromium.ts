import { existsSync } from 'node:fs';
import { installWithApt, usableApt } from './apt';
import { findProgram } from './findProgram';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const packages = ['chromium', 'fonts-dejavu-core'];

/**
 * The path of a Chromium or Chrome. Installs Debian's when there is none and this process may.
 * Throws a sentence that says what is missing and how to get it.
 */
export async function ensureChromium(): Promise<string> {
	const named = process.env['SOTTO_CHROMIUM'];
	if (named !== undefined) {
		if (!existsSync(named)) {
			throw new Error(`SOTTO_CHROMIUM names ${named}, which is not there. Correct it, or unset it.`);
		}
		return named;
	}
	const found = await findProgram(names);
	if (found !== undefined) {
		return found;
	}
	const apt = await usableApt();
	if (apt === undefined) {
		throw new Error(
			`No Chromium was found, and it cannot be installed from here. Install it (on Debian, as root: apt-get install ${packages.join(' ')}), or set SOTTO_CHROMIUM to a Chromium or Chrome.`,
		);
	}
	await installWithApt(apt, packages);
	const installed = await findProgram(names);
	if (installed === undefined) {
		throw new Error('apt-get installed Chromium, but there is no `chromium` on the PATH. Set SOTTO_CHROMIUM to it.');
	}
	return installed;
}
