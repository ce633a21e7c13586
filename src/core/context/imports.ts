/** Imports stand at the top; more of a file is not searched for them. */
const searched = 8000;

/** Where languages name another file by its path, `from './a'`, `#include "a.h"`, and where by a dotted name. */
const byPath = /\b(?:from|import|require|include|load)\s*(?:\(\s*)?['"<]([^'">\n]{1,200})['">]/g;
const byName =
	/^[ \t]*(?:from\s+([\w.]+)\s+import|import\s+([\w.]+)|use\s+((?:crate|super|self)?[\w:]+)|using\s+([\w.]+))/gm;

/** The imports of the text as ends of paths: `./a/b.js` → `a/b`, `pkg.mod` → `pkg/mod`, `crate::x` → `x`. Lower case. */
export function importedPaths(text: string): readonly string[] {
	const head = text.slice(0, searched).toLowerCase();
	const paths = [...head.matchAll(byPath)].map(match => withoutExtension((match[1] ?? '').replace(/^[./@~]+/, '')));
	const names = [...head.matchAll(byName)].map(match => pathOf(match.slice(1).join('')));
	return [...new Set([...paths, ...names])].filter(path => path !== '');
}

/** True when `path` is the file that one of the imports means, as far as the end of the path tells. */
export function isImported(path: string, imports: readonly string[]): boolean {
	const own = `/${withoutExtension(path.replaceAll('\\', '/').toLowerCase())}`.replace(/\/(?:index|mod|__init__)$/, '');
	return imports.some(imported => own.endsWith(`/${imported}`));
}

function pathOf(name: string): string {
	return name
		.replace(/^(?:crate|super|self)::|^\.+/, '')
		.replaceAll('::', '/')
		.replaceAll('.', '/');
}

function withoutExtension(path: string): string {
	return path.replace(
		/\.(?:d\.ts|[cm]?[jt]sx?|vue|svelte|py|rs|go|java|kt|rb|php|cs|swift|lua|c|h|cc|hh|cpp|hpp)$/,
		'',
	);
}
