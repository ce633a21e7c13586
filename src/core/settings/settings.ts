import { contextSources, type SourceSwitches } from '../context/contextSource';

/** The user's settings. Keys are those of `package.json` without the prefix `sotto.`; a test checks that they are equal. */
export interface Settings {
	readonly enabled: boolean;
	readonly 'completion.trigger': 'automatic' | 'manual';
	readonly 'completion.lines': 'auto' | 'single';
	readonly 'completion.prose': boolean;
	readonly 'completion.confidence': 'eager' | 'balanced' | 'quiet';
	readonly 'context.sources': SourceSwitches;
	readonly 'context.ignore': readonly string[];
	readonly 'model.path': string;
	readonly 'explain.modelPath': string;
	readonly 'engine.threads': number;
	readonly 'engine.keepCache': boolean;
}

export type SettingKey = keyof Settings;

/** Where a value may come from. `workspace`: folder first, then workspace; absent ones left out. */
export interface SettingLayers {
	readonly user: unknown;
	readonly workspace: readonly unknown[];
}

interface Definition<T> {
	readonly fallback: T;
	/** Completes the sentence "must be …". */
	readonly expected: string;
	accepts(value: unknown): value is T;
	/**
	 * A workspace may only narrow what the user allows. Left out where it has no say at all: a repository must not
	 * choose the model, the engine's options or how bold suggestions are.
	 */
	narrow?(user: T, workspace: T): T;
}

const maxThreads = 64;

const definitions: { readonly [K in SettingKey]: Definition<Settings[K]> } = {
	enabled: { ...boolean(true), narrow: both },
	'completion.trigger': { ...oneOf(['automatic', 'manual'] as const), narrow: stricter('manual') },
	'completion.lines': { ...oneOf(['auto', 'single'] as const), narrow: stricter('single') },
	'completion.prose': { ...boolean(false), narrow: both },
	'completion.confidence': oneOf(['balanced', 'eager', 'quiet'] as const),
	'context.sources': {
		fallback: {},
		expected: `true or false for some of ${contextSources.join(', ')}`,
		accepts: isSwitches,
		narrow: (user, workspace) => ({ ...user, ...onlyOff(workspace) }),
	},
	'context.ignore': {
		fallback: [],
		expected: 'a list of patterns as in .gitignore',
		accepts: (value): value is readonly string[] =>
			Array.isArray(value) && value.every(item => typeof item === 'string'),
		// A negated pattern would give back what the user keeps from the model.
		narrow: (user, workspace) => [...new Set([...user, ...workspace.filter(pattern => !pattern.startsWith('!'))])],
	},
	'model.path': text(),
	'explain.modelPath': text(),
	'engine.threads': {
		fallback: 0,
		expected: `a whole number from 0 to ${maxThreads}`,
		accepts: (value): value is number => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= maxThreads,
	},
	'engine.keepCache': boolean(false),
};

export const settingKeys = Object.keys(definitions) as readonly SettingKey[];

export const defaultSettings: Settings = resolveSettings(() => ({ user: undefined, workspace: [] })).settings;

/**
 * Settles each setting from its layers. A value of the wrong type counts as absent and adds a sentence to `problems`;
 * what a workspace says is merged so that it can only narrow.
 */
export function resolveSettings(layersOf: (key: SettingKey) => SettingLayers): {
	settings: Settings;
	problems: readonly string[];
} {
	const problems: string[] = [];
	const resolve = <K extends SettingKey>(key: K): Settings[K] => resolveOne(key, layersOf(key), problems);
	const settings: Settings = {
		enabled: resolve('enabled'),
		'completion.trigger': resolve('completion.trigger'),
		'completion.lines': resolve('completion.lines'),
		'completion.prose': resolve('completion.prose'),
		'completion.confidence': resolve('completion.confidence'),
		'context.sources': resolve('context.sources'),
		'context.ignore': resolve('context.ignore'),
		'model.path': resolve('model.path'),
		'explain.modelPath': resolve('explain.modelPath'),
		'engine.threads': resolve('engine.threads'),
		'engine.keepCache': resolve('engine.keepCache'),
	};
	return { settings, problems };
}

function resolveOne<K extends SettingKey>(key: K, layers: SettingLayers, problems: string[]): Settings[K] {
	const definition = definitions[key];
	const accept = (value: unknown): Settings[K] | undefined => {
		if (value === undefined || definition.accepts(value)) {
			return value;
		}
		problems.push(
			`Setting sotto.${key} must be ${definition.expected}. Until it is corrected, Sotto ignores ${JSON.stringify(value)}.`,
		);
		return undefined;
	};
	let result = accept(layers.user) ?? definition.fallback;
	for (const value of definition.narrow === undefined ? [] : layers.workspace) {
		const accepted = accept(value);
		result = accepted === undefined ? result : (definition.narrow?.(result, accepted) ?? result);
	}
	return result;
}

function isSwitches(value: unknown): value is SourceSwitches {
	const known: readonly string[] = contextSources;
	return (
		typeof value === 'object' &&
		value !== null &&
		!Array.isArray(value) &&
		Object.entries(value).every(([source, isOn]) => known.includes(source) && typeof isOn === 'boolean')
	);
}

function onlyOff(switches: SourceSwitches): SourceSwitches {
	return Object.fromEntries(Object.entries(switches).filter(([, isOn]) => !isOn));
}

function boolean(fallback: boolean): Definition<boolean> {
	return { fallback, expected: 'true or false', accepts: value => typeof value === 'boolean' };
}

function text(): Definition<string> {
	return { fallback: '', expected: 'a text', accepts: value => typeof value === 'string' };
}

/** The first value is the default. */
function oneOf<T extends string>(values: readonly [T, ...T[]]): Definition<T> {
	const accepts = (value: unknown): value is T => values.some(allowed => allowed === value);
	return { fallback: values[0], expected: `one of ${values.join(', ')}`, accepts };
}

function both(user: boolean, workspace: boolean): boolean {
	return user && workspace;
}

function stricter<T extends string>(strict: T): (user: T, workspace: T) => T {
	return (user, workspace) => (workspace === strict ? strict : user);
}
