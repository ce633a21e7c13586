import assert from 'node:assert/strict';
import { internetSockets } from '../../scripts/workbench/processes';
import { startInGap } from './support/boxFile';
import { findExtensionHost, waitForEngine } from './support/engineProcess';
import { describeInVscode } from './support/session';

describeInVscode('nothing leaves the machine', { open: 'box.ts', bundledModel: true }, session => {
	it('the engine holds no socket while it completes', async () => {
		const { editor, server } = session();
		await startInGap(session());
		// On a busy machine VS Code may not ask at the very first key of a window; asked for by hand, it does.
		await editor.runCommand('Sotto: Suggest Here');
		await waitForEngine(server);
		const seen: unknown[] = [];
		for (const key of 'this.label = options.label;') {
			await editor.type(key);
			const pid = await waitForEngine(server);
			seen.push(...internetSockets(pid));
		}
		assert.deepEqual(seen, []);
	});

	it('the extension host is connected to the workbench, and to nothing else', () => {
		const { server } = session();
		const port = server.port.toString(16).toUpperCase().padStart(4, '0');
		const others = internetSockets(findExtensionHost(server).pid).filter(({ local }) => !local.endsWith(`:${port}`));
		assert.deepEqual(others, []);
	});
});
