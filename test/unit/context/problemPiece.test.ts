import assert from 'node:assert/strict';
import { problemPiece, type Problem } from '../../../src/core/context/problemPiece';

function error(message: string, line: number, severity: Problem['severity'] = 'error'): Problem {
	return { severity, message, line };
}

describe('problems at the cursor', () => {
	it('are errors, nearest first, without the line that is being written', () => {
		const problems = [
			error('far', 30),
			error('two above', 8),
			error('here', 10),
			error('below', 11),
			error('w', 9, 'warning'),
		];
		assert.equal(problemPiece(problems, 10)?.text, 'below\ntwo above\nfar');
	});

	it('are few and short, a line each', () => {
		const text =
			problemPiece(
				[1, 2, 3, 4].map(line => error('a\n  b'.padEnd(1000, 'c'), line)),
				0,
			)?.text ?? '';
		assert.deepEqual(
			text.split('\n').map(line => [line.length, line.startsWith('a b')]),
			[
				[160, true],
				[160, true],
				[160, true],
			],
		);
	});

	it('are none where nothing is wrong nearby', () => {
		assert.equal(problemPiece([], 0), undefined);
		assert.equal(problemPiece([error('far away', 100)], 0), undefined);
	});

	it('read the same when lines are added above', () => {
		assert.equal(problemPiece([error('x', 5)], 6)?.text, problemPiece([error('x', 15)], 16)?.text);
	});
});
