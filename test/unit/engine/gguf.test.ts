import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { EngineError, type EngineErrorCode } from '../../../src/core/engine/engineError';
import { detectFim } from '../../../src/core/prompt/fim/detectFormat';
import {
	chatTemplate as readTemplate,
	forbiddenTokens,
	ggufFacts,
	modelName,
} from '../../../src/engine/gguf/ggufFacts';
import { parseGgufHeader } from '../../../src/engine/gguf/ggufHeader';
import { DamagedHeader, NeedsMoreBytes } from '../../../src/engine/gguf/ggufReader';
import { openModelFile } from '../../../src/engine/gguf/openModelFile';
import { nanoModel, changeGguf, chatTemplate, ggufString, headerOnly, stringEntry, u32, u64 } from '../../support/gguf';

const nano = readFileSync(nanoModel);

describe('parseGgufHeader', () => {
	it('reads the header of sotto-nano', () => {
		const header = parseGgufHeader(nano);
		assert.equal(header.metadata.get('general.architecture'), 'llama');
		assert.equal(header.metadata.get('llama.context_length'), 1024);
		assert.equal(header.tokens.length, 4096);
		assert.equal(header.tokens[7], '<file_sep>');
		assert.equal(header.fileBytes, nano.length);
	});

	it('says when there is more to read', () => {
		assert.throws(() => parseGgufHeader(nano.subarray(0, 50_000)), NeedsMoreBytes);
	});

	const damaged: readonly { name: string; bytes: Buffer }[] = [
		{ name: 'an unknown version', bytes: headerOnly([], { version: 9 }) },
		{ name: 'a big-endian file', bytes: headerOnly([], { version: 0x03000000 }) },
		{ name: 'an absurd number of tensors', bytes: headerOnly([], { tensors: 2 ** 40 }) },
		{ name: 'a value of unknown type', bytes: headerOnly([Buffer.concat([ggufString('key'), u32(99)])]) },
		{ name: 'a length beyond 2^53', bytes: Buffer.concat([headerOnly([]).subarray(0, 16), u64(2n ** 60n)]) },
		{
			name: 'arrays in arrays without end',
			bytes: headerOnly([
				Buffer.concat([ggufString('key'), u32(9), ...Array.from({ length: 9 }, () => [u32(9), u64(1)]).flat()]),
			]),
		},
	];
	for (const { name, bytes } of damaged) {
		it(`refuses ${name}`, () => {
			assert.throws(() => parseGgufHeader(bytes), DamagedHeader);
		});
	}

	it('either reads a damaged header or says what is wrong, whatever byte is wrong', () => {
		const header = nano.subarray(0, 4096);
		fc.assert(
			fc.property(fc.nat(header.length - 1), fc.nat(255), (at, value) => {
				const bytes = Buffer.from(header);
				bytes[at] = value;
				try {
					parseGgufHeader(bytes);
				} catch (error) {
					assert.ok(error instanceof NeedsMoreBytes || error instanceof DamagedHeader, String(error));
				}
			}),
		);
	});
});

describe('ggufFacts', () => {
	it('tells the family of sotto-nano from its header', () => {
		const format = detectFim(ggufFacts(parseGgufHeader(nano)));
		assert.equal(format?.family, 'sotto');
		assert.equal(format.verified, true);
		assert.deepEqual([format.bos, format.prefix, format.suffix, format.file], [1, 3, 4, { kind: 'token', token: 7 }]);
	});

	it('finds no format when the tokens have other names and no ids', () => {
		const changed = changeGguf(nano, {
			drop: /fim_(pre|suf|mid)_token_id/,
			rename: { '<fim_prefix>': '<was_prefix>', '<fim_suffix>': '<was_suffix>' },
		});
		assert.equal(detectFim(ggufFacts(parseGgufHeader(changed))), undefined);
	});

	it('reads the ids under the names that they had before', () => {
		const key = (name: string): Buffer => Buffer.concat([ggufString(`tokenizer.ggml.${name}_token_id`), u32(4)]);
		const header = parseGgufHeader(
			headerOnly([
				Buffer.concat([key('prefix'), u32(67)]),
				Buffer.concat([key('suffix'), u32(69)]),
				Buffer.concat([key('middle'), u32(68)]),
			]),
		);
		assert.deepEqual(ggufFacts(header).declared, { prefix: 67, suffix: 69, middle: 68 });
	});

	it('lists what text of a user may never become', () => {
		const forbidden = forbiddenTokens(parseGgufHeader(nano), [9]);
		for (const [id, text] of [
			[0, '<unk>'],
			[1, '<s>'],
			[2, '</s>'],
			[4, '<fim_suffix>'],
			[9, '\n'],
		] as const) {
			assert.equal(forbidden.get(id), text);
		}
		assert.equal(forbidden.has(100), false);
	});

	it('names a model by its header, else by its file', () => {
		assert.equal(modelName(parseGgufHeader(nano), '/models/x.gguf'), 'sotto-nano');
		assert.equal(modelName(parseGgufHeader(headerOnly([])), '/models/x.gguf'), 'x.gguf');
	});

	it('reads the chat template', () => {
		assert.equal(readTemplate(parseGgufHeader(nano)), undefined);
		const changed = changeGguf(nano, { add: { 'tokenizer.chat_template': chatTemplate } });
		assert.equal(readTemplate(parseGgufHeader(changed)), chatTemplate);
	});
});

describe('openModelFile', () => {
	let folder: string;
	before(() => {
		folder = mkdtempSync(join(tmpdir(), 'sotto-gguf-'));
	});
	after(() => {
		rmSync(folder, { recursive: true });
	});

	const bad: readonly { name: string; bytes: Buffer; code: EngineErrorCode }[] = [
		{ name: 'an empty file', bytes: Buffer.alloc(0), code: 'model-not-gguf' },
		{ name: 'a text file', bytes: Buffer.from('# not a model'), code: 'model-not-gguf' },
		{ name: 'a file cut off in its header', bytes: nano.subarray(0, 5000), code: 'model-truncated' },
		{ name: 'a file cut off in its weights', bytes: nano.subarray(0, -1), code: 'model-truncated' },
		{ name: 'nothing but the magic', bytes: Buffer.from('GGUF'), code: 'model-truncated' },
		{ name: 'a version from the future', bytes: headerOnly([], { version: 7 }), code: 'model-unsupported' },
	];
	for (const { name, bytes, code } of bad) {
		it(`calls ${name} ${code} and says what to do`, async () => {
			const path = join(folder, 'bad.gguf');
			writeFileSync(path, bytes);
			await assert.rejects(openModelFile(path), (error: unknown) => {
				assert.ok(EngineError.is(error, code), String(error));
				assert.ok(error.message.includes(path));
				assert.match(error.message, /(Choose another|choose another)/);
				return true;
			});
		});
	}

	for (const [name, path] of [
		['a file that is not there', 'none.gguf'],
		['a folder', '.'],
	] as const) {
		it(`calls ${name} model-missing`, async () => {
			await assert.rejects(openModelFile(join(folder, path)), error => EngineError.is(error, 'model-missing'));
		});
	}

	it('reads a header larger than its first read', async () => {
		const path = join(folder, 'large.gguf');
		const large = stringEntry('large', 'x'.repeat(3_000_000));
		writeFileSync(path, headerOnly([large, stringEntry('general.name', 'Large')]));
		assert.equal((await openModelFile(path)).header.metadata.get('general.name'), 'Large');
	});

	it('accepts sotto-nano', async () => {
		assert.equal((await openModelFile(nanoModel)).bytes, nano.length);
	});
});
