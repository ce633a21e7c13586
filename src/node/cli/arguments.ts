import { parseArgs } from 'node:util';

/** What was asked on the command line. Lines and columns from 1; columns count UTF-16 units, as VS Code does. */
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
	/** Show the model pieces of the other files of the folder, as the editor does with open files. */
	readonly context: boolean;
}

export interface ExplainArguments extends CommonArguments {
	readonly from: number;
	readonly to: number;
}

/** What was asked makes no sense; the message says how to ask. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}

const usage = {
	complete:
		'Usage: npm run complete -- FILE:LINE:COLUMN [--model PATH.gguf] [--manual] [--no-context] [--json]\nLines and columns count from 1.',
	explain: 'Usage: npm run explain -- FILE:FROM-TO [--model PATH.gguf] [--json]\nLines count from 1.',
} as const;

/** @throws UsageError */
export function parseCommand(argv: readonly string[]): CliCommand {
	const [command, ...rest] = argv;
	if (command !== 'complete' && command !== 'explain') {
		throw new UsageError(`${usage.complete}\n${usage.explain}`);
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
		throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${usage[command]}`);
	}
}
