import assert from 'node:assert/strict';
import { packagedFile } from '../../../../src/core/evaluation/explaining/packagedFile';

describe('packagedFile', () => {
	it('reads a line of a package', () => {
		const file = { path: 'a.ts', language: 'typescript', text: 'a();\n' };
		assert.deepEqual(packagedFile(JSON.stringify(file)), file);
	});

	for (const line of ['', 'no JSON', 'null', '[]', '{"path":"a.ts"}', '{"path":"a","language":"go","text":1}']) {
		it(`has nothing for ${JSON.stringify(line)}`, () => {
			assert.equal(packagedFile(line), undefined);
		});
	}
});
