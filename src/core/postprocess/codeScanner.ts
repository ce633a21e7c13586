import type { FilterContext } from './filter';
import { scanCode, type KnownStart, type Open, type ScannedCode } from './scanMarks';

/** Texts remembered: what stands above the cursor, below it, and both together with some ends of a suggestion between them. */
const capacity = 8;

/** A scan, and what was open where its text begins. */
interface Known {
	readonly open: Open;
	readonly code: ScannedCode;
}

/** Scans screens of code that change by a character from key to key: each from the line on where it differs from one before. */
export class CodeScanner {
	/** Used last, first. */
	#known: readonly Known[] = [];

	scan(text: string, languageId: string, open: Open): ScannedCode {
		const alike = this.#known.filter(known => known.code.languageId === languageId && known.open === open);
		const same = alike.find(({ code }) => code.text === text);
		const known = same ?? { open, code: scanCode(text, languageId, open, nearestStart(text, alike)) };
		this.#known = [known, ...this.#known.filter(other => other !== same)].slice(0, capacity);
		return known.code;
	}
}

/** With the scanner that the context brings along, if it does. */
export function scanAround(text: string, { languageId, scanner }: FilterContext, open: Open): ScannedCode {
	return scanner?.scan(text, languageId, open) ?? scanCode(text, languageId, open);
}

function nearestStart(text: string, alike: readonly Known[]): KnownStart | undefined {
	let nearest: KnownStart | undefined;
	let most = 0;
	for (const { code: scanned } of alike) {
		const same = commonLength(scanned.text, text);
		const at = scanned.restarts.findLastIndex(({ index }) => index <= same);
		const index = scanned.restarts[at]?.index ?? 0;
		if (index > most) {
			[nearest, most] = [{ scanned, at }, index];
		}
	}
	return nearest;
}

/** Characters compared at once. */
const compared = 256;

/** At the start of both texts, give or take what is compared at once. */
function commonLength(a: string, b: string): number {
	const most = Math.min(a.length, b.length);
	let same = 0;
	while (same < most) {
		const end = Math.min(same + compared, most);
		if (a.slice(same, end) !== b.slice(same, end)) {
			break;
		}
		same = end;
	}
	return same;
}
