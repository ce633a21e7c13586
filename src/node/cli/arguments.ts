import { parseArgs } from 'node:util';
import { engineParts, type EnginePart } from '../../core/completion/completionEngine';
import { parseContexts, type EvaluationContext } from '../../core/evaluation/evaluationContext';
import { errorMessage } from '../../core/util/errorMessage';

/** A parsed command line. Lines and columns from 1; columns count UTF-16 units, as VS Code does. */
export type CliCommand =
	(CompleteArguments & { readonly command: 'complete' }) | (ExplainArguments & { readonly command: 'explain' });

interface CommonArguments {
	readonly file: string;
	/** Path of a GGUF file; the model in the box when left out. */
	readonly model: string | undefined;
	readonly json: boolean;
}

export interface CompleteArguments extends CommonArguments {
	readonly line: number;
	readonly column: number;
	/** Answer as to a key press of the user, without the confidence gate. */
	readonly manual: boolean;
	/** Show a model of one's own pieces of the other files of the folder, as the editor does with open files. */
	readonly context: boolean;
}

export interface ExplainArguments extends CommonArguments {
	readonly from: number;
	readonly to: number;
}

/** The command line is invalid. The message says how to correct it. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}

/** The arguments of `npm run eval`. */
export interface EvalArguments {
	readonly command: 'eval';
	/** Folders of repositories. */
	readonly repositories: readonly string[];
	/** Paths of GGUF files; the model in the box when empty. */
	readonly models: readonly string[];
	readonly contexts: readonly EvaluationContext[];
	/** Parts of the engine that are left out, to see what they are worth. */
	readonly without: readonly EnginePart[];
	/** For each language. */
	readonly positions: number;
	readonly seed: number;
	/** All when empty. */
	readonly languages: readonly string[];
	readonly json: boolean;
	/** Put what was said at each position, with the text of the repository, into the report. */
	readonly records: boolean;
	/** Where the report goes as JSON, with `.md` and `.svg` beside it. */
	readonly out: string | undefined;
}

const usage = {
	complete:
		'Usage: npm run complete -- FILE:LINE:COLUMN [--model PATH.gguf] [--manual] [--no-context] [--json]\nLines and columns count from 1.',
	explain: 'Usage: npm run explain -- FILE:FROM-TO [--model PATH.gguf] [--json]\nLines count from 1.',
	eval: `Usage: npm run eval -- --repo FOLDER [--repo FOLDER …] [--model PATH.gguf …] [--context LIST]
    [--without prior|healing|ranking …] [--positions PER_LANGUAGE] [--seed N] [--lang LANGUAGE …] [--json] [--records]
    [--out FILE.json]
Hides text at places of the repository's files and asks for it, through the same path as in the editor. Several models are
ranked. --context none,files,recent,definitions,files+definitions: each is graded by itself; none,files when left out;
ablation: nothing, each alone, all, and all but each. --without: the engine as it would be without a part of it.`,
} as const;

/** @throws UsageError */
export function parseCommand(argv: readonly string[]): CliCommand {
	const [command, ...rest] = argv;
	if (command !== 'complete' && command !== 'explain') {
		throw new UsageError(`${usage.complete}\n${usage.explain}\n${usage.eval}`);
	}
	const { values, positionals } = parse(command, rest);
	const common = { model: values.model, json: values.json };
	const [place, ...more] = positionals;
	const found = more.length > 0 ? null : matchPlace(command, place ?? '');
	const [, file, first, second] = found ?? [];
	if (file === undefined || first === undefined || second === undefined) {
		throw new UsageError(usage[command]);
	}
	const numbers = [Number(first), Number(second)] as const;
	if (command === 'complete') {
		const [line, column] = numbers;
		return { command, file, line, column, ...common, manual: values.manual, context: !values['no-context'] };
	}
	const [from, to] = numbers;
	return { command, file, from: Math.min(from, to), to: Math.max(from, to), ...common };
}

function matchPlace(command: 'complete' | 'explain', place: string): RegExpExecArray | null {
	const pattern = command === 'complete' ? /^(.+):([1-9]\d*):([1-9]\d*)$/ : /^(.+):([1-9]\d*)-([1-9]\d*)$/;
	return pattern.exec(place);
}

interface Values {
	readonly model: string | undefined;
	readonly json: boolean;
	readonly manual: boolean;
	readonly 'no-context': boolean;
}

function parse(command: 'complete' | 'explain', args: readonly string[]): { values: Values; positionals: string[] } {
	const flag = { type: 'boolean', default: false } as const;
	try {
		const { values, positionals } = parseArgs({
			args: [...args],
			allowPositionals: true,
			options: { model: { type: 'string' }, json: flag, manual: flag, 'no-context': flag },
		});
		return { values: { ...values, model: values.model }, positionals };
	} catch (error) {
		throw new UsageError(`${errorMessage(error)}\n${usage[command]}`);
	}
}

/** @param args what follows `eval`. @throws UsageError */
export function parseEval(args: readonly string[]): EvalArguments {
	const values = evalValues(args);
	const contexts = parseContexts(values.context);
	const [positions, seed] = [Number(values.positions), Number(values.seed)];
	const without = values.without.filter(isEnginePart);
	const isMeant = values.repo.length > 0 && without.length === values.without.length;
	if (!isMeant || contexts === undefined || !isCount(positions) || positions < 1 || !isCount(seed)) {
		throw new UsageError(usage.eval);
	}
	const { model: models, out, json, records, lang: languages, repo: repositories } = values;
	const asked = { repositories, models, contexts, without, positions, seed, languages, json, records, out };
	return { command: 'eval', ...asked };
}

export function isEnginePart(part: string): part is EnginePart {
	return (engineParts as readonly string[]).includes(part);
}

export function isCount(value: number): boolean {
	return Number.isInteger(value) && value >= 0 && value <= 1_000_000;
}

function evalValues(args: readonly string[]): {
	repo: string[];
	lang: string[];
	without: string[];
	model: string[];
	out: string | undefined;
	context: string;
	positions: string;
	seed: string;
	json: boolean;
	records: boolean;
} {
	const flag = { type: 'boolean', default: false } as const;
	const list = { type: 'string', multiple: true, default: [] as string[] } as const;
	try {
		const { values } = parseArgs({
			args: [...args],
			options: {
				repo: list,
				lang: list,
				without: list,
				model: list,
				out: { type: 'string' },
				context: { type: 'string', default: 'both' },
				positions: { type: 'string', default: '200' },
				seed: { type: 'string', default: '1' },
				json: flag,
				records: flag,
			},
		});
		return { ...values, out: values.out };
	} catch (error) {
		throw new UsageError(`${errorMessage(error)}\n${usage.eval}`);
	}
}
