import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { startInGap } from './support/boxFile';
import { findEngine, mappedModels, waitForEngine } from './support/engineProcess';
import { describeInVscode } from './support/session';

const manifestShape = z.object({
	contributes: z.object({
		configuration: z.array(
			z.object({
				properties: z.record(z.string(), z.object({ type: z.string(), enum: z.optional(z.array(z.string())) })),
			}),
		),
	}),
});
const manifest = manifestShape.parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')));
const settings = manifest.contributes.configuration.flatMap(({ properties }) => Object.entries(properties));

/** Values of the right type, so that only the rule "a workspace may narrow" can reject them. */
const plausible: Readonly<Record<string, unknown>> = {
	'sotto.enabled': true,
	'sotto.completion.trigger': 'automatic',
	'sotto.completion.lines': 'auto',
	'sotto.completion.prose': true,
	'sotto.completion.confidence': 'eager',
	'sotto.context.sources': { problems: true },
	'sotto.context.ignore': ['!.env', '!*.pem'],
	'sotto.model.path': '/canary/model.gguf',
	'sotto.explain.modelPath': '/canary/explain.gguf',
	'sotto.engine.threads': 63,
	'sotto.engine.keepCache': true,
};
const ofWrongType = Object.fromEntries(settings.map(([key]) => [key, { canary: key }]));

describe('a workspace that sets every Sotto setting', () => {
	it('is what these suites try: no setting is left out', () => {
		assert.deepEqual(Object.keys(plausible).sort(), settings.map(([key]) => key).sort());
	});
});

const workspaces = [
	{ name: 'to plausible values', workspaceSettings: plausible },
	{ name: 'to values of the wrong type', workspaceSettings: ofWrongType },
];

for (const { name, workspaceSettings } of workspaces) {
	describeInVscode(
		`a workspace that sets every Sotto setting ${name}`,
		{ open: 'box.ts', bundledModel: true, workspaceSettings },
		session => {
			it('changes neither the model nor the engine, and completions come', async () => {
				const { editor, server } = session();
				await startInGap(session());
				await editor.type('this.label');
				assert.match(await editor.waitForGhostText(), /\S/);
				const pid = await waitForEngine(server);
				assert.match(mappedModels(pid).join(), /^[^,]*smollm2[^,]*$/);
				assert.doesNotMatch(
					readFileSync(`/proc/${pid}/environ`, 'utf8') + (findEngine(server)?.command ?? ''),
					/canary/,
				);
				assert.deepEqual(await editor.notifications(), []);
			});
		},
	);
}

describeInVscode(
	'Restricted Mode',
	{ open: 'box.ts', bundledModel: true, restrictedMode: true, workspaceSettings: plausible },
	session => {
		it('completes with the bundled model', async () => {
			const { editor, server } = session();
			await editor.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
			await startInGap(session());
			await editor.type('this.label');
			assert.match(await editor.waitForGhostText(), /\S/);
			assert.match(mappedModels(await waitForEngine(server)).join(), /^[^,]*smollm2[^,]*$/);
		});
	},
);
