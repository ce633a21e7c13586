import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** How the child that runs a fill is started, and what that keeps from it. */
export interface Isolation {
	/** Program and arguments, up to those of the interpreter. */
	readonly command: readonly [string, ...string[]];
	/** Owner of the working folder: the user that the child runs as. Absent: whoever started this process. */
	readonly user?: number;
	/** Completes “The fills were run …”. */
	readonly description: string;
}

/** `nobody`, on every Linux: it owns nothing. */
const nobody = 65534;

const namespaces = ['--net', '--ipc', '--pid', '--fork', '--kill-child'] as const;
const asNobody = [
	`--reuid=${nobody}`,
	`--regid=${nobody}`,
	'--clear-groups',
	'--no-new-privs',
	'--inh-caps=-all',
	'--bounding-set=-all',
] as const;
/** Without the user's environment, site packages and files of byte code. */
const interpreterOptions = ['-I', '-S', '-B'] as const;

/**
 * All that may work on this machine, the strongest first: which do is found out by trying.
 * @param isRoot whether another user may be chosen.
 */
export async function isolations(isRoot: boolean, path = process.env['PATH'] ?? ''): Promise<readonly Isolation[]> {
	const find = (name: string): Promise<readonly string[]> => programsNamed(name, path);
	const [[unshare], [setpriv], pythons] = [await find('unshare'), await find('setpriv'), await find('python3')];
	const other = isRoot && setpriv !== undefined ? [setpriv, ...asNobody] : [];
	const user = other.length > 0 ? { user: nobody, whom: 'as nobody, ' } : { whom: '' };
	const limits = 'within limits of time and memory';
	const prefixes = [
		...(unshare !== undefined && other.length > 0
			? [{ words: [unshare, ...namespaces, ...other], keeps: `without a network (namespaces), ${limits}` }]
			: []),
		...(unshare !== undefined
			? [{ words: [...other, unshare, '--user', ...namespaces], keeps: `without a network (namespaces), ${limits}` }]
			: []),
		{ words: other, keeps: `${limits}; sockets are refused by Python alone` },
	];
	return prefixes.flatMap(({ words, keeps }) =>
		pythons.map(python => {
			const [first, ...rest] = [...words, python, ...interpreterOptions] as const;
			const description = `${user.whom}${keeps}`;
			return { command: [first, ...rest] as const, description, ...('user' in user && { user: user.user }) };
		}),
	);
}

/** Absolute paths, in the order of the search path. */
async function programsNamed(name: string, path: string): Promise<readonly string[]> {
	const folders = path.split(delimiter).filter(folder => folder.startsWith('/'));
	const places = [...new Set(folders)].map(folder => join(folder, name));
	const found = await Promise.all(places.map(async place => ((await isExecutable(place)) ? place : undefined)));
	return found.filter(place => place !== undefined);
}

async function isExecutable(path: string): Promise<boolean> {
	try {
		await access(path, constants.X_OK);
		return true;
	} catch {
		// Not there, or not for us: either way it cannot be run.
		return false;
	}
}
