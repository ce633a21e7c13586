import * as vscode from 'vscode';
import { placeInSample, sampleLanguage, sampleText, type SampleStep } from '../../core/walkthrough/sample';

/** The walkthrough's sample as an untitled file: nothing is written to disk. It is opened again when it was changed. */
export class SampleFile {
	#document: vscode.TextDocument | undefined;

	/** Opens the sample and does what the step is about. Needs no open editor. */
	async open(step: SampleStep): Promise<void> {
		const { document, place } = await this.#usable(step);
		const visible = vscode.window.visibleTextEditors.find(editor => editor.document === document);
		const editor = await vscode.window.showTextDocument(document, {
			viewColumn: visible?.viewColumn ?? vscode.ViewColumn.Active,
			preview: false,
		});
		editor.selection = new vscode.Selection(document.positionAt(place.start), document.positionAt(place.end));
		editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
		await vscode.commands.executeCommand(
			step === 'suggest' ? 'editor.action.inlineSuggest.trigger' : 'sotto.explainSelection',
		);
	}

	async #usable(step: SampleStep): Promise<{ document: vscode.TextDocument; place: { start: number; end: number } }> {
		const known = this.#document;
		if (known !== undefined && !known.isClosed) {
			const place = placeInSample(known.getText(), step);
			if (place !== undefined) {
				return { document: known, place };
			}
		}
		const document = await vscode.workspace.openTextDocument({ language: sampleLanguage, content: sampleText });
		this.#document = document;
		const place = placeInSample(document.getText(), step);
		if (place === undefined) {
			throw new Error('The sample does not hold its own steps.');
		}
		return { document, place };
	}
}
