import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nanoModel } from '../support/gguf';
import { startInGap } from './support/boxFile';
import { mappedModels, waitForEngine } from './support/engineProcess';
import { describeInVscode } from './support/session';

const folder = mkdtempSync(join(tmpdir(), 'sotto-models-'));
const model = readFileSync(nanoModel);

const badModels = [
	{ name: 'is missing', file: 'missing.gguf', bytes: undefined, says: /missing\.gguf/ },
	{ name: 'is truncated', file: 'truncated.gguf', bytes: model.subarray(0, model.length / 2), says: /truncated\.gguf/ },
	{ name: 'is not a GGUF', file: 'text.gguf', bytes: Buffer.from('# not a model\n'.repeat(1000)), says: /text\.gguf/ },
	{ name: 'is empty', file: 'empty.gguf', bytes: Buffer.alloc(0), says: /empty\.gguf/ },
];

after(() => {
	rmSync(folder, { recursive: true, force: true });
});

for (const { name, file, bytes, says } of badModels) {
	const path = join(folder, file);
	if (bytes !== undefined) {
		writeFileSync(path, bytes);
	}
	describeInVscode(
		`when the model file ${name}`,
		{ open: 'box.ts', settings: { 'sotto.model.path': path } },
		session => {
			it('says so in the status bar, never pops up while one types, then tells once', async () => {
				const { editor } = session();
				await startInGap(session());
				await editor.type('this.label');
				assert.match(await editor.waitForStatus(/failed/), says);
				// Longer than the pause after which the notification may come.
				await editor.type(' = options.label; // and on I type, for six seconds', 150);
				assert.deepEqual(await editor.notifications(), []);
				assert.equal(await editor.ghostText(), '');

				await editor.page.locator('.notification-toast').waitFor();
				await editor.type(' and more', 150);
				assert.equal((await editor.notifications()).length, 1);
				assert.match((await editor.notifications())[0] ?? '', says);
			});

			it('offers a way forward in its menu, which works', async () => {
				const { editor, server } = session();
				await editor.page.locator('.notification-toast .codicon-notifications-clear').first().click();
				await editor.status().click();
				const entries = await editor.quickInputEntries();
				assert.ok(
					entries.some(entry => entry.includes('Choose completion model')),
					entries.join(', '),
				);
				await editor.type('Use the bundled model');
				await editor.press('Enter');
				await editor.focusEditor();
				await startInGap(session());
				await editor.type('this.label');
				assert.match(await editor.waitForGhostText(), /\S/);
				await editor.waitForStatus(/SmolLM2/i);
				assert.match(mappedModels(await waitForEngine(server)).join(), /^[^,]*smollm2[^,]*$/);
				assert.equal((await editor.notifications()).length, 1);
			});
		},
	);
}
