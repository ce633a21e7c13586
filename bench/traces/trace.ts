import { readFileSync } from 'node:fs';

/** An action of the user in one file. `open` comes first; every other event asks the engine for a completion. */
export type TraceEvent =
	| { readonly kind: 'open'; readonly file: string; readonly text: string }
	| {
			readonly kind: 'type' | 'newline' | 'backspace' | 'accept' | 'jump';
			/** Milliseconds since the event before. */
			readonly gap: number;
			/** Replaces `remove` UTF-16 units from `at` on by `insert`; absent where only the cursor moves. */
			readonly edit?: { readonly at: number; readonly remove: number; readonly insert: string };
			readonly cursor: number;
	  };

export type Keystroke = Exclude<TraceEvent, { kind: 'open' }>;

/** The document after an event, at the cursor. */
export interface Moment {
	readonly event: Keystroke;
	readonly path: string;
	readonly prefix: string;
	readonly suffix: string;
}

export function readTrace(path: string): readonly TraceEvent[] {
	const lines = readFileSync(path, 'utf8').split('\n');
	return lines.filter(line => line !== '').map((line): TraceEvent => JSON.parse(line) as TraceEvent);
}

/** @throws Error when no file is open at the first event. */
export function* replay(events: Iterable<TraceEvent>): Generator<Moment, void> {
	let open: { path: string; text: string } | undefined;
	for (const event of events) {
		if (event.kind === 'open') {
			open = { path: event.file, text: event.text };
			continue;
		}
		if (open === undefined) {
			throw new Error('The trace does not begin with an open file.');
		}
		const { edit, cursor } = event;
		if (edit !== undefined) {
			open.text = open.text.slice(0, edit.at) + edit.insert + open.text.slice(edit.at + edit.remove);
		}
		yield { event, path: open.path, prefix: open.text.slice(0, cursor), suffix: open.text.slice(cursor) };
	}
}
