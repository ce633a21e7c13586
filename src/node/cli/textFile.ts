import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, relative } from 'node:path';
import { longestParsed } from '../../core/completion/syntaxScope';
import { isSecretPath } from '../../core/context/secretPaths';
import { decodeText } from '../../core/text/decodeText';
import type { DocumentSnapshot } from '../../core/text/documentSnapshot';
import { linedText, textBetween, windowEnd, windowStart, type TextPlace } from '../../core/text/documentWindow';
import { errorMessage } from '../../core/util/errorMessage';
import { languageOf } from '../languages/languageTable';
import { UsageError } from './arguments';

/** Larger files are refused: nobody reads them in a terminal, and a model sees a window of them anyway. */
const maxBytes = 64 * 1024 * 1024;

/** A file as the editor would hand it over: LF line ends, the language by VS Code's rules, the path as the model sees it. */
export interface TextFile {
	readonly absolutePath: string;
	readonly path: string;
	readonly languageId: string;
	/** At least one. */
	readonly lines: readonly string[];
}

/**
 * A link is followed first: what it leads to is what would be read, so that decides whether it may be.
 * @throws UsageError with the way forward when it cannot be read as text, or may hold secrets.
 */
export async function readTextFile(absolutePath: string, root: string): Promise<TextFile> {
	const inside = relative(root, absolutePath).replaceAll('\\', '/');
	const path = inside.startsWith('..') || /^[a-z]:/i.test(inside) ? basename(absolutePath) : inside;
	const real = await orUsageError(absolutePath, () => realpath(absolutePath));
	if (isSecretPath(absolutePath) || isSecretPath(real)) {
		throw new UsageError(`${path} may hold secrets, so no model sees it. Name another file.`);
	}
	const text = decodeText(await readBounded(real, absolutePath));
	if (text.includes('\0')) {
		throw new UsageError(`${absolutePath} is not text. Name a source file.`);
	}
	const lines = text.split('\n');
	return { absolutePath, path, languageId: languageOf(absolutePath, lines[0]), lines };
}

/** The part of a file that a completion in the editor would see. */
export interface FilePlace {
	/** The window around the cursor. */
	readonly document: DocumentSnapshot;
	/** The text before and after that window; `undefined` where the whole file would be too long to parse. */
	readonly beyond: { readonly before: string; readonly after: string } | undefined;
}

/** @param line @param column from 1. @throws UsageError when there is no such place. */
export function placeIn(file: TextFile, line: number, column: number): FilePlace {
	const current = file.lines[line - 1];
	if (current === undefined) {
		throw new UsageError(`${file.path} has ${file.lines.length} lines; there is no line ${line}.`);
	}
	if (column > current.length + 1) {
		const last = current.length + 1;
		throw new UsageError(`Line ${line} of ${file.path} ends at column ${last}; there is no column ${column}.`);
	}
	const text = linedText(file.lines);
	const cursor = { line: line - 1, character: column - 1 };
	const [from, to] = [windowStart(text, cursor), windowEnd(text, cursor)];
	const document = {
		uri: file.absolutePath,
		path: file.path,
		languageId: file.languageId,
		version: 1,
		prefix: textBetween(text, from, cursor),
		suffix: textBetween(text, cursor, to),
	};
	return { document, beyond: textBeyond(file.lines, from, to) };
}

function textBeyond(lines: readonly string[], from: TextPlace, to: TextPlace): FilePlace['beyond'] {
	const length = lines.reduce((sum, line) => sum + line.length + 1, -1);
	if (length > longestParsed) {
		return undefined;
	}
	const text = linedText(lines);
	const end = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
	return { before: textBetween(text, { line: 0, character: 0 }, from), after: textBetween(text, to, end) };
}

async function readBounded(real: string, named: string): Promise<Uint8Array> {
	const { size } = await orUsageError(named, () => stat(real));
	if (size > maxBytes) {
		throw new UsageError(`${named} is larger than ${maxBytes / 1024 / 1024} MB. Name a source file.`);
	}
	return orUsageError(named, () => readFile(real));
}

async function orUsageError<T>(path: string, act: () => Promise<T>): Promise<T> {
	try {
		return await act();
	} catch (error) {
		throw new UsageError(`Cannot read ${path} (${errorMessage(error)}). Check the path.`, { cause: error });
	}
}
