import { indentOf } from './lines';

/** A line that defines a name, or imports one: it stands once in its scope. */
const keyword =
	/^(?:(?:export|default|public|private|protected|internal|static|final|abstract|async|override|open|sealed|data|inline|virtual|unsafe|pub(?:\([^)]*\))?|local|suspend)\s+)*(?:def|class|function\*?|func|fn|fun|interface|struct|enum|trait|type|record|sub|defp?|defmodule)\s+[\p{L}_$(]/u;
const imported = /^(?:(?:import|from|use|using|require)\b|#\s*(?:include|define)\b).*[\p{L}\p{N}"'>;)]$/u;
/** `const f = () => {`, `const limit = 10;` */
const constant = /^(?:export\s+)?const\s+[\p{L}_$][\p{L}\p{N}_$]*\b.*=/u;
/** `int area(int w, int h) {`, `void Skill::cast()` */
const typed = /^(?:[\p{L}_][\p{L}\p{N}_:<>,*&[\]]*\s+[*&]?)+[\p{L}_~][\p{L}\p{N}_:~]*\([^;]*\)[^;=()]*\{?$/u;
const typedLanguages = /^(?:c|cpp|csharp|java|objective-c(?:pp)?|dart|groovy)$/;
/** `add(a, b) {` in a class, `add() {` in a shell script. */
const method = /^(?:async\s+|static\s+|get\s+|set\s+|\*)*[\p{L}_$#][\p{L}\p{N}_$-]*\s*\([^;'"`]*\)[^;=()]*\{$/u;
const methodLanguages = /^(?:(?:java|type)script(?:react)?|vue|svelte|shellscript|dart)$/;
/** `it('adds', () => {` */
const titled = /^(?:describe|it|test|context|suite)\(?\s*(["'`]).*\1/;
const table =
	/^create\s+(?:(?:global|local|temp|temporary|unique)\s+)*(?:table|view|index|function|procedure|trigger|type|schema|sequence)\b/i;
/** `name: ci`, `"name": "ci",` */
const key = /^(?:[\p{L}_][\p{L}\p{N}_./-]*|"[^"]+")\s*:(?:\s|$)/u;
/** `clean:`, of a Makefile. */
const rule = /^[^\s:=#][^:=]*:(?!=)/;
const control =
	/^(?:if|elif|else|for|foreach|while|until|switch|catch|return|do|try|case|new|throw|await|with|function\s*\()\b/;
/** Definitions that a file may have several times. */
const repeatable = /^func\s+init\s*\(|^(?:partial|impl|extension|namespace|module)\b|\bpartial\b/;
const constLanguages = /^(?:(?:java|type)script(?:react)?|vue|svelte|go|rust)$/;
/** Languages in which a class is opened once more to add to it. */
const openClasses = /^(?:ruby|crystal)$/;

/** Heads of definitions that any language has, and those of some. */
const heads: readonly (readonly [languages: RegExp | undefined, head: RegExp])[] = [
	[undefined, keyword],
	[undefined, imported],
	[undefined, titled],
	[constLanguages, constant],
	[methodLanguages, method],
	[typedLanguages, typed],
	[/^makefile$/, rule],
	[/^sql$/, table],
	[/^(?:yaml|dockercompose|json|jsonc)$/, key],
];

/** True for the first line of a definition, and for an import. */
export function isDefinition(line: string, languageId: string): boolean {
	const code = line.trim();
	const isReopened = openClasses.test(languageId) && /^(?:class|module)\b/.test(code);
	return (
		!isReopened &&
		!repeatable.test(code) &&
		!control.test(code) &&
		heads.some(([languages, head]) => (languages?.test(languageId) ?? true) && head.test(code))
	);
}

/** Between these the same definition may stand in each branch. */
const branch = /^\s*(?:#\s*(?:if|ifdef|ifndef|else|elif|endif)\b|#\[cfg\b|@(?:typing\.)?overload\b|%%|# %%|---)/;

/**
 * Does a definition stand in the lines already, in the scope that its indentation tells?
 * @param lines from the definition's place outwards, nearest first.
 */
export function standsIn(lines: Iterable<string>, definition: string): boolean {
	const indent = indentOf(definition);
	const wanted = squeezed(definition);
	for (const line of lines) {
		if (line.trim() === '') {
			continue;
		}
		if (branch.test(line) || indentOf(line).length < indent.length) {
			return false;
		}
		if (indentOf(line) === indent && squeezed(line) === wanted) {
			return true;
		}
	}
	return false;
}

function squeezed(line: string): string {
	return line.trim().replace(/\s+/g, ' ');
}
