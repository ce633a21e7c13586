import { headOf } from './layoutText';

/** UTF-16 units of the text after the cursor that can reach the prompt: 256 tokens of a code model's longest average. */
const reach = 256 * 12;
/** Closers that an editor inserts after the cursor, at most: some nested brackets with their indentation. */
const pendingClosers = /^[\s)\]}>"'`;,]{0,64}/;
/** Lines right below the cursor in which nothing may have changed: they say how the code goes on. */
const nearLines = 3;
/** The share of the text in the prompt that may have changed. With fewer changes the model would hardly write anything else. */
const smallChange = 0.1;

/**
 * True when the suffix in a prompt still represents the text after the cursor. Evaluating another one costs the KV cache of
 * everything after it, so brackets that were closed after the cursor meanwhile, and small changes further down, may be
 * missing from it. Other text right after the cursor must not be.
 */
export function isSuffixStillValid(frozen: string, now: string): boolean {
	const closers = pendingClosers.exec(now)?.[0].length ?? 0;
	for (let length = 0; length <= closers; length++) {
		if (agrees(frozen, now.slice(length))) {
			return true;
		}
	}
	return false;
}

/** The same text, as far as it can reach the prompt. */
export function isSame(frozen: string, now: string): boolean {
	return headOf(frozen, reach) === headOf(now, reach);
}

/** Something to the right of the cursor, in its line, that is more than brackets, quotes and punctuation. */
export function hasTextRight(suffix: string): boolean {
	return /^[^\n]*[^\s)\]}>"'`;,]/.test(suffix);
}

function agrees(frozen: string, now: string): boolean {
	if (isSame(frozen, now)) {
		return true;
	}
	const there = headOf(frozen, reach);
	const start = commonStart(frozen, now);
	if (start < nearLength(there)) {
		return false;
	}
	const longest = Math.max(frozen.length, now.length);
	const changed = longest - start - commonEnd(frozen, now, start);
	return changed <= Math.min(longest, reach) * smallChange;
}

/** The length of the lines below the cursor that must not change. */
function nearLength(text: string): number {
	let end = -1;
	for (let line = 0; line < nearLines; line++) {
		end = text.indexOf('\n', end + 1);
		if (end === -1) {
			return text.length;
		}
	}
	return end + 1;
}

function commonStart(a: string, b: string): number {
	const most = Math.min(a.length, b.length);
	let length = 0;
	while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) {
		length++;
	}
	return length;
}

function commonEnd(a: string, b: string, start: number): number {
	const most = Math.min(a.length, b.length) - start;
	let length = 0;
	while (length < most && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) {
		length++;
	}
	return length;
}
