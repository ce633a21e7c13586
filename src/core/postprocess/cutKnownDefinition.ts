import { linePrefix, lineSuffix } from '../text/documentSnapshot';
import { isProse } from '../text/proseLanguages';
import { commentSyntax } from '../text/commentSyntax';
import { isDefinition, standsIn } from './definitions';
import type { Filter, FilterContext } from './filter';
import { indentOf } from './lines';
import { openHere } from './nearbyBrackets';

/** Ends the text before a definition or an import that stands in the same scope of the file already. */
export const cutKnownDefinition: Filter = (candidate, context) => {
	const { languageId } = context;
	if (lineSuffix(context).trim() !== '' || isProse(languageId) || openHere(context) !== '') {
		return candidate;
	}
	const own = linePrefix(context);
	const lines = (own + candidate.text).split('\n');
	const first = candidate.text.split('\n', 1)[0] ?? '';
	const at = lines.findIndex(
		(line, index) =>
			(index > 0 || first.trim() !== '') &&
			isDefinition(line, languageId) &&
			isKnown(line, lines.slice(0, index), lines.slice(index + 1), context),
	);
	if (at === -1) {
		return candidate;
	}
	const kept = lines.slice(0, at);
	while (kept.length > 0 && isIntroduction(kept.at(-1) ?? '', languageId)) {
		kept.pop();
	}
	// The user's own line is no part of the text.
	return kept.length === 0 ? undefined : { ...candidate, text: kept.join('\n').slice(own.length) };
};

/** Above or below, in the text or around it. */
function isKnown(
	line: string,
	before: readonly string[],
	after: readonly string[],
	{ prefix, suffix }: FilterContext,
): boolean {
	const above = prefix.split('\n').slice(0, -1).reverse();
	const isLeft = after.some(each => each.trim() !== '' && indentOf(each).length < indentOf(line).length);
	return standsIn([...before.toReversed(), ...above], line) || (!isLeft && standsIn(suffix.split('\n').slice(1), line));
}

/** A blank line, a decorator, an attribute or a comment: it belongs to the definition below it. */
function isIntroduction(line: string, languageId: string): boolean {
	const code = line.trim();
	const { line: signs, block } = commentSyntax(languageId);
	return code === '' || /^(?:@|#\[|\*)/.test(code) || [...signs, ...block.flat()].some(sign => code.startsWith(sign));
}
