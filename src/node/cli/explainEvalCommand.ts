import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import {
	documentedFunctions,
	documentedLanguages,
	type DocumentedFunction,
} from '../../core/evaluation/explaining/documentedFunctions';
import { evidenceFor, renderExplainReport, type ExplainRecord } from '../../core/evaluation/explaining/explainReport';
import {
	askedHow,
	sentenceQuestion,
	wordings,
	type AskedHow,
	type Wording,
} from '../../core/explain/sentence/sentenceQuestion';
import { packagedFile } from '../../core/evaluation/explaining/packagedFile';
import { errorMessage } from '../../core/util/errorMessage';
import type { EngineHost } from '../engine/engineHost';
import { isCount, UsageError } from './arguments';
import type { ProgressLine } from './progressLine';

/** The arguments of `npm run eval:explain`. */
export interface ExplainEvalArguments extends AskedHow {
	/** Folder of packages, each a `.jsonl.gz` with a line a file: path, language, text. */
	readonly data: string;
	readonly model: string | undefined;
	/** Functions of each language. */
	readonly functions: number;
	/** Where the sentences go as JSON. */
	readonly out: string | undefined;
}

const usage = `Usage: npm run eval:explain -- --data FOLDER [--model PATH.gguf] [--functions PER_LANGUAGE] [--wording ${Object.keys(wordings).join('|')}]
    [--candidates N] [--out FILE.json]
Has documented functions of held-out packages (a .jsonl.gz each, a line a file: path, language, text) explained in a sentence, and
compares it with the first sentence of their documentation, which the model does not see.`;

/** @param args what follows the command. @throws UsageError */
export function parseExplainEval(args: readonly string[]): ExplainEvalArguments {
	const { data, model, out, ...values } = valuesOf(args);
	const [functions, candidates] = [Number(values.functions), Number(values.candidates)];
	const isMeant = isCount(functions) && functions > 0 && isCount(candidates) && candidates > 0 && candidates <= 32;
	if (data === undefined || !isMeant || !isWording(values.wording)) {
		throw new UsageError(usage);
	}
	return { data, model, out, functions, candidates, wording: values.wording };
}

function isWording(name: string): name is Wording {
	return Object.hasOwn(wordings, name);
}

function valuesOf(args: readonly string[]) {
	const text = { type: 'string' } as const;
	try {
		const { values } = parseArgs({
			args: [...args],
			options: {
				data: text,
				model: text,
				out: text,
				functions: { type: 'string', default: '13' },
				wording: { type: 'string', default: askedHow.wording },
				candidates: { type: 'string', default: String(askedHow.candidates) },
			},
		});
		return { ...values, data: values.data, model: values.model, out: values.out };
	} catch (error) {
		throw new UsageError(`${errorMessage(error)}\n${usage}`);
	}
}

/** So that one large package is not all that is looked at. */
const mostOfPackage = 4;
const floors = [0, 0.2, 0.3, 0.5, 0.75, 1, 1.5];

export interface ExplainEvalParts {
	readonly host: EngineHost;
	readonly progress: ProgressLine;
}

/** @throws UsageError, EngineError */
export async function explainEvalCommand(
	args: ExplainEvalArguments,
	{ host, progress }: ExplainEvalParts,
	root: string,
	signal: AbortSignal,
): Promise<string> {
	const functions = await chooseFunctions(resolve(root, args.data), args.functions);
	const model = await host.explainer(signal);
	if (model.explainsByComment !== true) {
		throw new UsageError(`${model.name} does not explain in a sentence below the code, which is what is graded.`);
	}
	const records: ExplainRecord[] = [];
	for (const documented of functions) {
		const question = sentenceQuestion(evidenceFor(documented), args);
		if (!('because' in question)) {
			const { candidates = [] } = await host.explain(question, () => undefined, signal);
			records.push({ ...documented, subject: question.subject, candidates });
			progress.show(records.length, functions.length);
			if (args.out !== undefined) {
				const kept = { ...args, model: model.name, records };
				await writeFile(resolve(root, args.out), `${JSON.stringify(kept, null, '\t')}\n`);
			}
		}
	}
	progress.end();
	return renderExplainReport(model.name, records, floors);
}

/** The same for the same folder: in the order of digests, a few of each package. */
async function chooseFunctions(folder: string, each: number): Promise<readonly DocumentedFunction[]> {
	const found: { readonly order: string; readonly owner: string; readonly documented: DocumentedFunction }[] = [];
	for (const name of (await packagesIn(folder)).sort()) {
		const lines = gunzipSync(await readFile(join(folder, name)))
			.toString('utf8')
			.split('\n');
		for (const [index, line] of lines.entries()) {
			if (line === '') {
				continue;
			}
			const file = packagedFile(line);
			if (file === undefined) {
				throw new UsageError(
					`${name} in ${folder} is no unpacked package: line ${index + 1} has no path, language and text.`,
				);
			}
			const { path, language, text } = file;
			for (const documented of documentedFunctions({ path, languageId: language, text })) {
				const order = createHash('sha256').update(`${name}/${path}/${documented.name}`).digest('hex');
				found.push({ order, owner: name, documented });
			}
		}
	}
	found.sort((a, b) => (a.order < b.order ? -1 : 1));
	const taken = new Map<string, number>();
	const isFew = ({ owner }: { readonly owner: string }): boolean => {
		taken.set(owner, (taken.get(owner) ?? 0) + 1);
		return (taken.get(owner) ?? 0) <= mostOfPackage;
	};
	const few = found.filter(isFew).map(({ documented }) => documented);
	// A language after the other, again and again: an evaluation that is cancelled has some of each.
	const byLanguage = documentedLanguages.map(language => few.filter(({ languageId }) => languageId === language));
	return Array.from({ length: each }, (_, at) => byLanguage.flatMap(functions => functions.slice(at, at + 1))).flat();
}

async function packagesIn(folder: string): Promise<string[]> {
	let names: string[];
	try {
		names = await readdir(folder);
	} catch (error) {
		throw new UsageError(`The folder ${folder} cannot be read (${errorMessage(error)}).\n${usage}`);
	}
	const packages = names.filter(name => name.endsWith('.jsonl.gz'));
	if (packages.length === 0) {
		throw new UsageError(`There is no .jsonl.gz in ${folder}.\n${usage}`);
	}
	return packages;
}
