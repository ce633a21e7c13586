/** Something that the code does or holds, as its syntax tells: no model has a say in it. */
export interface CodeFact {
	readonly kind: FactKind;
	/** The parts of the code that it is about, each on one line, shortened. */
	readonly codes: readonly string[];
	/** In the document, from 1, the last line included. */
	readonly firstLine: number;
	readonly lastLine: number;
	/** How many other facts it stands inside of. */
	readonly depth: number;
}

/** The facts in the order of the code. */
export interface CodeOutline {
	readonly facts: readonly CodeFact[];
	/** Parts are left out: the code has an error, or more facts than anyone reads. */
	readonly isPartial: boolean;
}

/** What is said of each kind, in front of its codes. */
export const factWords = {
	defines: 'Defines',
	inner: 'In a function of its own',
	takes: 'Takes',
	holds: 'Holds',
	async: 'Runs asynchronously: its caller waits for it',
	each: 'Loops over',
	while: 'Loops while',
	counted: 'Loops with',
	forever: 'Loops until it is left',
	filter: 'Only if',
	if: 'If',
	elseIf: 'Otherwise, if',
	else: 'Otherwise',
	ternary: 'Depending on',
	choice: 'Chooses by',
	case: 'In the case',
	default: 'In any other case',
	tries: 'Tries',
	catches: 'If that fails:',
	finally: 'In any case, at the end',
	returns: 'Returns',
	leaves: 'Returns without a value',
	throws: 'Throws',
	passesOn: 'Passes on an error of',
	awaits: 'Waits for',
	yields: 'Yields',
	sets: 'Changes',
	deletes: 'Deletes',
	later: 'At its end, runs',
	background: 'Starts in the background',
	calls: 'Calls',
} as const;
export type FactKind = keyof typeof factWords;

/** A fact as it is shown: words, and then the code that they are about. */
export interface FactLine {
	readonly text: string;
	readonly codes: readonly string[];
	readonly firstLine: number;
	readonly lastLine: number;
	readonly depth: number;
}

export function factLines({ facts }: CodeOutline): readonly FactLine[] {
	return facts.map(({ kind, ...fact }) => {
		const words = factWords[kind];
		return { text: fact.codes.length === 0 ? words.replace(/:$/, '') : words, ...fact };
	});
}

/** Code to outline. */
export interface OutlineSource {
	readonly languageId: string;
	/** LF line ends. */
	readonly text: string;
	/** The lines of `text` before it, in the document. */
	readonly linesBefore: number;
	/** What is asked about, as offsets in `text`. UTF-16 units. */
	readonly from: number;
	readonly to: number;
}

/** Whoever can parse. */
export interface Outliner {
	/** Whether there is a grammar for the language. */
	knows(languageId: string): boolean;
	/** `undefined` where there is no grammar, or no answer in time. Never rejects. */
	outline(source: OutlineSource): Promise<CodeOutline | undefined>;
}
