import assert from 'node:assert/strict';
import { thresholdsOf } from '../../../src/core/completion/thresholds';
import { EngineError } from '../../../src/core/engine/engineError';
import { evaluate, type EvaluationPorts } from '../../../src/core/evaluation/evaluate';
import { evaluatePosition } from '../../../src/core/evaluation/evaluatePosition';
import type { EvaluationContext } from '../../../src/core/evaluation/evaluationContext';
import { nearestFiles } from '../../../src/core/evaluation/nearestFiles';
import { choosePositions, hiddenText } from '../../../src/core/evaluation/positions';
import { ParrotEngine, source, tokens } from './sources';

const never = new AbortController().signal;

const file = source(
	'src/a.ts',
	'import { send } from "./send";\n\nexport function run(message: string): void {\n\tsend(message);\n}\n',
);
const other = source('src/send.ts', 'export function send(message: string): void {\n\tqueue.push(message);\n}\n');

function ports(
	engine: EvaluationPorts['engine'],
	onProgress: EvaluationPorts['onProgress'] = () => undefined,
): EvaluationPorts {
	let clock = 0;
	const share = (): Promise<void> => Promise.resolve();
	return { engine, share, now: () => clock++, onProgress, pause: () => Promise.resolve() };
}

function plan(contexts: readonly EvaluationContext[], perLanguage = 8) {
	return { files: [file, other], positions: choosePositions([file], { perLanguage, seed: 1 }), contexts };
}

describe('evaluating a position', () => {
	const position = {
		file,
		kind: 'start',
		offset: file.text.indexOf('send(message)'),
		end: file.text.indexOf('\n}'),
	} as const;
	const question = { position, predictor: 'model', context: 'none', pieces: [], now: () => 0 } as const;

	it('asks the model once, and finds what each level of the gate would show', async () => {
		const engine = new ParrotEngine(tokens('send|(|mes|sage .5|) .6|;'));
		const record = await evaluatePosition({ ...question, engine }, never);
		assert.equal(engine.queries.length, 1);
		assert.equal(engine.queries[0]?.probabilityFloor, 0);
		assert.equal(record.hidden, 'send(message);');
		assert.equal(record.modelText, 'send(message);');
		assert.ok(record.ungated.judgement.isExactLine && record.gated.eager.judgement.isExactLine);
	});

	it('shows by hand what no level of the gate lets through', async () => {
		const engine = new ParrotEngine(tokens('send .01|( .01|message .01|) .01|; .01'));
		const { ungated, gated } = await evaluatePosition({ ...question, engine }, never);
		assert.equal(ungated.text, 'send(message);');
		assert.deepEqual([gated.eager.text, gated.balanced.text, gated.quiet.text], ['', '', '']);
		assert.equal(gated.eager.judgement.accepted, 0);
	});

	it('asks for what the product asks for: the hidden text is nowhere in the query', async () => {
		const engine = new ParrotEngine(tokens('x'));
		await evaluatePosition({ ...question, engine, pieces: [{ path: 'b.ts', text: 'piece' }] }, never);
		const [query] = engine.queries;
		assert.equal(query?.extent, 'block');
		assert.deepEqual(query.pieces, [{ path: 'b.ts', text: 'piece' }]);
		assert.ok(!`${query.prefix}${query.suffix}`.includes('send(message)'));
	});

	it('says where it was', async () => {
		const record = await evaluatePosition({ ...question, engine: new ParrotEngine([]) }, never);
		const { repository, path, line, column, kind, language, hiddenCharacters, ungated } = record;
		assert.deepEqual(
			{ repository, path, line, column, kind, language, hiddenCharacters, shown: ungated.text },
			{
				repository: 'repo',
				path: 'src/a.ts',
				line: 4,
				column: 2,
				kind: 'start',
				language: 'typescript',
				hiddenCharacters: 14,
				shown: '',
			},
		);
	});

	it('agrees with the trials at the thresholds of a level', async () => {
		const { quiet } = thresholdsOf(undefined);
		for (const said of ['send|( .5|message .35|) .5|;', 'send .9|( .8|x .75|)', 'x .2|y', 'send|(|message .1|)']) {
			const record = await evaluatePosition({ ...question, engine: new ParrotEngine(tokens(said)) }, never);
			const trial = record.trials.find(({ token }) => token === quiet.token);
			const expected = trial !== undefined && trial.mean >= quiet.line ? trial.judgement : { accepted: 0 };
			assert.equal(record.gated.quiet.judgement.accepted, expected.accepted);
		}
	});
});

