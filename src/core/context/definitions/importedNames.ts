/** A name that a file takes from another module. */
export interface ImportedName {
	/** As the file calls it. */
	readonly local: string;
	/** As the module calls it; `*` for the whole module. */
	readonly exported: string;
	/** As it is written: `./send`, `..queue`, `package.module`. */
	readonly module: string;
}

/** Imports stand at the top; more of a file is not searched for them. UTF-16 units. */
const searched = 8000;

/** The clause begins with no white space: else a long run of it could be split in too many ways. */
const fromModule = /\bimport\s+(?:type\s+)?([^'";\s][^'";]{0,2000}?)\s+from\s*['"]([^'"\n]{1,200})['"]/g;
const required = /\b(?:const|let|var)\s+(\{[^}]{1,500}\}|[\w$]+)\s*=\s*require\(\s*['"]([^'"\n]{1,200})['"]\s*\)/g;
const pythonFrom = /^[ \t]*from\s+([.\w]+)\s+import\s+(\([^)]{1,2000}\)|[^\n(]{1,500})/gm;
const pythonImport = /^[ \t]*import\s+([\w.]+)(?:\s+as\s+(\w+))?[ \t]*$/gm;

/** The names that a file of TypeScript, JavaScript or Python imports. Empty for other languages. */
export function importedNames(text: string, languageId: string): readonly ImportedName[] {
	const head = text.slice(0, searched);
	if (languageId === 'python') {
		return [...head.matchAll(pythonFrom)]
			.flatMap(([, module = '', list = '']) => listed(list.replace(/#.*/g, ''), /\s+as\s+/, module))
			.concat([...head.matchAll(pythonImport)].map(([, module = '', alias]) => whole(alias ?? module, module)));
	}
	return [...head.matchAll(fromModule), ...head.matchAll(required)].flatMap(([, clause = '', module = '']) =>
		ofClause(clause, module),
	);
}

/** `a, { b, c as d }, * as e`. */
function ofClause(clause: string, module: string): readonly ImportedName[] {
	const braces = /\{([^}]*)\}/.exec(clause);
	const named = listed(braces?.[1] ?? '', /\s+as\s+|\s*:\s*/, module);
	const others = clause
		.replace(/\{[^}]*\}/, '')
		.split(',')
		.map(part => part.trim())
		.filter(part => part !== '')
		.map(part => {
			const namespace = /^\*\s*as\s+([\w$]+)$/.exec(part)?.[1];
			return namespace === undefined ? { local: part, exported: 'default', module } : whole(namespace, module);
		});
	return [...named, ...others.filter(({ local }) => /^[\w$]+$/.test(local))];
}

function listed(list: string, renamed: RegExp, module: string): readonly ImportedName[] {
	return list
		.replace(/[()\\]/g, ' ')
		.split(',')
		.map(part => part.trim().replace(/^type\s+/, ''))
		.map(part => {
			const [exported = '', local = exported] = part.split(renamed);
			return { local, exported, module };
		})
		.filter(({ local, exported }) => /^[\w$]+$/.test(local) && /^[\w$]+$/.test(exported));
}

function whole(local: string, module: string): ImportedName {
	return { local, exported: '*', module };
}
