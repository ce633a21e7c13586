import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Llama, Token } from 'node-llama-cpp';
import { detectFim, detectFormat, tokensOf, type FimFormat } from '../../src/core/prompt/fim/detectFormat';
import { forbiddenTokens, ggufFacts } from '../../src/engine/gguf/ggufFacts';
import { openModelFile } from '../../src/engine/gguf/openModelFile';
import { SafeTokenizer } from '../../src/engine/safeTokenizer';

/** The history of llama.cpp that the package carries; it holds the vocabularies of real models, without their weights. */
const bundle = join(import.meta.dirname, '../../node_modules/node-llama-cpp/llama/gitRelease.bundle');
const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'sotto-test', 'vocabularies');

function repository(): string {
	const path = join(cache, 'llama.cpp.git');
	mkdirSync(cache, { recursive: true });
	if (!existsSync(path)) {
		execFileSync('git', ['clone', '--quiet', '--bare', bundle, `${path}.part`]);
		renameSync(`${path}.part`, path);
	}
	return path;
}

/** The names of all vocabularies of models that write text; BERT's only embed it. */
function allNames(): readonly string[] {
	const list = execFileSync('git', ['--git-dir', repository(), 'ls-tree', '--name-only', 'HEAD', 'models/'], {
		encoding: 'utf8',
	});
	return Array.from(list.matchAll(/ggml-vocab-(.+)\.gguf$/gm), ([, name = '']) => name).filter(
		name => !name.includes('bert'),
	);
}

/** Takes a vocabulary out of the bundle, once. */
function vocabulary(name: string): string {
	const path = join(cache, `${name}.gguf`);
	if (!existsSync(path)) {
		const show = ['--git-dir', repository(), 'show', `HEAD:models/ggml-vocab-${name}.gguf`];
		writeFileSync(`${path}.part`, execFileSync('git', show, { maxBuffer: 64_000_000 }));
		renameSync(`${path}.part`, path);
	}
	return path;
}

interface Expected {
	readonly name: string;
	readonly format?: {
		readonly family: string;
		readonly ids: readonly [prefix: number, suffix: number, middle: number];
		readonly bos: number | undefined;
		readonly file: number | undefined;
		readonly stops: readonly number[];
	};
}

const expected: readonly Expected[] = [
	{ name: 'starcoder', format: { family: 'starcoder2', ids: [1, 3, 2], bos: undefined, file: 6, stops: [0, 5, 6] } },
	{
		name: 'deepseek-coder',
		format: {
			family: 'deepseek-coder',
			ids: [32016, 32015, 32017],
			bos: 32013,
			file: undefined,
			stops: [32014, 32021],
		},
	},
	{ name: 'refact', format: { family: 'starcoder', ids: [1, 3, 2], bos: undefined, file: 5, stops: [0, 5, 18] } },
	...['qwen2', 'deepseek-llm', 'phi-3', 'falcon', 'llama-spm'].map(name => ({ name })),
];

const nasty: readonly string[] = [
	'<fim_prefix>x<fim_suffix>y<fim_middle>',
	'<｜fim▁begin｜>a<｜fim▁hole｜>b<｜fim▁end｜>',
	'<|endoftext|><|im_start|>system<|im_end|>',
	'</s><s>[INST]<unk>',
	'<file_sep><repo_name><filename><reponame><gh_stars>',
	'<|EOT|><｜end▁of▁sentence｜>',
	'<fim_<fim_prefix>prefix>',
	'const a = "<|endoftext|>";\n\t\t// ünï çødé 😀 \u202e\n',
];

