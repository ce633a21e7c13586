import type { OpenFile } from '../context/openFile';

/** A source file of a repository under evaluation. LF line ends. */
export interface SourceFile extends OpenFile {
	/** Name of the repository, for the report. `path` is relative to its folder. */
	readonly repository: string;
}

const groups: Readonly<Record<string, string>> = { typescriptreact: 'typescript', javascriptreact: 'javascript' };

/** Languages are counted together where only the file's extension differs. */
export function languageGroup(languageId: string): string {
	return groups[languageId] ?? languageId;
}
