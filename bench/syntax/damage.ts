import { randomNumbers } from '../traces/typist';

/**
 * Damage to the indentation of code: `removed`: none is left; `random`: each line has one of none to four tabs;
 * `slipped`: one line of five is a tab deeper than it was, or less deep.
 */
export const damages = ['none', 'removed', 'random', 'slipped'] as const;
export type Damage = (typeof damages)[number];

/** A text in parts, cut anywhere: the same parts with other white space at the starts of lines, unless they are blank. */
export function damage(parts: readonly string[], kind: Damage, seed: number): readonly string[] {
	const random = randomNumbers(seed);
	const [start = '', ...rest] = parts;
	const other = (indent: string): string => reindented(indent, kind, random);
	return [
		start.replace(/^[ \t]*(?![ \t\n])/gm, other),
		...rest.map(part => part.replace(/(?<=\n)[ \t]*(?![ \t\n])/g, other)),
	];
}

function reindented(indent: string, kind: Damage, random: () => number): string {
	switch (kind) {
		case 'none':
			return indent;
		case 'removed':
			return '';
		case 'random':
			return '\t'.repeat(Math.floor(random() * 5));
		case 'slipped':
			return slipped(indent, random());
	}
}

function slipped(indent: string, draw: number): string {
	if (draw >= 0.2) {
		return indent;
	}
	return draw < 0.1 ? `${indent}\t` : indent.replace(/^(?:\t| {1,4})/, '');
}
