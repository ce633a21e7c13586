import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '../../..');
const contributed = manifest.contributes.commands.map(({ command }) => command);

/** The ids in `src/extension/commands.ts`, read as text: the file imports `vscode`, which plain mocha does not have. */
function implemented(): string[] {
	const source = readFileSync(join(root, 'src/extension/commands.ts'), 'utf8');
	const list = /commandIds = \[([^\]]*)\]/.exec(source)?.[1] ?? '';
	return [...list.matchAll(/'([^']+)'/g)].map(match => match[1] ?? '');
}

describe('the manifest', () => {
	it('contributes exactly the commands that the code registers', () => {
		assert.deepEqual([...contributed].sort(), implemented().sort());
	});

	it('uses only contributed commands in menus, keys and walkthroughs', () => {
		const { menus, keybindings, walkthroughs } = manifest.contributes;
		const used = [
			...menus['sotto.editor'].map(({ command }) => command),
			...keybindings.map(({ command }) => command),
			...[...JSON.stringify(walkthroughs).matchAll(/command:(sotto\.\w+)/g)].map(match => match[1] ?? ''),
		];
		assert.ok(used.length > 5);
		assert.deepEqual(
			used.filter(command => !contributed.includes(command)),
			[],
		);
	});

	it('steals no key: at most three, all of them chords', () => {
		const { keybindings } = manifest.contributes;
		assert.ok(keybindings.length <= 3);
		for (const { key, when } of keybindings) {
			assert.match(key, /^ctrl\+k ctrl\+\w$/);
			assert.notEqual(when, '');
		}
	});

	it('gives every setting an order, a scope and a description', () => {
		for (const section of manifest.contributes.configuration) {
			for (const [key, setting] of Object.entries(section.properties)) {
				const { order, scope, markdownDescription } = setting as Record<string, unknown>;
				assert.equal(typeof order, 'number', key);
				assert.match(String(scope), /^(machine|application|resource|language-overridable)$/, key);
				assert.ok(String(markdownDescription).length > 10, key);
			}
		}
	});

	it('works in Restricted Mode, with everything dangerous restricted', () => {
		const { untrustedWorkspaces } = manifest.capabilities;
		assert.equal(untrustedWorkspaces.supported, 'limited');
		for (const key of [
			'sotto.model.path',
			'sotto.explain.modelPath',
			'sotto.engine.threads',
			'sotto.engine.keepCache',
		]) {
			assert.ok(untrustedWorkspaces.restrictedConfigurations.includes(key), key);
		}
	});

	it('enables no proposed API', () => {
		assert.equal('enabledApiProposals' in manifest, false);
		assert.equal(manifest.devDependencies['@types/vscode'], manifest.engines.vscode.replace('^', ''));
	});

	it('pins every dependency to one version', () => {
		const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
		assert.deepEqual(
			versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version)),
			[],
		);
	});
});

describe('the lock file', () => {
	it('names every optional dependency of node-llama-cpp, or `npm ci` refuses it', () => {
		const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
		const optional = Object.keys(packages['node_modules/node-llama-cpp']?.optionalDependencies ?? {});
		assert.ok(optional.length > 10);
		assert.deepEqual(
			optional.filter(name => !(`node_modules/${name}` in packages)),
			[],
		);
	});

	it('names no registry', () => {
		assert.doesNotMatch(readFileSync(join(root, 'package-lock.json'), 'utf8'), /"resolved": "http/);
	});
});

interface Lock {
	readonly packages: Readonly<Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>>;
}