describe('an evaluation', () => {
	it('asks the model and both baselines at each position in each context', async () => {
		const progress: string[] = [];
		const engine = new ParrotEngine(tokens('x'));
		const { positions } = plan(['none']);
		const onProgress = (done: number, total: number) => progress.push(`${done}/${total}`);
		const records = await evaluate(plan(['none', 'files']), ports(engine, onProgress), never);
		assert.equal(records.length, positions.length * 2 * 3);
		assert.equal(engine.queries.length, positions.length * 2);
		assert.equal(progress.at(-1), `${positions.length * 2}/${positions.length * 2}`);
		assert.deepEqual(
			[...new Set(records.map(({ predictor }) => predictor))],
			['model', 'n-gram cache', 'similar line'],
		);
		assert.deepEqual(
			records
				.filter(({ predictor, context }) => predictor === 'model' && context === 'none')
				.map(({ hidden }) => hidden),
			positions.map(hiddenText),
		);
	});

	it('shows other files only with that context', async () => {
		const engine = new ParrotEngine(tokens('x'));
		await evaluate(plan(['none', 'files']), ports(engine), never);
		const withPieces = engine.queries.filter(({ pieces }) => pieces.length > 0);
		assert.ok(withPieces.length > 0 && withPieces.length <= engine.queries.length / 2);
		assert.ok(withPieces.every(({ pieces }) => pieces.every(({ path }) => path === 'src/send.ts')));
	});

	it('shows the definitions of what the code at the cursor imports, and only with that context', async () => {
		const engine = new ParrotEngine(tokens('x'));
		const user = source('src/a.ts', `${file.text}\nexport const twice = (text: string) => [send(text), send(text)];\n`);
		const positions = choosePositions([user], { perLanguage: 16, seed: 1 });
		const asked = { files: [user, other], positions, contexts: ['definitions'] } as const;
		const records = await evaluate(asked, ports(engine), never);
		const shown = engine.queries.flatMap(({ pieces }) => pieces);
		assert.ok(shown.length > 0);
		assert.ok(shown.every(({ path, text }) => path === 'src/send.ts' && text.startsWith('export function send(')));
		assert.deepEqual([...new Set(records.map(({ predictor, context }) => predictor + context))], ['modeldefinitions']);
	});

	it('takes the files behind the nearest twenty for lately closed ones', async () => {
		const near = Array.from({ length: 20 }, (_, index) => source(`src/b${index}.ts`, 'x'));
		const far = source('far/away/c.ts', 'export function run(message: string): void {\n\tsend(message);\n}\n');
		const engine = new ParrotEngine(tokens('x'));
		const { positions } = plan(['none']);
		for (const contexts of [['files'], ['recent']] as const) {
			await evaluate({ files: [file, ...near, far], positions, contexts }, ports(engine), never);
		}
		const [files, recent] = [engine.queries.slice(0, positions.length), engine.queries.slice(positions.length)];
		assert.ok(files.every(({ pieces }) => pieces.length === 0));
		assert.ok(recent.some(({ pieces }) => pieces.some(({ path }) => path === 'far/away/c.ts')));
	});

	it('leaves the baselines out where they were asked before', async () => {
		const records = await evaluate({ ...plan(['none']), baselines: false }, ports(new ParrotEngine([])), never);
		assert.deepEqual([...new Set(records.map(({ predictor }) => predictor))], ['model']);
	});

	it('keeps what is done when it is cancelled', async () => {
		const cancel = new AbortController();
		const onProgress = (done: number) => {
			if (done === 2) {
				cancel.abort();
			}
		};
		const records = await evaluate(plan(['none']), ports(new ParrotEngine(tokens('x')), onProgress), cancel.signal);
		assert.equal(records.length, 2 * 3);
	});

	it('keeps what is done when the engine goes down with the cancelling', async () => {
		const cancel = new AbortController();
		let calls = 0;
		const parrot = new ParrotEngine(tokens('x'));
		const engine: EvaluationPorts['engine'] = {
			complete: query => {
				if (++calls > 3) {
					cancel.abort();
					return Promise.reject(new EngineError('engine-exited', 'The engine ended.'));
				}
				return parrot.complete(query);
			},
		};
		assert.equal((await evaluate(plan(['none']), ports(engine), cancel.signal)).length, 3 * 3);
	});

	it('throws what the engine throws', async () => {
		const engine = { complete: () => Promise.reject(new EngineError('engine-exited', 'The engine ended.')) };
		await assert.rejects(evaluate(plan(['none']), ports(engine), never), /The engine ended/);
	});
});

describe('the nearest files', () => {
	const here = source('src/deep/here.ts', 'import { a } from "../far/imported";\n');
	const files = ['src/far/imported.ts', 'src/deep/sibling.ts', 'src/near.ts', 'test/other.ts', 'src/deep/script.py']
		.map(path => source(path, 'x'))
		.concat(here, source('src/deep/sibling.ts', 'x', 'elsewhere'));

	it('are the imported ones, then those of near folders, other languages last', () => {
		assert.deepEqual(
			nearestFiles(here, files, 10).map(({ path }) => path),
			['src/far/imported.ts', 'src/deep/sibling.ts', 'src/near.ts', 'test/other.ts', 'src/deep/script.py'],
		);
	});

	it('are no more than asked for, of the same repository, whatever the order', () => {
		const nearest = nearestFiles(here, files.toReversed(), 2);
		assert.deepEqual(
			nearest.map(({ repository, path }) => `${repository}/${path}`),
			['repo/src/far/imported.ts', 'repo/src/deep/sibling.ts'],
		);
	});
});
