import { blankTexts, calledNames } from '../../explain/calledNames';
import type { DocumentSnapshot } from '../../text/documentSnapshot';
import { importedNames } from './importedNames';

/** A name at the cursor whose definition may be worth showing. */
export interface ReferencedName {
	readonly name: string;
	readonly isImported: boolean;
	/** It stands before the dot at the cursor: its type says what may follow. */
	readonly isReceiver: boolean;
	/** Offset of the occurrence nearest to the cursor, in UTF-16 units from the start of the document's `prefix`. */
	readonly offset: number;
}

/** Names to look up. At some 20 ms each for a language server this is what a pause in typing has room for. */
export const mostNames = 8;

/** Lines before the cursor whose names are looked at: the function that is being written, mostly. */
const linesBefore = 25;
/** UTF-16 units of them. */
const longestText = 3000;
/** Names that begin with a capital letter are types, whose fields the code is about to name. */
const typeName = /(?<![\p{L}\p{N}_$])\p{Lu}[\p{L}\p{N}_$]*\p{Ll}[\p{L}\p{N}_$]*/gu;
const word = /(?<![\p{L}\p{N}_$])[\p{L}_$][\p{L}\p{N}_$]*/gu;

/**
 * Names that the code before the cursor refers to: what stands before the dot at the cursor, then imported ones, then called
 * functions and types, each group from the cursor upwards. Names that this code declares itself are left out. Told from the text alone.
 */
export function referencedNames({ prefix, languageId }: DocumentSnapshot, limit: number): readonly ReferencedName[] {
	const start = startOf(prefix);
	const code = prefix.slice(start);
	const bare = blankTexts(code, languageId);
	const imported = new Set(importedNames(prefix, languageId).map(({ local }) => local));
	const declared = declaredNames(prefix);
	const found = new Map<string, ReferencedName>();
	const add = (name: string, at: number): void => {
		// A later occurrence is nearer to the cursor.
		found.set(name, { name, isImported: imported.has(name), isReceiver: false, offset: start + at });
	};
	const others = new Set(calledNames(code, languageId, Infinity).map(({ name }) => name));
	for (const [name] of bare.matchAll(typeName)) {
		others.add(name);
	}
	for (const { 0: name, index } of bare.matchAll(word)) {
		if ((imported.has(name) && !isImportLine(bare, index)) || (others.has(name) && !declared.has(name))) {
			add(name, index);
		}
	}
	const names = [...found.values()].sort((a, b) => Number(b.isImported) - Number(a.isImported) || b.offset - a.offset);
	return [...(receiver(prefix) ?? []), ...names].slice(0, limit);
}

/** `queue` of `queue.pu`, with the cursor behind it. */
function receiver(prefix: string): readonly ReferencedName[] | undefined {
	const line = prefix.slice(-200);
	const match = /(?<![\p{L}\p{N}_$.])([\p{L}_$][\p{L}\p{N}_$]*)\??\.[\p{L}\p{N}_$]*$/u.exec(line);
	const [, name] = match ?? [];
	return match === null || name === undefined || name === 'this' || name === 'self'
		? undefined
		: [{ name, isImported: false, isReceiver: true, offset: prefix.length - line.length + match.index }];
}

function startOf(prefix: string): number {
	const text = prefix.slice(-longestText);
	const kept = text.split('\n').slice(-linesBefore).join('\n');
	return prefix.length - kept.length;
}

function isImportLine(code: string, at: number): boolean {
	const line = code.slice(code.lastIndexOf('\n', at - 1) + 1, at);
	return /^\s*(?:import|from)\b/.test(line);
}

const declaration =
	/\b(?:function\*?|class|interface|type|enum|const|let|var|def|fn|func|struct|trait)\s+([\p{L}_$][\p{L}\p{N}_$]*)/gu;

/** In one pass: the text before the cursor may be long. */
function declaredNames(prefix: string): ReadonlySet<string | undefined> {
	return new Set([...prefix.matchAll(declaration)].map(match => match[1]));
}
