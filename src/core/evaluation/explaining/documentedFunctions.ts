/** A function and the first sentence that its authors wrote about it. */
export interface DocumentedFunction {
	readonly languageId: string;
	readonly path: string;
	readonly name: string;
	/** Without the documentation. */
	readonly code: string;
	readonly sentence: string;
}

const jsDeclaration =
	/^\s*(?:export\s+)?(?:default\s+)?(?:(?:static|public|private|protected|async)\s+)*(?:function\s*\*?\s*)?([\p{L}_$][\p{L}\p{N}_$]*)\s*(?:<[^>]*>)?\([^;]*\{\s*$/u;
const declarations: Readonly<Record<string, RegExp>> = {
	javascript: jsDeclaration,
	typescript: jsDeclaration,
	go: /^func\s+(?:\([^)]*\)\s*)?(\w+).*\{\s*$/,
	rust: /^\s*(?:pub(?:\([^)]*\))?\s+)?(?:const\s+|async\s+|unsafe\s+)*fn\s+(\w+).*\{\s*$/,
	python: /^\s*(?:async\s+)?def\s+(\w+).*:\s*$/,
};
export const documentedLanguages = ['typescript', 'javascript', 'python', 'go', 'rust'] as const;

/** Shorter functions say it themselves; longer ones no sentence tells. Lines. */
const [fewestLines, mostLines] = [4, 40] as const;
const [fewestWords, mostWords] = [4, 30] as const;

/** The functions of a file that are documented in a sentence of plain words. Told from indentation, not by a parser. */
export function documentedFunctions(file: {
	readonly path: string;
	readonly languageId: string;
	readonly text: string;
}): readonly DocumentedFunction[] {
	const { path, languageId, text } = file;
	const declaration = declarations[languageId];
	if (declaration === undefined) {
		return [];
	}
	const lines = text.split('\n');
	return lines.flatMap((line, at) => {
		const name = declaration.exec(line)?.[1];
		if (name === undefined || /^(?:if|for|while|switch|catch|test\w*|constructor)$/i.test(name)) {
			return [];
		}
		const found = languageId === 'python' ? pythonFunction(lines, at) : bracedFunction(lines, at);
		const sentence = firstSentence(found.documentation, name);
		const length = found.code.length;
		return sentence === undefined || length < fewestLines || length > mostLines
			? []
			: [{ languageId, path, name, code: found.code.join('\n'), sentence }];
	});
}

interface Found {
	readonly documentation: string;
	readonly code: readonly string[];
}

function bracedFunction(lines: readonly string[], at: number): Found {
	const indent = indentOf(lines[at] ?? '');
	const end = lines.findIndex(
		(line, index) => index > at && line.startsWith(`${indent}}`) && indentOf(line) === indent,
	);
	let first = at;
	while (/^\s*(?:#\[|@)/.test(lines[first - 1] ?? '')) {
		first--;
	}
	let start = first;
	while (/^\s*(?:\/\/|\/\*\*|\*)/.test(lines[start - 1] ?? '')) {
		start--;
	}
	const comment = lines.slice(start, first).map(line => line.replace(/^\s*(?:\/\/[/!]?|\/\*\*|\*\/|\*)\s?/, ''));
	return {
		documentation: comment.join('\n').replace(/\*\/\s*$/, ''),
		code: end === -1 ? [] : lines.slice(at, end + 1),
	};
}

function pythonFunction(lines: readonly string[], at: number): Found {
	const indent = indentOf(lines[at] ?? '');
	const behind = lines.findIndex(
		(line, index) => index > at && line.trim() !== '' && indentOf(line).length <= indent.length,
	);
	const body = lines.slice(at + 1, behind === -1 ? lines.length : behind);
	while (body.at(-1)?.trim() === '') {
		body.pop();
	}
	const documented = /^\s*[ru]?"""([\s\S]*?)"""[^\n]*\n?/.exec(`${body.join('\n')}\n`);
	const rest = body.join('\n').slice(documented?.[0].length ?? 0);
	const code = rest.trim() === '' ? [] : [lines[at] ?? '', ...rest.split('\n')];
	return { documentation: documented?.[1] ?? '', code };
}

function indentOf(line: string): string {
	return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** Nothing where it is no sentence of words: a tag, a link, an example, a licence. */
function firstSentence(documentation: string, name: string): string | undefined {
	const [paragraph = ''] = documentation.trim().split(/\n\s*(?:\n|@|#)/);
	const flat = paragraph.replace(/\s+/g, ' ').trim();
	const sentence = /^.*?[.!?](?=\s|$)/.exec(flat)?.[0] ?? flat;
	const words = sentence.split(' ').length;
	const isPlain =
		/^[A-Za-z`][\x20-\x7e]*$/.test(sentence) && !/https?:|@\w|\{@|TODO|[Dd]eprecated|[Cc]opyright/.test(sentence);
	const isOwn = sentence.toLowerCase() !== name.toLowerCase();
	return isPlain && isOwn && words >= fewestWords && words <= mostWords ? sentence : undefined;
}
