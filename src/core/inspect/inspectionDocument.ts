import type { PromptPart } from '../completion/completionEngine';
import type { Trail } from '../completion/completionRequest';
import { fenced } from '../explain/inertMarkdown';
import { visibleControls } from '../explain/visibleControls';
import { answerSection, filterSection } from './answerSection';
import { count } from './count';
import { gateSection } from './gateSection';
import type { CompletionRecord } from './outcomeLog';
import { promptSections } from './promptSection';
import { recentSection, requestTable } from './requestSection';
import { timeSection } from './timeSection';
import { whyShown } from './whyShown';

/** Everything that is known about one request, for the page that says why. */
export interface Inspection {
	readonly record: CompletionRecord;
	/** The request in which the model wrote what this one remembered. */
	readonly origin: CompletionRecord | undefined;
	/** Newest first, the inspected one among them. */
	readonly recent: readonly CompletionRecord[];
	/** The prompt of the record, or of its origin. */
	readonly prompt: readonly PromptPart[] | undefined;
	/** Sentences that limit what the page says: the document has changed, the prompt is not known. */
	readonly notes: readonly string[];
	/** Milliseconds since 1970. */
	readonly now: number;
}

/**
 * The page as Markdown: the reason in one sentence, then tables, then the prompt. It contains no link, no image and no
 * HTML, whatever the code says.
 */
export function inspectionDocument({ record, origin, recent, prompt, notes, now }: Inspection): string {
	const asked = origin ?? record;
	const trail = trailOf(asked);
	const { reason, advice } = whyShown(record);
	const paragraphs = [
		record.outcome.kind === 'suggestion' ? '# Why this suggestion' : '# Why no suggestion',
		`**${reason}**`,
		advice,
		...notes.map(note => `> ${note}`),
		...shownSection(record),
		requestTable(record, now),
		...(origin === undefined ? [] : originSection(origin, now)),
		...answerSection(trail),
		...gateSection(trail, asked.request.settings['completion.confidence']),
		...filterSection(trailOf(record)),
		...timeSection(record, asked),
		...recentSection(recent, now),
		...promptSections(asked, prompt),
	];
	return visibleControls(`${paragraphs.filter(paragraph => paragraph !== '').join('\n\n')}\n`);
}

function trailOf({ outcome }: CompletionRecord): Trail {
	return outcome.kind === 'failure' ? {} : outcome;
}

function shownSection({ request, outcome }: CompletionRecord): readonly string[] {
	if (outcome.kind !== 'suggestion') {
		return [];
	}
	const { text, replaceAfter } = outcome.suggestion;
	const replaced = replaceAfter === 0 ? '' : `It replaces ${count(replaceAfter, 'character')} right of the cursor.`;
	return [fenced(text, request.document.languageId), replaced];
}

function originSection(origin: CompletionRecord, now: number): readonly string[] {
	return ['## When the model wrote it', whyShown(origin).reason, requestTable(origin, now)];
}
