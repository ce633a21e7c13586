import assert from 'node:assert/strict';
import type { CompletionRequest, Suggestion } from '../../../src/core/completion/completionRequest';
import { StormEditor } from './storm/stormEditor';
import { saying, type StormEngine } from './storm/stormEngine';
import { Dice, happen } from './storm/stormEvents';
import { StormFile } from './storm/stormFile';
import { VirtualWorld } from './storm/virtualWorld';

const code = 'export function first(a: number) {\n\tconst b = a;\n\treturn b;\n}\n\n';

/** Every name in what is shown must be of what the model says at a place from which the cursor came by typing. */
function checkOrigin({ document }: CompletionRequest, { text }: Suggestion): void {
	const { path, prefix, suffix } = document;
	const origins = Array.from({ length: Math.min(prefix.length, 400) + 1 }, (_, typed) => prefix.length - typed);
	for (const name of text.match(/\bq[0-9a-f]{8}/g) ?? []) {
		const isKnown = origins.some(end => saying(path, prefix.slice(0, end), suffix).includes(name));
		assert.ok(isKnown, `${JSON.stringify(text)} is of another place than ${JSON.stringify(prefix.slice(-80))}`);
	}
}

async function storm(seed: number, events: number): Promise<{ editor: StormEditor; engine: StormEngine }> {
	const dice = new Dice(seed);
	const files = ['a.ts', 'b.ts', 'c.ts'].map((path, length) => new StormFile(path, code.repeat(2 * length)));
	const world = new VirtualWorld();
	const editor = new StormEditor(files[0] ?? assert.fail(), world, checkOrigin);
	for (let draw = 1; editor.events < events; draw++) {
		await happen(editor, files, dice);
		await world.pass(dice.one([0, 10, 40, 100, 100, 250, 700, 4000]) ?? 0);
		if (draw % 200 === 0) {
			await editor.rest();
		}
	}
	await editor.rest();
	return { editor, engine: world.scripted };
}

describe('ten thousand events, none of them kind', () => {
	it('show nothing that was said of another place, and leave nothing behind', async () => {
		const { editor, engine } = await storm(1, 10_000);
		assert.ok(editor.shown > 300 && editor.failures > 5, `${editor.shown} shown, ${editor.failures} failed`);
		editor.file.revert();
		editor.file.type('\tx = ');
		const before = engine.asked;
		editor.changed('typed');
		await editor.rest();
		assert.ok(engine.asked > before, 'it still completes');
	}).timeout(60_000);

	it('come to the same in each run', async () => {
		const [once, again] = [await storm(2, 500), await storm(2, 500)];
		assert.deepEqual([once.editor.shown, once.engine.asked], [again.editor.shown, again.engine.asked]);
	});
});
