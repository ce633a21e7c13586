import type { Filter, FilterContext } from './filter';
import { isCloser } from './marks';
import { openHere } from './nearbyBrackets';
import { scanMarks } from './scanMarks';

/** Languages in which no comma may stand in front of these closers. */
const strict: readonly (readonly [languages: RegExp, closers: string])[] = [
	[/^(?:json|jsonl|geojson|haskell|elm|erlang)$/, ')]}'],
	[/^(?:c|cpp|objective-c|csharp|java|sql|lua|groovy|css)$/, ')'],
];

/** In CSS the value behind the comma may be left out. */
const fallback = /\b(?:var|env)\([^()]*$/;

/** Takes out the comma in front of a closing bracket, in languages that have none there. */
export const cutLastComma: Filter = (candidate, context) => {
	const closers = strict.find(([languages]) => languages.test(context.languageId))?.[1];
	const isTheirs = context.suffix.slice(0, candidate.replaceAfter).includes(',');
	if (closers === undefined || isTheirs || !candidate.text.includes(',') || openHere(context) !== '') {
		return candidate;
	}
	const { text } = candidate;
	const suffix = context.suffix.slice(candidate.replaceAfter);
	const bad = badCommas(text, closers, { ...context, suffix });
	return bad.length === 0 ? candidate : { ...candidate, text: without(text, bad) };
};

function without(text: string, places: readonly number[]): string {
	return [...places, text.length].map((end, at) => text.slice(at === 0 ? 0 : (places[at - 1] ?? 0) + 1, end)).join('');
}

/** Where they stand in the text. Its last one stands in front of what follows the cursor. */
function badCommas(
	text: string,
	closers: string,
	{ languageId, suffix }: Pick<FilterContext, 'languageId' | 'suffix'>,
): readonly number[] {
	const marks = scanMarks(text, languageId);
	const found = marks.filter((mark, at) => {
		const next = marks[at + 1];
		const end = next?.index ?? text.length;
		const isLast = mark.character === ',' && text.slice(mark.index + 1, end).trim() === '';
		const follower = next?.character ?? suffix.trimStart().charAt(0);
		const isMeant = languageId === 'css' && fallback.test(text.slice(0, mark.index));
		return isLast && !isMeant && isCloser(follower) && closers.includes(follower);
	});
	return found.map(({ index }) => index);
}
