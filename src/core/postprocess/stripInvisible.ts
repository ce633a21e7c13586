import type { Filter } from './filter';

/**
 * Characters that a reader cannot see but a compiler, or the next reader, can: control characters, marks that reorder
 * text (Trojan Source, CVE-2021-42574), zero-width ones, fillers that count as letters, and the planes in which text can
 * be hidden. Lone halves of surrogate pairs too: a token limit can cut an emoji in two.
 */
const invisible = new RegExp(
	[
		'[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f]',
		'[\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b\\u200c\\u200e\\u200f]',
		'[\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\uffa0\\ufff0-\\ufffb]',
		'[\\u{e0000}-\\u{e0fff}]',
		'[\\ud800-\\udfff]',
	].join('|'),
	'gu',
);

/** A joiner is kept where it joins two pictures (👩‍💻), and a variation selector after something it can vary (❤️). */
const strayJoiner =
	/(?<!\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d|\u200d(?!\p{Extended_Pictographic})/gu;
const straySelector = /(?<![\p{Extended_Pictographic}\d#*])[\ufe00-\ufe0f]/gu;

export const stripInvisible: Filter = candidate => ({
	...candidate,
	text: candidate.text.replace(invisible, '').replace(strayJoiner, '').replace(straySelector, ''),
});
