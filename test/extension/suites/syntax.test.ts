import assert from 'node:assert/strict';
import { join } from 'node:path';
import { ParserThread } from '../../../src/node/syntax/parserThread';
import { activateSotto } from '../support/editing';

describe('the thread that parses', () => {
	it('works in the extension host', async () => {
		const log: string[] = [];
		const { extensionPath } = await activateSotto();
		const entry = join(extensionPath, 'dist/syntax.cjs');
		const parser = new ParserThread({ entry, patienceMs: 60_000, onLog: message => log.push(message) });
		try {
			const prefix = 'def f(x):\n    y = [';
			const ends = await parser.open({ uri: 'a.py', languageId: 'python', prefix, suffix: '\n    z\n' })('\n1,\n]\nw');
			assert.deepEqual([ends, log], ['\n1,\n]'.length, []]);
		} finally {
			parser.dispose();
		}
	});
});
