import assert from 'node:assert/strict';
import { parseCommand, UsageError } from '../../../src/node/cli/arguments';

describe('the command line', () => {
	it('reads a place and the options of complete', () => {
		assert.deepEqual(parseCommand(['complete', 'src/a.ts:12:5', '--json', '--model', 'm.gguf', '--no-context']), {
			command: 'complete',
			file: 'src/a.ts',
			line: 12,
			column: 5,
			model: 'm.gguf',
			json: true,
			manual: false,
			context: false,
		});
	});

	it('reads a range of lines, whichever way round', () => {
		assert.deepEqual(parseCommand(['explain', 'a.py:9-3']), {
			command: 'explain',
			file: 'a.py',
			from: 3,
			to: 9,
			model: undefined,
			json: false,
		});
	});

	it('takes a file name with colons and spaces', () => {
		const parsed = parseCommand(['complete', 'C:\\my files\\a.ts:1:1']);
		assert.equal(parsed.file, 'C:\\my files\\a.ts');
	});

	for (const argv of [
		[],
		['sing'],
		['complete'],
		['complete', 'a.ts'],
		['complete', 'a.ts:0:1'],
		['complete', 'a.ts:1'],
		['complete', 'a.ts:1:1', 'b.ts:1:1'],
		['complete', 'a.ts:1:1', '--colour'],
		['explain', 'a.ts:5'],
		['explain', 'a.ts:1-2', '--model'],
	]) {
		it(`says how to ask, for: ${argv.join(' ') || 'nothing'}`, () => {
			assert.throws(
				() => parseCommand(argv),
				(error: unknown) => error instanceof UsageError && error.message.includes('Usage: npm run'),
			);
		});
	}
});
