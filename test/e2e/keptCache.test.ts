import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startInGap } from './support/boxFile';
import { describeInVscode } from './support/session';

const patienceMs = 30_000;

describeInVscode(
	'where the cache is to outlive the engine',
	{ open: 'box.ts', settings: { 'sotto.engine.keepCache': true } },
	session => {
		/** Files with the user's text that Sotto keeps in the workspace's storage. */
		async function kept(): Promise<readonly string[]> {
			const storage = join(session().server.dataFolder, 'data/User/workspaceStorage');
			const files = await readdir(storage, { recursive: true }).catch(() => []);
			return files.filter(file => /sotto\.sotto.cache.\w/.test(file)).map(file => join(storage, file));
		}

		async function waitFor(what: string, holds: (files: readonly string[]) => boolean): Promise<void> {
			const deadline = Date.now() + patienceMs;
			while (!holds(await kept())) {
				assert.ok(Date.now() < deadline, `${what}: ${(await kept()).join(', ')}`);
				await pause(100);
			}
		}

		it('is left when the window closes, and is deleted as soon as it is not wanted any more', async () => {
			const { editor, server, workspace } = session();
			await startInGap(session());
			await editor.type('this.label');
			await editor.waitForGhostText();
			assert.deepEqual(await kept(), [], 'something was kept while the engine still has it');
			await editor.runCommand('Developer: Reload Window');
			await waitFor('nothing was left', files => files.length === 2);
			// The next engine takes what the last one left, but not this.
			const other = join(dirname((await kept())[0] ?? ''), 'other.bin');
			await writeFile(other, 'of a version to come');

			await editor.open(workspace, 'box.ts');
			await editor.waitForStatus(/Sotto/);
			assert.ok((await kept()).includes(other), 'deleted while it was wanted');
			await server.configure({ 'sotto.engine.keepCache': false });
			await waitFor('something is still there', files => files.length === 0);
			assert.deepEqual(await editor.notifications(), []);
		});
	},
);
