import { readFile, stat } from 'node:fs/promises';
import { type Locator, type Page } from 'playwright-core';
import {
	readGhostText,
	readNotifications,
	readSettledGhostText,
	readVisibleLines,
	watchNotifications,
} from './pageScripts';
import { type WorkbenchServer } from './server';

/** How long a person's next step may take to show on two busy cores, in milliseconds. */
const patience = 20_000;

/** The workbench in a page, used as a person uses it: by the keyboard, looking at what is on screen. */
export class EditorPage {
	constructor(
		readonly page: Page,
		private readonly server: WorkbenchServer,
	) {
		page.setDefaultTimeout(patience);
	}

	/** Opens a folder, then one of its files, and waits until the file is on screen and has the focus. */
	async open(folder: string, name: string): Promise<void> {
		await this.page.goto(this.server.link(folder));
		await this.page.locator('.explorer-viewlet .monaco-list-row').first().waitFor({ timeout: 60_000 });
		await this.page.evaluate(watchNotifications);
		await this.openFile(name);
	}

	/** Opens a file of the open folder by its name, by Quick Open. */
	async openFile(name: string): Promise<void> {
		await this.page.keyboard.press('Control+p');
		await this.fillQuickInput(name);
		await this.page.locator(`.quick-input-list .monaco-list-row[aria-label*="${name}"]`).first().waitFor();
		await this.page.keyboard.press('Enter');
		await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
		await this.focusEditor();
	}

	async focusEditor(): Promise<void> {
		await this.page.keyboard.press('Control+1');
		await this.page.locator('.editor-group-container.active .monaco-editor.focused').first().waitFor();
	}

	/** Puts the cursor behind the last character of a line. */
	async goToEndOf(line: number): Promise<void> {
		await this.page.keyboard.press('Control+g');
		await this.fillQuickInput(`:${line}`);
		await this.page.keyboard.press('Enter');
		await this.untilGone('.quick-input-widget');
		await this.page.keyboard.press('End');
		await this.page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ` }).waitFor();
	}

	/** Types as a person does, one key after the other. `delay` is the time between two keys in milliseconds. */
	async type(text: string, delay = 60): Promise<void> {
		await this.page.keyboard.type(text, { delay });
	}

	async press(key: string): Promise<void> {
		await this.page.keyboard.press(key);
	}

	/** Runs a command from the palette by its full title. */
	async runCommand(title: string): Promise<void> {
		await this.page.keyboard.press('F1');
		await this.fillQuickInput(`>${title}`);
		await this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().waitFor();
		await this.page.keyboard.press('Enter');
	}

	/** The entries that the palette, or another list, offers for this text. */
	async quickInputEntries(): Promise<readonly string[]> {
		await this.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
		return this.page.locator('.quick-input-list .monaco-list-row').allInnerTexts();
	}

	async ghostText(): Promise<string> {
		return this.page.evaluate<string>(readGhostText);
	}

	/** Waits for ghost text and returns it. */
	async waitForGhostText(timeout = patience): Promise<string> {
		const handle = await this.page.waitForFunction<string>(readSettledGhostText, undefined, { timeout });
		return handle.jsonValue();
	}

	async waitForNoGhostText(): Promise<void> {
		await this.page.waitForFunction(`${readGhostText} === ''`);
	}

	/** The lines on screen, without ghost text. */
	async visibleText(): Promise<string> {
		return (await this.page.evaluate<string[]>(readVisibleLines)).join('\n');
	}

	/** Waits until the lines on screen hold this text. */
	async waitForText(text: string): Promise<void> {
		await this.page.waitForFunction(`${readVisibleLines}.join('\\n').includes(${JSON.stringify(text)})`);
	}

	/** Saves the file in front, which has to be changed, and returns what is on the disk then. */
	async save(file: string): Promise<string> {
		const before = (await stat(file)).mtimeMs;
		await this.page.keyboard.press('Control+s');
		const deadline = Date.now() + patience;
		while ((await stat(file)).mtimeMs === before) {
			if (Date.now() > deadline) {
				throw new Error(`${file} was not saved within ${patience / 1000} s.`);
			}
			await this.page.waitForTimeout(50);
		}
		// VS Code empties the file before it writes it: only when the tab is no longer marked is all of it there.
		await this.page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
		return readFile(file, 'utf8');
	}

	/** The status bar item of an extension, by the start of its id. */
	status(idPrefix = 'sotto.sotto'): Locator {
		return this.page.locator(`.statusbar-item[id^="${idPrefix}"]`).first();
	}

	/** Waits until what the status bar item says (to the eye or to a screen reader) matches. */
	async waitForStatus(pattern: RegExp, timeout = 60_000): Promise<string> {
		const script = `(() => {
			const item = document.querySelector('.statusbar-item[id^="sotto.sotto"]');
			const text = item === null ? '' : item.textContent + ' | ' + item.getAttribute('aria-label');
			return ${pattern.toString()}.test(text) ? text : '';
		})()`;
		const handle = await this.page.waitForFunction<string>(script, undefined, { timeout });
		return handle.jsonValue();
	}

	/** Every notification that has popped up since the page was opened, in order. */
	async notifications(): Promise<readonly string[]> {
		return this.page.evaluate<string[]>(readNotifications);
	}

	async untilGone(selector: string): Promise<void> {
		await this.page.locator(selector).first().waitFor({ state: 'hidden' });
	}

	private async fillQuickInput(text: string): Promise<void> {
		const input = this.page.locator('.quick-input-widget .quick-input-box input');
		await input.waitFor();
		await input.fill(text);
	}
}
