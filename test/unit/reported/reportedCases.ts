import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CompletionService } from '../../../src/core/completion/completionService';
import type { CompletionOutcome, CompletionRequest } from '../../../src/core/completion/completionRequest';
import type { SyntaxScope } from '../../../src/core/completion/syntaxScope';
import { defaultSettings } from '../../../src/core/settings/settings';
import { atCursor } from '../../support/cursor';
import { scriptedEngine } from './scriptedEngine';

/** A case that a user of such a tool reported, or another of its kind. */
export interface ReportedCase {
	readonly kind: string;
	readonly name: string;
	/** A VS Code language. */
	readonly language: string;
	/** The document, `‸` where the cursor is. */
	readonly at: string;
	readonly says: string;
	/** The part of it, from its start, that the model is sure of; all of it where this is left out. */
	readonly sureOf?: string;
	/** The document after accepting; `null` where nothing is shown. */
	readonly wanted: string | null;
	readonly trigger?: 'manual';
}

const folder = join(import.meta.dirname, 'cases');

/** Files by name. */
export const reportedFiles: readonly string[] = readdirSync(folder).filter(name => name.endsWith('.json'));

export function casesOf(file: string): readonly ReportedCase[] {
	return JSON.parse(readFileSync(join(folder, file), 'utf8')) as readonly ReportedCase[];
}

export function outcomeOf(one: ReportedCase, scope: SyntaxScope): Promise<CompletionOutcome> {
	const { language: languageId, says, sureOf, trigger = 'automatic' } = one;
	const document = { uri: `file:///x.${languageId}`, path: `x.${languageId}`, version: 1, languageId };
	const service = new CompletionService(scriptedEngine(says, sureOf), undefined, undefined, scope);
	const request: CompletionRequest = {
		...{ document: { ...document, ...atCursor(one.at) }, settings: defaultSettings, pieces: () => [] },
		...{ trigger, isSnoozed: false, isPrivate: false },
	};
	return service.complete(request, new AbortController().signal);
}

/** The document after accepting; `null` where nothing is shown. */
export function accepted({ at }: ReportedCase, outcome: CompletionOutcome): string | null {
	if (outcome.kind === 'silence') {
		return null;
	}
	const { prefix, suffix } = atCursor(at);
	return prefix + outcome.suggestion.text + suffix.slice(outcome.suggestion.replaceAfter);
}
