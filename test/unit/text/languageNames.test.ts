import assert from 'node:assert/strict';
import { languageName, languagesOf } from '../../../src/core/text/languageNames';

const contributions = [
	{ id: 'typescript', aliases: [] },
	{ id: 'typescript', aliases: ['TypeScript', 'ts'] },
	{ id: 'odd', aliases: ['', '%odd.name%', 'Odd'] },
];

describe('languageName', () => {
	it('is the first name that an extension gives the language', () => {
		assert.equal(languageName('typescript', contributions), 'TypeScript');
	});

	it('is no blank text and no placeholder of a translation', () => {
		assert.equal(languageName('odd', contributions), 'Odd');
	});

	it('is the id where no extension names the language', () => {
		assert.equal(languageName('cobol', contributions), 'cobol');
	});
});

describe('languagesOf', () => {
	it('reads the languages of a manifest', () => {
		const manifest = { contributes: { languages: [{ id: 'go', aliases: ['Go'], extensions: ['.go'] }] } };
		assert.deepEqual(languagesOf(manifest), [{ id: 'go', aliases: ['Go'] }]);
	});

	for (const manifest of [
		null,
		1,
		{},
		{ contributes: null },
		{ contributes: { languages: { id: 'go' } } },
		{ contributes: { languages: [null, 'go', { id: 1, aliases: [] }, { id: 'go' }, { aliases: ['Go'] }] } },
	]) {
		it(`takes ${JSON.stringify(manifest)} for one without languages`, () => {
			assert.deepEqual(languagesOf(manifest), []);
		});
	}

	it('takes no manifest for one without languages', () => {
		assert.deepEqual(languagesOf(undefined), []);
	});

	it('leaves out names that are no text', () => {
		assert.deepEqual(languagesOf({ contributes: { languages: [{ id: 'go', aliases: [1, 'Go'] }] } }), [
			{ id: 'go', aliases: ['Go'] },
		]);
	});
});