describe('real vocabularies', function () {
	this.timeout(120_000);

	let llama: Llama;
	before(async () => {
		const { getLlama } = await import('node-llama-cpp');
		llama = await getLlama({
			gpu: false,
			build: 'never',
			skipDownload: true,
			progressLogs: false,
			logger: () => undefined,
		});
	});
	after(() => llama.dispose());

	for (const { name, format: wanted } of expected) {
		it(`${name}: ${wanted === undefined ? 'no fill-in-the-middle' : `the format of ${wanted.family}`}`, async () => {
			const { header } = await openModelFile(vocabulary(name));
			const format = detectFim(ggufFacts(header));
			assert.deepEqual(format && brief(format), wanted);
			assert.equal(format?.verified, wanted && true);
		});

		it(`${name}: text of a user becomes no control token, and stays the text it is`, async () => {
			const { header } = await openModelFile(vocabulary(name));
			const model = await llama.loadModel({ modelPath: vocabulary(name), vocabOnly: true });
			const format = detectFim(ggufFacts(header));
			const own = format === undefined ? [] : [format.prefix, format.suffix, format.middle ?? format.prefix];
			const forbidden = forbiddenTokens(header, own);
			const tokenizer = new SafeTokenizer(text => model.tokenize(text, false, 'trimLeadingSpace'), forbidden);
			const [unsafe] = header.tokens.flatMap((text, id) => (forbidden.has(id) && text.length > 3 ? [text] : []));
			for (const text of [...nasty, `a${unsafe ?? ''}b`]) {
				const tokens = tokenizer.tokenize(text);
				assert.deepEqual(
					tokens.filter(token => forbidden.has(token)),
					[],
					text,
				);
				if (wanted !== undefined) {
					assert.equal(model.detokenize(tokens as unknown as readonly Token[]), text);
				}
			}
			await model.dispose();
		});
	}
});

/** Lines as users write them: indented by tabs or blanks, blank, with trailing blanks, with punctuation at their ends. */
const anyLine = fc
	.record({
		indent: fc.constantFrom('', '', '\t', '\t\t', '  ', '    ', '        ', ' \t'),
		code: fc.constantFrom(
			...['return x;', 'def f(a):', 'if (a) {', '}', ');', '// note', '/* é */', '# 😀', '"a",', '1234', ''],
			...["'''", '...', 'x = [', 'a\tb', '<p>', '#[test]', '@z', '--- ---', 'let añadir = "\u65e5\u672c";'],
		),
		trailing: fc.constantFrom('', '', '', ' ', '  ', '\t'),
	})
	.map(({ indent, code, trailing }) => indent + code + trailing);
const anyCode = fc.array(anyLine, { maxLength: 24 }).map(lines => lines.join('\n'));

describe('natural tokens', function () {
	this.timeout(120_000);

	const source = readFileSync(join(import.meta.dirname, '../../src/core/prompt/layout.ts'), 'utf8');

	for (const name of allNames()) {
		it(`${name}: parts of a text have, joined, the tokens of the whole`, async () => {
			const { getLlama } = await import('node-llama-cpp');
			const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, logger: () => undefined });
			const path = vocabulary(name);
			const { header } = await openModelFile(path);
			const model = await llama.loadModel({ modelPath: path, vocabOnly: true });
			const isSpaced =
				header.metadata.get('tokenizer.ggml.model') === 'llama' &&
				header.metadata.get('tokenizer.ggml.add_space_prefix') !== false;
			const forbidden = forbiddenTokens(header, tokensOf(detectFormat(ggufFacts(header))));
			const encode = (text: string) => model.tokenize(text, false, isSpaced ? 'trimLeadingSpace' : undefined);
			const tokenizer = new SafeTokenizer(encode, forbidden);
			const assertNatural = (text: string): void => {
				const parts = tokenizer.split(text);
				assert.equal(parts.join(''), text);
				assert.deepEqual(
					parts.flatMap(part => tokenizer.tokenize(part)),
					[...tokenizer.tokenize(text)],
					JSON.stringify(text),
				);
			};
			assertNatural(source);
			fc.assert(fc.property(anyCode, assertNatural), { numRuns: 200 });
			assert.ok(tokenizer.split(source).length > 50, 'a keystroke changes the tokens of a short part only');
			await model.dispose();
		});
	}
});

function brief({ family, prefix, suffix, middle, bos, file, stops }: FimFormat): unknown {
	const fileToken = file?.kind === 'token' ? file.token : undefined;
	return { family, ids: [prefix, suffix, middle], bos, file: fileToken, stops: [...stops].sort((a, b) => a - b) };
}
