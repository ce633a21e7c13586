/** Characters that reorder text on screen, so that code can look like other code (Trojan Source, CVE-2021-42574). */
const bidiControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Makes direction controls visible as ⟨U+202E⟩. An explanation shows such a character rather than obeying or hiding it. */
export function visibleControls(text: string): string {
	return text.replace(
		bidiControls,
		character => `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
	);
}
