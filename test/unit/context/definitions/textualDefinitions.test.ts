import assert from 'node:assert/strict';
import { definitionLine, textualDefinitions } from '../../../../src/core/context/definitions/textualDefinitions';
import type { OpenFile } from '../../../../src/core/context/openFile';
import { atCursor } from '../../../support/cursor';

function file(path: string, text: string): OpenFile {
	const languageId = path.endsWith('.py') ? 'python' : 'typescript';
	return { uri: `file:///${path}`, path, languageId, version: 1, text };
}

/** `path:line text` of each definition. */
function found(at: string, files: readonly OpenFile[], path = 'src/a.ts'): readonly string[] {
	const { languageId } = file(path, '');
	const document = { uri: `file:///${path}`, path, languageId, version: 1, ...atCursor(at) };
	return textualDefinitions(document, files).map(({ path, start, text }) => `${path}:${start + 1} ${text}`);
}

const send = 'export function send(m: string) {}';

describe('definitions found by reading', () => {
	it('are those of imported names in use', () => {
		const files = [file('src/m.ts', `const x = 1;\n${send}\n`), file('src/n.ts', 'export const send = 2;')];
		assert.deepEqual(found("import { send } from './m';\nsend(‸", files), [`src/m.ts:2 ${send}`]);
	});

	const modules: readonly [module: string, path: string][] = [
		['./m.js', 'src/m.ts'],
		['../m', 'm.ts'],
		['../lib', 'lib/index.ts'],
		['.', 'src/index.ts'],
		['lib/m', 'packages/lib/m.ts'],
	];
	for (const [module, path] of modules) {
		it(`follow ${module} to ${path}`, () => {
			const files = [file('other/m.ts', 'x'), file(path, send)];
			assert.deepEqual(found(`import { send } from '${module}';\nsend(‸`, files), [`${path}:1 ${send}`]);
		});
	}

	const python: readonly [module: string, path: string][] = [
		['.m', 'pkg/sub/m.py'],
		['..m', 'pkg/m.py'],
		['pkg.m', 'src/pkg/m.py'],
		['.', 'pkg/sub/__init__.py'],
	];
	for (const [module, path] of python) {
		it(`follow ${module} of Python to ${path}`, () => {
			const files = [file('other.py', 'x'), file(path, 'def send(m):\n    pass\n')];
			const at = `from ${module} import send\n\nsend(‸`;
			assert.deepEqual(found(at, files, 'pkg/sub/a.py'), [`${path}:1 def send(m):\n    pass`]);
		});
	}

	it('are found behind barrels', () => {
		const files = [
			file('src/index.ts', "export * from './inner';\n"),
			file('src/inner/index.ts', "export { post as send } from './m';\n"),
			file('src/inner/m.ts', 'export function post() {}'),
		];
		assert.deepEqual(found("import { send } from '.';\nsend(‸", files), ['src/inner/m.ts:1 export function post() {}']);
	});

	it('are none where modules export from each other in a circle', () => {
		const files = [file('src/m.ts', "export * from './n';"), file('src/n.ts', "export * from './m';")];
		assert.deepEqual(found("import { send } from './m';\nsend(‸", files), []);
	});

	it('are none of what another package defines, or nobody', () => {
		assert.deepEqual(
			found("import { join } from 'node:path';\nimport { no } from './m';\njoin(no(‸", [file('src/m.ts', send)]),
			[],
		);
	});

	const lines: readonly [text: string, name: string, line: number | undefined][] = [
		['export async function send() {}', 'send', 0],
		['a\nexport const send = 1', 'send', 1],
		['export interface Send {\n\tsend: string;\n}', 'send', undefined],
		['class A:\n    def send(self): ...', 'send', undefined],
		['LIMIT: int = 3', 'LIMIT', 0],
		['limit == 3', 'limit', undefined],
		['const a = 1;\nexport default class B {}', 'default', 1],
		['export const sender = 1', 'send', undefined],
	];
	for (const [text, name, line] of lines) {
		it(`of ${name} in ${text.replaceAll('\n', '⏎')}`, () => {
			assert.equal(definitionLine(text, name), line);
		});
	}
});
