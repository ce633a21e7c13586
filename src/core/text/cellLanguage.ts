import { openLiteral } from './cursorRegion';
import { fenceLanguage } from './fenceLanguage';

/** The part of a notebook cell in which its magic makes another language hold. */
export interface ForeignPart {
	readonly languageId: string;
	/** The start of that part in the cell's prefix: the line of the magic. */
	readonly start: number;
	/** The part ends with its line. */
	readonly isLine: boolean;
}

/** IPython's cell magics that take another language. Any other one, such as `%%time`, leaves the cell what it is. */
const cellMagics: Readonly<Record<string, string>> = {
	bash: 'shellscript',
	sh: 'shellscript',
	zsh: 'shellscript',
	system: 'shellscript',
	sx: 'shellscript',
	cmd: 'bat',
	javascript: 'javascript',
	js: 'javascript',
	html: 'html',
	svg: 'xml',
	latex: 'latex',
	markdown: 'markdown',
	perl: 'perl',
	ruby: 'ruby',
	sql: 'sql',
	bigquery: 'sql',
	r: 'r',
	julia: 'julia',
	cython: 'cython',
	cu: 'cuda-cpp',
};

const cellMagic = /(?:^|\n\n)[\n \t]*(%%(\w+)[^\n]*)\n/g;
const shellLine =
	/^[ \t]*(?:[A-Za-z_][\w, ]*=[ \t]*)?(?:!(?!=)|%(?:sx|system|pip|conda|mamba|uv|cd|ls|mkdir|rm|cp|mv|cat)[ \t])/;

/**
 * The foreign part that the end of the prefix stands in: a cell below `%%bash`, or a line that begins with `!` or with a magic
 * that is a shell command. `undefined` in code of the cell's own language.
 * @param prefix may begin with earlier cells, a blank line behind each.
 */
export function foreignPart(prefix: string, languageId: string): ForeignPart | undefined {
	if (languageId !== 'python') {
		return undefined;
	}
	const start = prefix.lastIndexOf('\n') + 1;
	const found = foreignCell(prefix);
	if (found !== undefined) {
		return found;
	}
	return shellLine.test(prefix.slice(start)) && openLiteral(prefix.slice(0, start), languageId) === undefined
		? { languageId: 'shellscript', start, isLine: true }
		: undefined;
}

function foreignCell(prefix: string): ForeignPart | undefined {
	const last = [...prefix.matchAll(cellMagic)].at(-1);
	if (last === undefined) {
		return undefined;
	}
	const [whole, line = '', name = ''] = last;
	const start = last.index + whole.indexOf(line);
	const languageId = languageOfMagic(name.toLowerCase(), line);
	const isString = openLiteral(prefix.slice(0, start), 'python') !== undefined;
	return languageId === undefined || isString ? undefined : { languageId, start, isLine: false };
}

/** `undefined` for Python. */
function languageOfMagic(name: string, line: string): string | undefined {
	const argument = line.trim().split(/\s+/).at(-1) ?? '';
	const language =
		name === 'writefile'
			? fenceLanguage(/\.(\w+)$/.exec(argument)?.[1] ?? '')
			: name === 'script'
				? fenceLanguage(argument)
				: cellMagics[name];
	return language === '' || language === 'python' ? undefined : language;
}
