import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EngineError } from '../../../src/core/engine/engineError';
import { reduceEngine, unstarted } from '../../../src/core/engine/engineState';
import { FailureNotices } from '../../../src/core/engine/failureNotice';
import { OpenTexts } from '../../../src/core/prior/openTexts';
import { LoadLog } from '../../../src/engine/loadFailure';
import { ModelRoles } from '../../../src/engine/modelRoles';
import { Turns } from '../../../src/engine/turns';
import type { ModelRole } from '../../../src/protocol/engineContract';
import { nanoModel, changeGguf } from '../../support/gguf';
import { noModels, writeSplitModel } from '../../support/ggufKinds';
import { FakeModel } from './fakeModel';

/** The text of the editor's notification when the engine is started with a model that is refused. */
function notified(error: unknown): string | undefined {
	assert.ok(EngineError.is(error), String(error));
	const starting = reduceEngine(unstarted, { kind: 'start-requested' });
	const { state } = reduceEngine(starting, { kind: 'model-refused', code: error.code, reason: error.message });
	const notice = new FailureNotices().next(state);
	assert.ok(notice?.remedies.includes('choose-model') === true);
	return notice.message;
}

describe('a file that is named as a model', () => {
	let folder: string;
	let loads: number;
	let roles: ModelRoles;
	before(() => {
		folder = mkdtempSync(join(tmpdir(), 'sotto-kinds-'));
	});
	after(() => {
		rmSync(folder, { recursive: true });
	});
	beforeEach(() => {
		loads = 0;
		const loadWeights = (): Promise<FakeModel> => {
			loads++;
			return Promise.resolve(new FakeModel());
		};
		roles = new ModelRoles(loadWeights, { turns: new Turns(), texts: new OpenTexts(), log: () => undefined });
	});

	async function refusal(path: string, role: ModelRole = 'complete'): Promise<string> {
		const error = await roles.load(role, { path, threads: 1 }).then(
			() => assert.fail('it was loaded'),
			(refused: unknown) => refused,
		);
		return notified(error) ?? '';
	}

	for (const { name, bytes, says } of noModels) {
		for (const role of ['complete', 'explain'] as const) {
			it(`says what ${name} is and what to choose, for role ${role}, before any weights are loaded`, async () => {
				const path = join(folder, `${name}.gguf`);
				writeFileSync(path, bytes());
				assert.match(await refusal(path, role), says);
				assert.equal(loads, 0);
			});
		}
	}

	it('is a model when its pooling type is none, and when it says that it is one', async () => {
		const add = { 'llama.pooling_type': 0, 'general.type': 'model' };
		const path = join(folder, 'plain.gguf');
		writeFileSync(path, changeGguf(readFileSync(nanoModel), { add }));
		assert.equal((await roles.load('complete', { path, threads: 1 })).canComplete, true);
	});

	it('may have a name of a property of every object for its architecture', async () => {
		const path = join(folder, 'constructor.gguf');
		const changes = { drop: /^general\.architecture$/, add: { 'general.architecture': 'constructor' } };
		writeFileSync(path, changeGguf(readFileSync(nanoModel), changes));
		assert.equal((await roles.load('complete', { path, threads: 1 })).architecture, 'constructor');
	});

	it('says that it was made for machines with the other order of bytes', async () => {
		const path = join(folder, 'reversed.gguf');
		const bytes = readFileSync(nanoModel);
		bytes.writeUInt32BE(3, 4);
		writeFileSync(path, bytes);
		assert.match(await refusal(path), /made for big-endian machines\)\. Choose another model/);
	});

	describe('of several', () => {
		it('loads with all its parts, whose bytes count together', async () => {
			const [first, second] = writeSplitModel(folder, 'whole');
			const info = await roles.load('complete', { path: first, threads: 1 });
			assert.equal(info.fileBytes, readFileSync(first).length + readFileSync(second).length);
		});

		it('names the first part when another is chosen', async () => {
			const [first, second] = writeSplitModel(folder, 'second');
			const message = await refusal(second);
			assert.ok(message.endsWith(`is part 2 of a model in 2 files. Choose the first one: ${first}`), message);
		});

		it('names the part that is missing', async () => {
			const [first, second] = writeSplitModel(folder, 'missing');
			rmSync(second);
			const message = await refusal(first);
			assert.equal(
				message,
				`Part 2 of a model in 2 files is missing: ${second}. Download it again into the same folder.`,
			);
			assert.equal(loads, 0);
		});

		it('names the part that is cut off', async () => {
			const [first, second] = writeSplitModel(folder, 'cut');
			writeFileSync(second, readFileSync(second).subarray(0, 1_000_000));
			assert.match(await refusal(first), /^Part 2 of a model in 2 files is incomplete or damaged: .*Download it again/);
		});

		it('asks for the names that the parts had', async () => {
			const [first] = writeSplitModel(folder, 'renamed');
			const other = join(folder, 'my-model.gguf');
			renameSync(first, other);
			assert.match(await refusal(other), /Give all parts their names again: this one ends in -00001-of-00002\.gguf\.$/);
		});
	});
});

describe('LoadLog', () => {
	const failure = (...lines: readonly string[]): string => {
		const log = new LoadLog();
		log.hear("llama_model_load: error loading model: unknown model architecture: 'of an earlier load'\n");
		log.clear();
		lines.forEach(line => {
			log.hear(line);
		});
		return log.failure('/m.gguf', new Error('Failed to load model')).message;
	};

	it('tells the cause that llama.cpp logs before it says that it failed', () => {
		const message = failure(
			"llama_model_load: error loading model: unknown model architecture: 'qwen9'\n",
			'llama_model_load_from_file_impl: failed to load model\n',
		);
		assert.match(message, /^The model \/m\.gguf is of an architecture that .* does not know \(qwen9\)\. Update Sotto/);
	});

	for (const [line, says] of [
		[
			"error loading model vocabulary: unknown pre-tokenizer type: 'novel'",
			/splits text in a way .* \(novel\)\. Update/,
		],
		['error loading model hyperparameters: key not found in model: llama.block_count', /lacks llama\.block_count/],
		["missing tensor 'blk.0.attn_q.weight'", /does not have the weights .*blk\.0\.attn_q\.weight.*update Sotto/],
		[
			'done_getting_tensors: wrong number of tensors; expected 9, got 7',
			/does not have the weights .*expected 9, got 7/,
		],
		['a cause that nobody has met', /cannot be loaded \(a cause that nobody has met\)\. Choose another model/],
	] as const) {
		it(`tells what to do about: ${line}`, () => {
			assert.match(failure(`llama_model_load: error loading model: ${line}`), says);
		});
	}

	it('tells what is wrong with a header, past the lines that only say that it failed', () => {
		const message = failure(
			"gguf_init_from_reader: duplicate key 'general.name' for tensors 1 and 33",
			'gguf_init_from_reader: failed to read key-value pairs',
			'llama_model_load: error loading model: llama_model_loader: failed to load model from /m.gguf',
		);
		assert.match(message, /is damaged \(duplicate key 'general\.name' .*\)\. Download it again/);
	});

	it('says that a number format is not known, when that is what was thrown', () => {
		const { message } = new LoadLog().failure('/m.gguf', new Error('Invalid type or block size'));
		assert.match(message, /^The model \/m\.gguf stores its weights in a way .*Update Sotto, or choose another file/);
	});

	it('tells what was thrown where the log has no cause', () => {
		assert.match(failure(), /cannot be loaded \(Failed to load model\)\. Choose another model/);
	});
});
