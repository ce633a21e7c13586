/** A name that the code calls, and where in the code it stands (UTF-16 units from its start). */
export interface CalledName {
	readonly name: string;
	readonly offset: number;
}

/** Words that stand before a bracket and are not calls, in the languages people write most. */
const keywords = new Set(
	`
	and as assert async await case catch class def defer del do elif else elsif except fn for foreach from func function
	go if impl import in instanceof is let lambda match new not or raise return select sizeof static super switch this
	throw try typeof unless until var void when where while with yield const type interface enum struct public private
`.split(/\s+/),
);

/** A name after one of these is being declared, not called. */
const declares = /\b(?:function\s*\*?|def|fn|func|fun|sub|class|struct|interface|enum|trait|macro)\s+$/;

const hashComments = new Set([
	'python',
	'ruby',
	'shellscript',
	'perl',
	'r',
	'yaml',
	'toml',
	'makefile',
	'dockerfile',
	'elixir',
	'julia',
	'powershell',
	'coffeescript',
	'nim',
	'gdscript',
]);
const dashComments = new Set(['sql', 'lua', 'haskell', 'ada', 'elm']);

const strings =
	String.raw`"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|` +
	'`(?:\\\\.|[^`\\\\])*`';

function lineComment(languageId: string): string {
	if (hashComments.has(languageId)) {
		return '#[^\\n]*';
	}
	return dashComments.has(languageId) ? '--[^\\n]*' : String.raw`\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)`;
}

/** With a space behind it, as a comment is begun. */
export function commentMarker(languageId: string): string {
	if (hashComments.has(languageId)) {
		return '# ';
	}
	return dashComments.has(languageId) ? '-- ' : '// ';
}

export interface CodeTexts {
	/** Finds strings and comments. */
	readonly pattern: RegExp;
	readonly isComment: (found: string) => boolean;
}

export function codeTexts(languageId: string): CodeTexts {
	const comment = lineComment(languageId);
	const whole = new RegExp(`^(?:${comment})$`);
	return { pattern: new RegExp(`${strings}|${comment}`, 'g'), isComment: found => whole.test(found) };
}

/** A whole identifier: the look-behind keeps the scan linear on a line that is one endless word. */
const identifier = String.raw`(?<![\p{L}\p{N}_$])[\p{L}_$][\p{L}\p{N}_$]*`;

/** The code with strings and comments blanked out, every other character where it was. A scan, not a parser. */
export function blankTexts(code: string, languageId: string): string {
	return code.replace(codeTexts(languageId).pattern, text => text.replace(/[^\n]/g, ' '));
}

/**
 * The distinct names that the code calls, in order: `name(`, `name<T>(`, `name!(`, `new Name(` and `<Component`.
 * Told from the text alone, so that the editor is asked about few places; what is no call simply has no definition.
 */
export function calledNames(code: string, languageId: string, limit = 8): readonly CalledName[] {
	const bare = blankTexts(code, languageId);
	const component = languageId.endsWith('react') ? String.raw`|(?<=<)\p{Lu}[\p{L}\p{N}_]*` : '';
	const call = new RegExp(String.raw`${identifier}(?=(?:<[\w\s,.[\]]{1,80}>|!|\?\.)?\()${component}`, 'gu');
	const found = new Map<string, CalledName>();
	for (const match of bare.matchAll(call)) {
		const [name] = match;
		const before = bare.slice(Math.max(0, match.index - 40), match.index);
		if (!keywords.has(name) && !found.has(name) && !declares.test(before)) {
			found.set(name, { name, offset: match.index });
		}
		if (found.size >= limit) {
			break;
		}
	}
	return [...found.values()];
}

/** The first identifier of the code that is no keyword: what a hover is asked about when nothing better is known. */
export function firstName(code: string, languageId: string): CalledName | undefined {
	const names = blankTexts(code, languageId).matchAll(new RegExp(identifier, 'gu'));
	for (const match of names) {
		if (!keywords.has(match[0])) {
			return { name: match[0], offset: match.index };
		}
	}
	return undefined;
}
