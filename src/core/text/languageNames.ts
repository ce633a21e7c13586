/** The fields that Sotto uses of a language that a VS Code extension contributes. */
export interface LanguageContribution {
	readonly id: string;
	/** Names for people, the best first. */
	readonly aliases: readonly string[];
}

/** A placeholder of a translation that is missing. */
const untranslated = /^%.*%$/;

/** The name of a language as VS Code shows it (`TypeScript`); its id where no extension names it. */
export function languageName(id: string, contributions: Iterable<LanguageContribution>): string {
	for (const { id: other, aliases } of contributions) {
		const name = other === id ? aliases.find(alias => alias.trim() !== '' && !untranslated.test(alias)) : undefined;
		if (name !== undefined) {
			return name;
		}
	}
	return id;
}

/** Reads an extension's `package.json`, which anybody may have written. */
export function languagesOf(manifest: unknown): readonly LanguageContribution[] {
	const languages = fieldOf(fieldOf(manifest, 'contributes'), 'languages');
	return !Array.isArray(languages)
		? []
		: languages.flatMap((language: unknown) => {
				const id = fieldOf(language, 'id');
				const aliases = fieldOf(language, 'aliases');
				return typeof id === 'string' && Array.isArray(aliases)
					? [{ id, aliases: aliases.filter((alias): alias is string => typeof alias === 'string') }]
					: [];
			});
}

function fieldOf(value: unknown, key: string): unknown {
	return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}
