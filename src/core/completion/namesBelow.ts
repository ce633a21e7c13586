import { indentUnit } from '../postprocess/lines';
import { firstLineBelow, indentation, opensBlock } from './stopText';

/** Lines below the cursor that are searched: a definition stands near its first use. */
const nearLines = 8;
/** More names than these are no hint. */
const mostNames = 2;

/** Words that are no names of variables, in the languages that people write most. */
const keywords: ReadonlySet<string> = new Set(
	(
		'and as assert async await break case catch class const continue def default del do elif else enum except export extends ' +
		'false finally fn for from func function global if impl import in instanceof interface is lambda let match mut new nil None ' +
		'nonlocal not null None or package pass private protected pub public raise range return self static struct super switch this ' +
		'throw True False true try type typeof undefined union use var void while with yield int float str bool string number'
	).split(' '),
);

/** How a variable is begun, by language. */
const declarations: Readonly<Record<string, readonly string[]>> = {
	python: ['', 'for '],
	typescript: ['const ', 'let '],
	javascript: ['const ', 'let '],
	typescriptreact: ['const ', 'let '],
	javascriptreact: ['const ', 'let '],
	rust: ['let ', 'let mut '],
	go: [''],
	ruby: [''],
	lua: ['local '],
};

export interface CodePlace {
	readonly prefix: string;
	readonly suffix: string;
	readonly languageId: string;
}

/**
 * Names that the lines below use before they define them, and that stand nowhere above: the line at the cursor may have to
 * define them. Names that are called, and members of others, are defined elsewhere as a rule.
 */
export function namesBelow({ prefix, suffix }: Pick<CodePlace, 'prefix' | 'suffix'>): readonly string[] {
	const known = new Set(prefix.match(word));
	const names: string[] = [];
	for (const line of linesOfBlock(prefix, suffix)) {
		const code = withoutTexts(line);
		for (const { 0: name, index } of code.matchAll(variable)) {
			if (!known.has(name) && !keywords.has(name) && !isDefined(code, name, index)) {
				names.push(name);
			}
			known.add(name);
		}
	}
	return names.slice(0, mostNames);
}

const word = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
/** A word that is no member of another, and not called. */
const variable = /(?<![\p{L}\p{N}_$.])[\p{L}_$][\p{L}\p{N}_$]*(?![\p{L}\p{N}_$]|\s*\()/gu;

/** The line gives the name a value itself: `name = …`, `f(name=…)`, `name, a = …`, `name: …`, `for name in …`, `lambda name: …`, `const name`. */
function isDefined(code: string, name: string, index: number): boolean {
	const [before, behind] = [code.slice(0, index), code.slice(index + name.length)];
	const isAssigned = /^\s*=(?!=)/.test(behind) || (/^[\s\w,]*$/.test(before) && /^[\s\w,]*(?:=(?!=)|:=)/.test(behind));
	const isNamed = /^\s*:(?!=)/.test(behind) && !code.trimEnd().endsWith(`${name}:`);
	const introduced = `\\b(?:for|lambda|def|function|class|import|as|const|let|var|fn|func|catch)\\b[\\s\\w,(*]*\\b${escaped(name)}\\b`;
	return isAssigned || isNamed || new RegExp(introduced).test(code);
}

function escaped(name: string): string {
	return name.replaceAll('$', '\\$');
}

/**
 * How a line that defines such a name may begin, from the cursor on. None in the middle of a line, and in languages whose
 * definitions begin with a type.
 */
export function definitionStarts(place: CodePlace): readonly string[] {
	const { prefix, suffix, languageId } = place;
	const typed = prefix.slice(prefix.lastIndexOf('\n') + 1);
	const begins = declarations[languageId] ?? [];
	if (typed.trim() !== '' || (suffix.split('\n', 1)[0] ?? '').trim() !== '') {
		return [];
	}
	const indent = typed === '' ? missingIndent(prefix, suffix) : '';
	return namesBelow(place).flatMap(name => begins.map(begin => `${indent}${begin}${name}`));
}

/** The indentation of a statement in column 0: that of the line below, unless the line above is the deeper block's opener. */
function missingIndent(prefix: string, suffix: string): string {
	const below = firstLineBelow(suffix) ?? '';
	const above = prefix.trimEnd().split('\n').at(-1) ?? '';
	const unit = indentUnit(prefix, suffix) ?? '';
	const own = (/^\s*/.exec(above)?.[0] ?? '') + (opensBlock(above) ? unit : '');
	const deeper = /^\s*/.exec(below)?.[0] ?? '';
	return indentation(deeper) < indentation(own) ? deeper : own;
}

/** The next lines, up to the end of the function that the cursor is in. */
function linesOfBlock(prefix: string, suffix: string): readonly string[] {
	const lines = suffix
		.split('\n')
		.slice(1)
		.filter(line => line.trim() !== '');
	const isInside = indentation(lines[0] ?? '') > 0 && prefix !== '';
	const end = lines.findIndex(line => isInside && indentation(line) === 0);
	return lines.slice(0, Math.min(nearLines, end === -1 ? Infinity : end));
}

/** Strings and comments hold no names. The places of the others stay. */
function withoutTexts(line: string): string {
	return line
		.replace(/(["'`])(?:\\.|(?!\1).)*\1/g, text => ' '.repeat(text.length))
		.replace(/(?:#|\/\/).*$/, text => ' '.repeat(text.length));
}
