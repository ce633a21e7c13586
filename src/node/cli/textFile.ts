import { readFile, stat } from 'node:fs/promises';
import { basename, extname, relative } from 'node:path';
import type { DocumentSnapshot } from '../../core/text/documentSnapshot';
import { errorMessage } from '../../core/util/errorMessage';
import { UsageError } from './arguments';

/** Larger files are refused: nobody reads them in a terminal, and a model sees a window of them anyway. */
const maxBytes = 64 * 1024 * 1024;

const languages: Readonly<Record<string, string>> = {
	'.ts': 'typescript',
	'.tsx': 'typescriptreact',
	'.js': 'javascript',
	'.mjs': 'javascript',
	'.cjs': 'javascript',
	'.jsx': 'javascriptreact',
	'.py': 'python',
	'.go': 'go',
	'.rs': 'rust',
	'.java': 'java',
	'.c': 'c',
	'.h': 'c',
	'.cpp': 'cpp',
	'.cs': 'csharp',
	'.rb': 'ruby',
	'.php': 'php',
	'.sh': 'shellscript',
	'.md': 'markdown',
	'.json': 'json',
	'.css': 'css',
	'.html': 'html',
};

/** A file as the editor would hand it over: LF line ends, the language by its extension, the path as the model sees it. */
export interface TextFile {
	readonly absolutePath: string;
	readonly path: string;
	readonly languageId: string;
	readonly text: string;
	readonly lines: readonly string[];
}

/** @throws UsageError with the way forward when it cannot be read as text. */
export async function readTextFile(absolutePath: string, root: string): Promise<TextFile> {
	const text = (await readBounded(absolutePath)).replaceAll('\r\n', '\n').replace(/^\uFEFF/, '');
	if (text.includes('\0')) {
		throw new UsageError(`${absolutePath} is not text. Name a source file.`);
	}
	const inside = relative(root, absolutePath).replaceAll('\\', '/');
	const path = inside.startsWith('..') || /^[a-z]:/i.test(inside) ? basename(absolutePath) : inside;
	return { absolutePath, path, languageId: languageOf(absolutePath), text, lines: text.split('\n') };
}

/** By the extension; `plaintext` for those that are not known. */
export function languageOf(path: string): string {
	return languages[extname(path).toLowerCase()] ?? 'plaintext';
}

/** @param line @param column from 1. @throws UsageError when there is no such place. */
export function snapshotAt(file: TextFile, line: number, column: number): DocumentSnapshot {
	const current = file.lines[line - 1];
	if (current === undefined) {
		throw new UsageError(`${file.path} has ${file.lines.length} lines; there is no line ${line}.`);
	}
	if (column > current.length + 1) {
		const last = current.length + 1;
		throw new UsageError(`Line ${line} of ${file.path} ends at column ${last}; there is no column ${column}.`);
	}
	const start = file.lines.slice(0, line - 1).reduce((sum, before) => sum + before.length + 1, 0);
	const offset = start + column - 1;
	return {
		uri: file.absolutePath,
		path: file.path,
		languageId: file.languageId,
		version: 1,
		prefix: file.text.slice(0, offset),
		suffix: file.text.slice(offset),
	};
}

async function readBounded(path: string): Promise<string> {
	try {
		const { size } = await stat(path);
		if (size > maxBytes) {
			throw new UsageError(`${path} is larger than ${maxBytes / 1024 / 1024} MB. Name a source file.`);
		}
		return await readFile(path, 'utf8');
	} catch (error) {
		if (error instanceof UsageError) {
			throw error;
		}
		const reason = errorMessage(error);
		throw new UsageError(`Cannot read ${path} (${reason}). Check the path.`, { cause: error });
	}
}
