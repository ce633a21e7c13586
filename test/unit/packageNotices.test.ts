import assert from 'node:assert/strict';
import { join } from 'node:path';
import { grammarParts } from '../../scripts/package/grammarParts';
import { isPermissive } from '../../scripts/package/licences';
import { nativeParts } from '../../scripts/package/nativeParts';
import { thirdPartyNotices } from '../../scripts/package/notices';
import { PackageError } from '../../scripts/package/packageError';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporaryFolder';

const root = join(import.meta.dirname, '../..');

function manifest(fields: Readonly<Record<string, unknown>>): string {
	return JSON.stringify({ name: 'thing', version: '1.2.3', license: 'MIT', ...fields });
}

describe('permissive licences', () => {
	const cases: readonly (readonly [expression: string, permissive: boolean])[] = [
		['MIT', true],
		['BlueOak-1.0.0', true],
		['(MIT OR GPL-3.0-only)', true],
		['MIT AND ISC', true],
		['MIT AND GPL-3.0-only', false],
		['GPL-3.0-only', false],
		['LGPL-2.1-or-later', false],
		['SEE LICENSE IN LICENSE', false],
		['MIT AND (ISC OR GPL-2.0-only)', false],
		['UNLICENSED', false],
		['', false],
	];
	for (const [expression, expected] of cases) {
		it(`${expression === '' ? 'nothing' : expression}: ${expected ? 'may ship' : 'may not'}`, () => {
			assert.equal(isPermissive(expression), expected);
		});
	}
});

describe('third-party notices', () => {
	after(removeTemporaryFolders);

	it('give name, version, licence and text of each package once, in order', async () => {
		const folder = await temporaryFolder({
			'b/package.json': manifest({ name: 'b', license: 'ISC' }),
			'b/LICENSE.txt': 'Text of b.\r\nSecond line.\r\n',
			'a/package.json': manifest({ name: 'a' }),
			'a/license': 'Text of a.',
			'a/NOTICE': 'Notice of a.',
			'nested/a/package.json': manifest({ name: 'a' }),
			'nested/a/LICENSE': 'Text of a.\n\nNotice of a.',
		});
		const line = `\n\n${'-'.repeat(80)}\n\n`;
		assert.equal(
			await thirdPartyNotices(folder, ['b', 'a', 'nested/a'], false),
			[
				'Sotto contains the following software of third parties.\n' +
					'Each part is under its own licence, which is given below its name.',
				'a 1.2.3 (MIT)\n\nText of a.\n\nNotice of a.',
				'b 1.2.3 (ISC)\n\nText of b.\nSecond line.\n',
			].join(line),
		);
	});

	it('write out the MIT licence for an author who forgot the file', async () => {
		const folder = await temporaryFolder({ 'package.json': manifest({ author: 'A. Author <a@example.org>' }) });
		const text = await thirdPartyNotices(folder, ['.'], false);
		assert.match(text, /thing 1\.2\.3 \(MIT\)\n\nMIT License\n\nCopyright \(c\) A\. Author\n/);
		assert.match(text, /THE SOFTWARE IS PROVIDED "AS IS"/);
	});

	const refused = [
		{ what: 'a licence that is not permissive', fields: { license: 'GPL-3.0-only' }, says: /licensed "GPL-3\.0-only"/ },
		{ what: 'no stated licence', fields: { license: undefined }, says: /licensed "not stated"/ },
		{ what: 'no licence text', fields: { license: 'ISC' }, says: /is ISC and has no licence text/ },
	];
	for (const { what, fields, says } of refused) {
		it(`are refused for a package with ${what}`, async () => {
			const folder = await temporaryFolder({ 'package.json': manifest(fields) });
			await assert.rejects(
				thirdPartyNotices(folder, ['.'], false),
				(error: unknown) =>
					error instanceof PackageError && says.test(error.message) && error.message.startsWith('thing 1.2.3'),
			);
		});
	}

	it('name what is compiled into the binaries', async () => {
		const text = await thirdPartyNotices(root, ['node_modules/node-llama-cpp'], true);
		for (const title of [
			'tree-sitter-java (MIT)',
			'llama.cpp and ggml (MIT)',
			'JSON for Modern C++ (MIT)',
			'node-llama-cpp 3.22.1 (MIT)',
		]) {
			assert.ok(text.includes(`\n${title}\n\n`), title);
		}
	});

	it('are refused when the binaries hold another llama.cpp than the one that was read', async () => {
		const folder = await temporaryFolder({
			'node_modules/node-llama-cpp/llama/llama.cpp.info.json': '{ "tag": "v9.9.9" }',
		});
		await assert.rejects(
			nativeParts(folder),
			(error: unknown) => error instanceof PackageError && error.message.includes('llama.cpp v9.9.9'),
		);
	});

	it('are refused when the grammars are of another version than the one that was read', async () => {
		const folder = await temporaryFolder({
			'node_modules/@vscode/tree-sitter-wasm/package.json': manifest({ name: '@vscode/tree-sitter-wasm' }),
		});
		await assert.rejects(
			grammarParts(folder),
			(error: unknown) => error instanceof PackageError && error.message.includes('now at 1.2.3'),
		);
	});
});
