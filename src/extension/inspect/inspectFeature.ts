import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { CompletionEngine, PromptPart } from '../../core/completion/completionEngine';
import { isAbort } from '../../core/engine/engineError';
import { escapeLine } from '../../core/explain/inertMarkdown';
import { askForPrompt } from '../../core/inspect/askForPrompt';
import { renderGolden } from '../../core/inspect/goldenCase';
import { inspectionDocument } from '../../core/inspect/inspectionDocument';
import { OutcomeLog, type CompletionRecord } from '../../core/inspect/outcomeLog';
import { testCaseOf } from '../../core/inspect/testCase';
import { errorMessage } from '../../core/util/errorMessage';
import { abortSignalFrom } from '../abortSignal';
import { canShowInlineSuggestions } from '../settings';
import { VirtualDocuments } from '../virtualDocuments';

const scheme = 'sotto-inspection';

const openSample = 'Open Sample File';

const closed = 'This page is no longer available. Run Why This Suggestion, or Why None again.\n';

/** Time between two attempts. VS Code sends a request right after an accepted suggestion, and that one goes first. Milliseconds. */
const pause = (signal: AbortSignal): Promise<void> => delay(100, undefined, { signal });

/** Keeps the last requests in memory and shows why each of them ended with this suggestion, or with none. */
export class InspectFeature implements vscode.Disposable {
	readonly #outcomes = new OutcomeLog();
	readonly #documents = new VirtualDocuments(scheme, closed);
	readonly #prompts = new WeakMap<CompletionRecord, readonly PromptPart[]>();

	constructor(
		private readonly engine: CompletionEngine,
		private readonly mayRead: (uri: vscode.Uri) => Promise<boolean>,
	) {}

	add(record: CompletionRecord): void {
		this.#outcomes.add(record);
	}

	async explainLast(): Promise<void> {
		const record = this.#last();
		if (record === undefined) {
			void sayThereIsNone();
			return;
		}
		const origin = this.#outcomes.originOf(record);
		const { prompt, notes } = await this.#prompt(origin ?? record);
		const text = inspectionDocument({
			record,
			origin,
			recent: this.#outcomes.records,
			prompt,
			notes: [...placeNotes(record), ...notes],
			now: Date.now(),
		});
		await this.#documents.openRendered(record.outcome.kind === 'suggestion' ? 'Why this' : 'Why none', text);
	}

	async copyAsTestCase(): Promise<void> {
		const record = this.#last();
		if (record === undefined) {
			void sayThereIsNone();
			return;
		}
		const testCase = testCaseOf(record);
		if (typeof testCase === 'string') {
			void vscode.window.showInformationMessage(`Sotto: ${testCase}`);
			return;
		}
		const text = renderGolden(testCase);
		await vscode.env.clipboard.writeText(text);
		await this.#documents.open('Test case', 'txt', text);
		const file = `test/unit/postprocess/golden/${record.request.document.languageId}.txt`;
		void vscode.window.showWarningMessage(
			`Sotto: the test case is on the clipboard, to be added to ${file} in Sotto’s repository. It contains some of your code, so read it before you share it.`,
		);
	}

	dispose(): void {
		this.#documents.dispose();
	}

	#last(): CompletionRecord | undefined {
		return this.#outcomes.last(vscode.window.activeTextEditor?.document.uri.toString());
	}

	/** Asks the model the same again: prompts are not kept while somebody types. */
	async #prompt(record: CompletionRecord): Promise<{ prompt?: readonly PromptPart[]; notes: readonly string[] }> {
		const { outcome, request } = record;
		const known = this.#prompts.get(record);
		if (known !== undefined || outcome.kind === 'failure' || outcome.query === undefined) {
			return { ...(known !== undefined && { prompt: known }), notes: [] };
		}
		if (!(await this.mayRead(vscode.Uri.parse(request.document.uri, true)))) {
			return { notes: ['The file is ignored now, so the prompt is not shown.'] };
		}
		const { query, answer } = outcome;
		try {
			const { prompt } = await withCancellation(signal => askForPrompt(this.engine, query, { signal, pause }));
			if (prompt === undefined) {
				return { notes: ['This engine does not report its prompt.'] };
			}
			this.#prompts.set(record, prompt);
			const isWhole = answer?.stopReason !== 'first-line';
			return { prompt, notes: lengthNotes(prompt, isWhole ? answer?.promptTokens : undefined) };
		} catch (error) {
			const why = isAbort(error) ? 'You cancelled the request for it.' : escapeLine(errorMessage(error));
			return { notes: [`The prompt is missing. ${why} Run the command again to see it.`] };
		}
	}
}

async function sayThereIsNone(): Promise<void> {
	if (!canShowInlineSuggestions()) {
		void vscode.window.showInformationMessage(
			'Sotto: VS Code’s setting editor.inlineSuggest.enabled is off, so there are no suggestions. Turn it on first.',
		);
		return;
	}
	const question = 'Sotto: there was no suggestion in this window yet. Type some code, or open the sample.';
	if ((await vscode.window.showInformationMessage(question, openSample)) === openSample) {
		await vscode.commands.executeCommand('sotto.openSample');
	}
}

function placeNotes({ request: { document } }: CompletionRecord): readonly string[] {
	const active = vscode.window.activeTextEditor?.document;
	const isElsewhere = active !== undefined && active.uri.scheme !== scheme && active.uri.toString() !== document.uri;
	const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === document.uri);
	return [
		...(isElsewhere
			? ['There was no request in the current file. This page is about the last file that had one.']
			: []),
		...(open !== undefined && open.version !== document.version
			? ['The document has changed since then. This page is about the text as it was.']
			: []),
	];
}

/** The window around the cursor may begin elsewhere when the same is asked again. */
function lengthNotes(prompt: readonly PromptPart[], then: number | undefined): readonly string[] {
	const now = prompt.reduce((sum, { tokens }) => sum + tokens, 0);
	return then === undefined || then === now
		? []
		: [`The prompt was built again for this page. It has ${now} tokens now and had ${then} then.`];
}

function withCancellation<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
	const options = {
		location: vscode.ProgressLocation.Notification,
		title: 'Sotto: getting the prompt from the engine',
		cancellable: true,
	};
	return Promise.resolve(
		vscode.window.withProgress(options, async (_, token) => {
			const cancellation = abortSignalFrom(token);
			try {
				return await work(cancellation.signal);
			} finally {
				cancellation.dispose();
			}
		}),
	);
}
