import assert from 'node:assert/strict';
import manifest from '../../../package.json' with { type: 'json' };
import { defaultSettings, resolveSettings, settingKeys, type SettingKey } from '../../../src/core/settings/settings';

interface Declared {
	readonly default: unknown;
	readonly scope: string;
	readonly order: number;
}

const declared = new Map<string, Declared>(
	manifest.contributes.configuration.flatMap(section =>
		Object.entries(section.properties as Record<string, Declared>).map(
			([key, value]) => [key.replace(/^sotto\./, ''), value] as const,
		),
	),
);

function resolve(user: Record<string, unknown>, ...workspaces: Record<string, unknown>[]) {
	return resolveSettings(key => ({ user: user[key], workspace: workspaces.map(layer => layer[key]) }));
}

describe('settings', () => {
	it('have the same keys and defaults in package.json and in code', () => {
		const defaults = Object.fromEntries([...declared].map(([key, { default: value }]) => [key, value]));
		assert.deepEqual(defaults, defaultSettings);
	});

	it('are at most twelve', () => {
		assert.ok(settingKeys.length <= 12);
	});

	it('that name a path, a model or the engine cannot be set by a workspace', () => {
		const dangerous: readonly SettingKey[] = [
			'model.path',
			'explain.modelPath',
			'engine.threads',
			'engine.keepCache',
			'completion.confidence',
		];
		for (const key of dangerous) {
			assert.match(declared.get(key)?.scope ?? '', /^(machine|application)$/, key);
		}
	});

	it('of a hostile workspace can only narrow what the user allows', () => {
		const hostile = {
			enabled: true,
			'completion.trigger': 'automatic',
			'completion.lines': 'auto',
			'completion.prose': true,
			'completion.confidence': 'eager',
			'context.sources': { files: true, problems: true, recent: true },
			'context.ignore': ['!private/', 'generated/'],
			'model.path': '/tmp/evil.gguf',
			'explain.modelPath': '/tmp/evil.gguf',
			'engine.threads': 64,
			'engine.keepCache': true,
		};
		const user = {
			enabled: false,
			'completion.trigger': 'manual',
			'completion.lines': 'single',
			'completion.prose': false,
			'completion.confidence': 'quiet',
			'context.sources': { files: false, recent: true },
			'context.ignore': ['private/'],
			'model.path': '/home/me/model.gguf',
			'engine.threads': 2,
			'engine.keepCache': false,
		};
		assert.deepEqual(resolve(user, hostile).settings, {
			...user,
			'context.ignore': ['private/', 'generated/'],
			'explain.modelPath': '',
		});
	});

	it('of a careful workspace narrow', () => {
		const { settings } = resolve(
			{},
			{ enabled: false, 'completion.trigger': 'manual' },
			{ 'context.sources': { definitions: false, problems: true } },
		);
		assert.equal(settings.enabled, false);
		assert.equal(settings['completion.trigger'], 'manual');
		assert.deepEqual(settings['context.sources'], { definitions: false });
	});

	for (const [key, wrong] of [
		['enabled', 'yes'],
		['completion.trigger', 'sometimes'],
		['completion.lines', 3],
		['completion.confidence', null],
		['context.sources', ['files']],
		['context.sources', { files: 'yes' }],
		['context.sources', { network: true }],
		['context.ignore', ['ok', 5]],
		['model.path', 7],
		['explain.modelPath', []],
		['engine.threads', 1.5],
		['engine.threads', -1],
		['engine.threads', '4'],
	] as const satisfies readonly (readonly [SettingKey, unknown])[]) {
		it(`say what is wrong with ${key} = ${JSON.stringify(wrong)} and use the default`, () => {
			const { settings, problems } = resolve({ [key]: wrong });
			assert.deepEqual(settings[key], defaultSettings[key]);
			assert.equal(problems.length, 1);
			assert.match(problems[0] ?? '', new RegExp(`^Setting sotto\\.${key} must be .+ignores`));
		});
	}
});
