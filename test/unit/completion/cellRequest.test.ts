import assert from 'node:assert/strict';
import { CompletionService } from '../../../src/core/completion/completionService';
import type { CompletionQuery } from '../../../src/core/completion/completionEngine';
import { baselineEngine } from '../../../src/core/evaluation/baselines/baselineEngine';
import { defaultSettings } from '../../../src/core/settings/settings';
import { atCursor } from '../../support/cursor';

/** The text shown for a cell of Python in which the model says `says`, and what it was asked. */
async function shown(at: string, says: string): Promise<{ text: string; query: Partial<CompletionQuery> }> {
	const engine = baselineEngine(() =>
		(says.match(/\n[ \t]*| ?\w+|\W/g) ?? []).map(text => ({ text, probability: 0.97 })),
	);
	let query: Partial<CompletionQuery> = {};
	const service = new CompletionService({
		complete: (asked, signal) => {
			query = asked;
			return engine.complete(asked, signal);
		},
	});
	const outcome = await service.complete(
		{
			document: {
				uri: 'vscode-notebook-cell:/a#1',
				path: 'a.ipynb',
				version: 1,
				languageId: 'python',
				...atCursor(at),
			},
			...{ settings: defaultSettings, trigger: 'automatic', isSnoozed: false, isPrivate: false, pieces: () => [] },
		},
		new AbortController().signal,
	);
	return { text: outcome.kind === 'silence' ? `${outcome.stage}: ${outcome.reason}` : outcome.suggestion.text, query };
}

describe('a notebook cell with a magic', () => {
	for (const [name, at, says, expected] of [
		['bash', '%%bash\ncd src ‸\n', '&& make all', '&& make all'],
		['bash behind other cells', "a = 'it''s'\n\n%%bash\ncd src ‸\n", '&& make all', '&& make all'],
		[
			'JavaScript',
			'%%javascript\n‸\n',
			"const box = document.querySelector('#out');",
			"const box = document.querySelector('#out');",
		],
		['an equality of JavaScript', '%%js\nconst same = ‸\n', 'a === b;', 'a === b;'],
		['a shell escape', 'import os\n!cd src ‸\n', '&& make all', '&& make all'],
		['a shell escape above Python', '!cd src ‸\nx = 1\n', '&& make all', '&& make all'],
		['a shell escape has one line', '!cd src ‸\n', '&& make\nx = 1', '&& make'],
		['Python stays Python', 'import os\nsame = ‸\n', 'a === b', 'filters: cutOtherLanguage'],
		['a timed cell stays Python', '%%time\nsame = ‸\n', 'a === b', 'filters: cutOtherLanguage'],
		['a comment of JavaScript', '%%javascript\n// So ‸\n', 'that', 'place: comment'],
	] as const) {
		it(`answers in its language: ${name}`, async () => {
			assert.equal((await shown(at, says)).text, expected);
		});
	}

	it('asks the model about the part in its language only', async () => {
		const { query } = await shown('import os\n\n%%bash\ncd src ‸\nls\n', '&& make');
		const { languageId, prefix, suffix } = query;
		assert.deepEqual([languageId, prefix, suffix], ['shellscript', '%%bash\ncd src ', '\nls\n']);
		const line = (await shown('import os\n!cd src ‸\nx = 1\n', '&& make')).query;
		assert.deepEqual(
			[line.languageId, line.prefix, line.suffix, line.extent],
			['shellscript', '!cd src ', '\n', 'line'],
		);
	});
});
