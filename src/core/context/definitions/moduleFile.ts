import { importedPaths, isImported } from '../imports';
import type { OpenFile } from '../openFile';

/**
 * The file that an import means, among those of a repository: a relative one by its path, any other by the end of it.
 * @param from path of the file that imports.
 */
export function moduleFile(from: string, module: string, files: readonly OpenFile[]): OpenFile | undefined {
	const relative = relativePath(from, module);
	if (relative !== undefined) {
		return files.find(({ path }) => isAt(path, relative));
	}
	const ends = importedPaths(`import "${module}"`).map(path => path.replaceAll('.', '/'));
	return files.find(({ path }) => isImported(path, ends));
}

/** `./a` and `../a` of TypeScript and JavaScript, `.a` and `..a` of Python, without the extension. */
function relativePath(from: string, module: string): string | undefined {
	const parts = /^\.{1,2}(?:\/|$)/.test(module) ? module.split('/') : pythonParts(module);
	if (parts === undefined) {
		return undefined;
	}
	const path = from.split('/').slice(0, -1);
	for (const part of parts) {
		if (part === '..') {
			path.pop();
		} else if (part !== '.' && part !== '') {
			path.push(part);
		}
	}
	return path.join('/').replace(/\.[cm]?[jt]sx?$/, '');
}

/** One dot is the folder of the file, each further one a folder up. */
function pythonParts(module: string): readonly string[] | undefined {
	const [, dots = '', rest = ''] = /^(\.+)([\w.]*)$/.exec(module) ?? [];
	return dots === '' ? undefined : [...Array<string>(dots.length - 1).fill('..'), ...rest.split('.')];
}

function isAt(path: string, wanted: string): boolean {
	const own = path.replace(/\.(?:d\.ts|[cm]?[jt]sx?|py)$/, '');
	return own === wanted || own.replace(/(?:^|\/)(?:index|__init__)$/, '') === wanted;
}
