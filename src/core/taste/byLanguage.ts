/** A figure for each language that something was learnt in; plain data, to be kept. */
export type ByLanguage = Readonly<Record<string, number>>;

/** Languages remembered; whoever uses more is learnt about by all of them together. */
const mostLanguages = 32;

/** 0 where nothing was learnt. */
export function figureOf(figures: ByLanguage, language: string): number {
	return Object.hasOwn(figures, language) ? (figures[language] ?? 0) : 0;
}

/** With a new figure for `language`, and those of the languages learnt about last. */
export function withFigure(figures: ByLanguage, language: string, figure: number): ByLanguage {
	const others = Object.entries(figures).filter(([name]) => name !== language);
	return { ...Object.fromEntries(others.slice(-(mostLanguages - 1))), [language]: figure };
}
