import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CompleteReport } from '../../src/node/cli/completeCommand';
import { openRealModel } from '../support/realModel';
import { nanoModel } from '../support/gguf';
import { runCli } from '../support/runCli';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporaryFolder';

const statement = 'var total17=order.count(items[3],"price");';
const lines = {
	'code.js': statement,
	'word.js': 'x',
	'quotes.js': '"',
	'brackets.js': '(',
	'base64.json': 'QUJD',
} as const;

const lineOf = (unit: string, length: number): string => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

describe('a line without end', () => {
	let folder: string;
	before(async () => {
		folder = await temporaryFolder();
	});
	after(removeTemporaryFolders);

	for (const [name, unit] of Object.entries(lines)) {
		it(`is answered by the terminal command from the prompt that the editor would make: ${name}`, async () => {
			const length = 1_000_000;
			writeFileSync(join(folder, name), lineOf(unit, length));
			const place = `${name}:1:${length / 2}`;
			const { code, output, errors } = await runCli(
				['complete', place, '--manual', '--json', '--no-context', '--model', nanoModel],
				folder,
			);
			assert.deepEqual([code, errors], [0, '']);
			const { promptTokens, evaluatedTokens } = JSON.parse(output) as CompleteReport;
			assert.ok(promptTokens > 0 && promptTokens < 1024);
			// The candidates are evaluated as well.
			assert.ok(evaluatedTokens < 1024);
		});
	}

	it('is tokenised a few times over as far as a prompt of it could reach, and no further', async () => {
		const real = await openRealModel(nanoModel);
		const sequence = await real.openSequence();
		let characters = 0;
		const { tokenizer } = real;
		const tokenize = tokenizer.tokenize.bind(tokenizer);
		tokenizer.tokenize = text => {
			characters += text.length;
			return tokenize(text);
		};
		const params = { requestId: 1, path: 'a.js', languageId: 'javascript', pieces: [], extent: 'line' as const };
		const text = lineOf(statement, 1_000_000);
		const asked = { ...params, prefix: text, suffix: text, maxTokens: 8, probabilityFloor: 0 };
		await real.completer(sequence).run(asked, new AbortController().signal, () => undefined);
		await sequence.dispose();
		await real.model.dispose();
		assert.ok(characters < 4 * 12 * real.contextTokens, `${characters} characters`);
	});

	it('is explained as far as the editor would, and the terminal command says so', async () => {
		mkdirSync(join(folder, 'explained'));
		writeFileSync(join(folder, 'explained', 'a.js'), lineOf(statement, 1_000_000));
		const { code, output } = await runCli(['explain', 'explained/a.js:1-1', '--model', nanoModel], folder);
		assert.equal(code, 0);
		assert.ok(output.length < 40_000);
		assert.match(output.slice(0, 300), /more than can be explained at once.* the first 20000 characters of it/);
	});

	it('that is blank is not explained: the terminal command says that there is no code', async () => {
		writeFileSync(join(folder, 'blank.py'), 'a = 1\n\n   \nb = 2\n');
		const { code, output, errors } = await runCli(['explain', 'blank.py:2-3'], folder);
		assert.deepEqual([code, output], [2, '']);
		assert.equal(errors, 'There is no code in lines 2–3 of blank.py. Name lines with code: FILE:FROM-TO\n');
	});
});
