import assert from 'node:assert/strict';
import { join } from 'node:path';
import { boxPath, boxWith, startInGap, savedGap } from './support/boxFile';
import { describeInVscode } from './support/session';

describeInVscode('completing', { open: 'box.ts' }, session => {
	beforeEach(async () => {
		await startInGap(session());
	});

	it('shows ghost text while one types, and Tab puts it into the file', async () => {
		const { editor } = session();
		await editor.type('this.label');
		const ghost = await editor.waitForGhostText();
		assert.match(ghost, /\S/);
		await editor.press('Tab');
		await editor.waitForNoGhostText();
		assert.equal(await editor.save(boxPath(session())), await boxWith(`this.label${ghost}`));
	});

	it('leaves the file alone until Tab', async () => {
		const { editor } = session();
		await editor.type('this.label');
		await editor.waitForGhostText();
		assert.equal(await savedGap(session()), 'this.label');
	});

	it('keeps the rest of the suggestion when one types through it', async () => {
		const { editor } = session();
		await editor.type('this.label');
		const ghost = await editor.waitForGhostText();
		await editor.type(ghost.slice(0, 1));
		await editor.type(ghost.slice(1, 3));
		assert.equal(await editor.waitForGhostText(), ghost.slice(3));
		await editor.press('Tab');
		assert.equal(await savedGap(session()), `this.label${ghost}`);
	});

	it('takes it away on Esc, and Tab is a tab again', async () => {
		const { editor } = session();
		await editor.type('this.label');
		await editor.waitForGhostText();
		await editor.press('Escape');
		await editor.waitForNoGhostText();
		await editor.press('Tab');
		assert.equal((await editor.save(boxPath(session()))).includes('this.label\t'), true);
	});

	it('gives one word at a time on Ctrl+Right', async () => {
		const { editor } = session();
		await editor.type('this.label');
		const ghost = await editor.waitForGhostText();
		await editor.press('Control+ArrowRight');
		await editor.waitForText(`this.label${ghost.slice(0, 1)}`);
		const taken = await savedGap(session());
		assert.ok(`this.label${ghost}`.startsWith(taken) && taken.length > 'this.label'.length, taken);
		assert.equal(await editor.waitForGhostText(), `this.label${ghost}`.slice(taken.length));
	});

	it('suggests when asked to by the command, too', async () => {
		const { editor } = session();
		await editor.type('this.label =');
		await editor.waitForGhostText();
		await editor.press('Escape');
		await editor.waitForNoGhostText();
		await editor.runCommand('Sotto: Suggest Here');
		assert.match(await editor.waitForGhostText(), /\S/);
	});

	it('says in the status bar which model answered and how fast', async () => {
		const { editor } = session();
		await editor.type('this.label');
		await editor.waitForGhostText();
		assert.match(await editor.waitForStatus(/\d+ ms/), /sotto-nano/i);
		assert.deepEqual(await editor.notifications(), []);
	});
});

describeInVscode('completing within brackets that the editor has closed', { open: 'cart.ts' }, session => {
	it('leaves none of them twice', async () => {
		const { editor, workspace } = session();
		await editor.goToEndOf(19);
		await editor.type('for (const item');
		await editor.waitForText('for (const item)');
		await editor.waitForGhostText();
		await editor.press('Tab');
		await editor.waitForNoGhostText();
		const line = (await editor.save(join(workspace, 'src/cart.ts'))).split('\n')[18] ?? '';
		assert.match(line, /^\tfor \(const item\b/);
		const opened = line.match(/[([]/g)?.length ?? 0;
		const closed = line.match(/[)\]]/g)?.length ?? 0;
		assert.equal(closed, opened, line);
	});
});

describeInVscode('turning Sotto off', { open: 'box.ts' }, session => {
	it('silences it, says so, and turning it on brings it back', async () => {
		const { editor } = session();
		await startInGap(session());
		await editor.type('this.label');
		await editor.waitForGhostText();
		await editor.runCommand('Sotto: Turn On or Off');
		await editor.waitForStatus(/off/);
		await startInGap(session());
		await editor.type('this.label', 300);
		assert.equal(await editor.ghostText(), '');

		await editor.runCommand('Sotto: Turn On or Off');
		await editor.waitForStatus(/runs on this machine/);
		await startInGap(session());
		await editor.type('this.label');
		assert.match(await editor.waitForGhostText(), /\S/);
	});
});

const withSuggestWidget = {
	'editor.quickSuggestions': { other: 'on', comments: 'off', strings: 'off' },
	'editor.suggestOnTriggerCharacters': true,
};

describeInVscode(
	'completing with the suggest widget open',
	{ open: 'box.ts', settings: withSuggestWidget },
	session => {
		it('continues the entry that is selected in the widget', async () => {
			const { editor } = session();
			await startInGap(session());
			await editor.type('this.lab');
			const selected = editor.page.locator('.suggest-widget.visible .monaco-list-row.focused');
			await selected.waitFor();
			assert.match(await selected.innerText(), /^label/);
			assert.match(await editor.waitForGhostText(), /^el/);
			// Tab belongs to the widget while it is open: it takes the entry, and no more.
			await editor.press('Tab');
			await editor.waitForText('this.label');
			assert.equal(await savedGap(session()), 'this.label');
		});
	},
);
