const families: Readonly<Record<string, string>> = {
	typescriptreact: 'typescript',
	javascript: 'typescript',
	javascriptreact: 'typescript',
	vue: 'typescript',
	svelte: 'typescript',
	c: 'cpp',
	'objective-c': 'cpp',
	'objective-cpp': 'cpp',
	'cuda-cpp': 'cpp',
	jsonc: 'json',
	jsonl: 'json',
	scss: 'css',
	less: 'css',
	kotlin: 'java',
};

/** Languages that look alike enough for one to show how the other is written. */
export function languageFamily(languageId: string): string {
	return families[languageId] ?? languageId;
}
