import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Session } from './session';

/** The line of `box.ts` that waits for `this.label = options.label;`, after two lines like it. */
const gapLine = 16;
const sample = join(import.meta.dirname, '../../fixtures/workspace/src/box.ts');

export function boxPath({ workspace }: Session): string {
	return join(workspace, 'src/box.ts');
}

/** Brings `box.ts`, which is in front, back to how it came, and puts the cursor into its gap. */
export async function startInGap({ editor }: Session): Promise<void> {
	const asItCame = (await readFile(sample, 'utf8')).replaceAll('\t', '    ');
	await editor.focusEditor();
	await editor.press('Escape');
	// Undone, not written from outside: VS Code must not see a file that has changed below it.
	for (let tries = 0; (await editor.visibleText()) !== asItCame; tries++) {
		if (tries === 100) {
			throw new Error(`box.ts did not come back by undoing:\n${await editor.visibleText()}`);
		}
		await editor.press('Control+z');
	}
	await editor.goToEndOf(gapLine);
	await editor.waitForNoGhostText();
}

/** Saves and returns what stands in the gap, behind its two tabs. */
export async function savedGap(session: Session): Promise<string> {
	const lines = (await session.editor.save(boxPath(session))).split('\n');
	return (lines[gapLine - 1] ?? '').replace(/^\t\t/, '');
}

/** The sample as it comes, with this text in the gap. */
export async function boxWith(text: string): Promise<string> {
	return (await readFile(sample, 'utf8')).replace(/^\t\t$/m, () => `\t\t${text}`);
}
