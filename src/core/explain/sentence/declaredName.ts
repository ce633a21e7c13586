export interface DeclaredName {
	readonly kind: 'function' | 'class' | 'type';
	readonly name: string;
}

const word = String.raw`[\p{L}_$][\p{L}\p{N}_$]*`;
const modifiers = String.raw`(?:(?:export|default|pub(?:\([^)]*\))?|async|static|public|private|protected|final|abstract|override|unsafe|const|declare)\s+)*`;
const notNames = new Set([
	'if',
	'for',
	'while',
	'switch',
	'catch',
	'return',
	'with',
	'function',
	'match',
	'do',
	'else',
]);

const declarations: readonly (readonly [DeclaredName['kind'], RegExp])[] = [
	[
		'function',
		new RegExp(String.raw`^${modifiers}(?:function\s*\*?|def|fn|func(?:\s*\([^)]*\))?|fun|sub)\s+(${word})`, 'u'),
	],
	['class', new RegExp(String.raw`^${modifiers}class\s+(${word})`, 'u')],
	['type', new RegExp(String.raw`^${modifiers}(?:struct|interface|enum|trait|type)\s+(${word})`, 'u')],
	[
		'function',
		new RegExp(
			String.raw`^${modifiers}(?:const|let|var)\s+(${word})\s*=\s*(?:async\s*)?(?:function\b|\([^)]*\)\s*(?::[^=]+)?=>|${word}\s*=>)`,
			'u',
		),
	],
	['function', new RegExp(String.raw`^${modifiers}(?:[gs]et\s+|\*\s*)?(${word})\s*(?:<[^>]*>)?\([^)]*\)[^;{]*\{`, 'u')],
];

/** What the code declares on its first line that is no decorator; told from the text alone. */
export function declaredName(code: string): DeclaredName | undefined {
	const start = code
		.split('\n')
		.filter(line => !/^\s*(?:@|#\[)/.test(line))
		.join('\n')
		.trimStart();
	for (const [kind, pattern] of declarations) {
		const name = pattern.exec(start)?.[1];
		if (name !== undefined && !notNames.has(name)) {
			return { kind, name };
		}
	}
	return undefined;
}
