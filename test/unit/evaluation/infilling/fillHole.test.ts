import assert from 'node:assert/strict';
import { fillHole, type FillWishes } from '../../../../src/core/evaluation/infilling/fillHole';
import type { FillMode } from '../../../../src/core/evaluation/infilling/infillingRecord';
import type { InfillingTask } from '../../../../src/core/evaluation/infilling/infillingTask';
import { ParrotEngine, tokens } from '../sources';
import { addLine, addSpan } from './tasks';

const never = new AbortController().signal;

async function fill(
	said: string,
	{ task = addLine, mode = 'greedy', ...wishes }: Partial<FillWishes> & { task?: InfillingTask; mode?: FillMode } = {},
) {
	const engine = new ParrotEngine(tokens(said));
	let time = 0;
	const ports = { engine, model: 'parrot', now: () => (time += 40) };
	const found = await fillHole({ task, mode }, { without: [], extent: 'auto', ...wishes }, ports, never);
	return { ...found, queries: engine.queries };
}

describe('filling a hole', () => {
	it('asks once, through the service, without a gate', async () => {
		const { queries, record, file } = await fill('    total .1| =  .1|a + b .1|⏎');
		assert.equal(queries.length, 1);
		assert.equal(queries[0]?.probabilityFloor, 0);
		assert.equal(queries[0].prefix, addLine.prompt);
		assert.equal(file, 'def add(a, b):\n    total = a + b\n    return total\n');
		assert.deepEqual([record.isExact, record.similarity, record.silence, record.ms], [true, 1, '', 40]);
	});

	it('leaves the ranking out of a greedy fill, and nothing out of a ranked one', async () => {
		assert.deepEqual((await fill('x')).queries[0]?.without, ['ranking']);
		assert.deepEqual((await fill('x', { mode: 'ranked' })).queries[0]?.without, []);
		assert.deepEqual((await fill('x', { without: ['prior'] })).queries[0]?.without, ['prior', 'ranking']);
		assert.deepEqual((await fill('x', { without: ['ranking'] })).queries[0]?.without, ['ranking']);
		assert.deepEqual((await fill('x', { mode: 'ranked', without: ['prior'] })).queries[0]?.without, ['prior']);
	});

	it('asks for as much as the service decides, unless one is wished', async () => {
		const auto = await fill('x');
		assert.deepEqual([auto.record.extent, auto.queries[0]?.extent], ['block', 'block']);
		const line = await fill('x', { extent: 'line' });
		assert.deepEqual([line.record.extent, line.queries[0]?.extent, line.queries[0]?.maxTokens], ['line', 'line', 32]);
		const block = await fill('x', { task: addSpan, extent: 'block' });
		assert.deepEqual([block.record.extent, block.queries[0]?.extent], ['block', 'block']);
	});

	it('runs the file as it is where nothing is suggested, and says why', async () => {
		const { record, file } = await fill('⏎');
		assert.equal(file, 'def add(a, b):\n\n    return total\n');
		assert.notEqual(record.silence, '');
		assert.deepEqual([record.isExact, record.similarity], [false, 0]);
	});

	it('keeps nothing of the task in the record but its name', async () => {
		const { record } = await fill('    pass|⏎');
		assert.deepEqual(Object.keys(record).sort(), [
			'evaluatedTokens',
			'extent',
			'fill',
			'generatedTokens',
			'isExact',
			'kind',
			'mode',
			'ms',
			'promptTokens',
			'silence',
			'similarity',
			'stopReason',
			'task',
		]);
		assert.equal(record.fill, '    pass');
	});
});
