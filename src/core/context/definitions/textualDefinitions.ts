import type { DocumentSnapshot } from '../../text/documentSnapshot';
import type { OpenFile } from '../openFile';
import type { OfferedPiece } from '../rankPieces';
import { definitionPiece } from './definitionPiece';
import { importedNames, type ImportedName } from './importedNames';
import { moduleFile } from './moduleFile';
import { mostNames, referencedNames } from './referencedNames';

/** A barrel exports from a barrel; more in a row is a circle. */
const mostHops = 3;

/**
 * Definitions of the imported names that the code at the cursor uses, found by reading the files: what a language server gives
 * in the editor, where there is none.
 */
export function textualDefinitions(document: DocumentSnapshot, files: readonly OpenFile[]): readonly OfferedPiece[] {
	const imports = new Map(importedNames(document.prefix, document.languageId).map(one => [one.local, one]));
	return referencedNames(document, mostNames).flatMap(({ name, isImported }) => {
		const imported = imports.get(name);
		const found = isImported && imported !== undefined ? follow(document.path, imported, files, mostHops) : undefined;
		return found === undefined || found.file.uri === document.uri
			? []
			: (definitionPiece(found.file, found.file.text.split('\n'), found.line, true) ?? []);
	});
}

interface Found {
	readonly file: OpenFile;
	/** From 0. */
	readonly line: number;
}

function follow(from: string, name: ImportedName, files: readonly OpenFile[], hops: number): Found | undefined {
	const file = moduleFile(from, name.module, files);
	if (file === undefined || hops === 0 || name.exported === '*') {
		return undefined;
	}
	const line = definitionLine(file.text, name.exported);
	if (line !== undefined) {
		return { file, line };
	}
	const next = [...importedNames(file.text, file.languageId), ...reexports(file.text, name.exported)];
	for (const one of next.filter(({ local }) => local === name.exported)) {
		const found = follow(file.path, one, files, hops - 1);
		if (found !== undefined) {
			return found;
		}
	}
	return undefined;
}

/** `export { a as b } from './c'`, and every `export * from './d'` as if it gave the name. */
function reexports(text: string, wanted: string): readonly ImportedName[] {
	const named = [...text.matchAll(/\bexport\s+(?:type\s+)?(\{[^}]{1,2000}\})\s*from\s*['"]([^'"\n]{1,200})['"]/g)];
	const all = [...text.matchAll(/\bexport\s+\*\s+from\s*['"]([^'"\n]{1,200})['"]/g)];
	return [
		...named.flatMap(([, list = '', module = '']) => importedNames(`import ${list} from "${module}"`, 'typescript')),
		...all.map(([, module = '']) => ({ local: wanted, exported: wanted, module })),
	];
}

/** Where a file defines a name at its outermost level. */
export function definitionLine(text: string, name: string): number | undefined {
	const exact = name.replaceAll('$', String.raw`\$`);
	const pattern =
		name === 'default'
			? /^export\s+default\b/m
			: new RegExp(
					String.raw`^(?:export\s+)?(?:declare\s+)?(?:default\s+)?(?:abstract\s+)?(?:async\s+)?(?:(?:function\s*\*?|class|interface|type|enum|const|let|var|def)\s+${exact}(?![\w$])|${exact}\s*(?::[^=\n]+)?=(?!=))`,
					'm',
				);
	const match = pattern.exec(text);
	return match === null ? undefined : text.slice(0, match.index).split('\n').length - 1;
}
