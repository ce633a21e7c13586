import { parseArgs } from 'node:util';
import type { EnginePart } from '../../core/completion/completionEngine';
import { fillModes, type FillMode } from '../../core/evaluation/infilling/infillingRecord';
import { errorMessage } from '../../core/util/errorMessage';
import { isCount, isEnginePart, UsageError } from './arguments';

/** The arguments of `npm run eval:infilling`. */
export interface InfillingArguments {
	/** Files of HumanEval-infilling. */
	readonly data: readonly string[];
	/** Path of a GGUF file; the model in the box when left out. */
	readonly model: string | undefined;
	/** Step through the tasks of each file: every `every`-th task is run, starting at `offset`. */
	readonly every: number;
	readonly offset: number;
	readonly modes: readonly FillMode[];
	readonly extent: 'auto' | 'line' | 'block';
	readonly without: readonly EnginePart[];
	/** Put what was suggested into the report. */
	readonly fills: boolean;
	readonly json: boolean;
	/** Where the report goes as JSON, with `.md` beside it. */
	readonly out: string | undefined;
}

const usage = `Usage: npm run eval:infilling -- --data FILE.jsonl[.gz] [--data FILE …] [--model PATH.gguf] [--every N] [--offset N]
    [--greedy] [--ranked] [--extent line|block] [--without prior|healing|ranking …] [--fills] [--json] [--out FILE.json]
Asks for the holes of HumanEval-infilling as a user asks by hand, through the same path as in the editor, and runs each program
with its fill in a sandbox (needs Python 3, Linux or macOS). --greedy, --ranked: only these fills; both when left out.
--extent: ask always for a line or a block. --fills: keep what was suggested in the report. With --out, a run that was
interrupted goes on where it was.`;

const extents: readonly string[] = ['line', 'block'] satisfies InfillingArguments['extent'][];

/** @param args what follows the command. @throws UsageError */
export function parseInfilling(args: readonly string[]): InfillingArguments {
	const values = valuesOf(args);
	const { data, model, fills, json, out, extent = 'auto' } = values;
	const [every, offset] = [Number(values.every), Number(values.offset)];
	const without = values.without.filter(isEnginePart);
	const isMeant = data.length > 0 && without.length === values.without.length && isExtent(extent);
	if (!isMeant || !isCount(every) || every < 1 || !isCount(offset)) {
		throw new UsageError(usage);
	}
	const chosen = fillModes.filter(mode => values[mode]);
	const modes = chosen.length === 0 ? fillModes : chosen;
	return { data, model, every, offset, modes, extent, without, fills, json, out };
}

function isExtent(extent: string): extent is InfillingArguments['extent'] {
	return extent === 'auto' || extents.includes(extent);
}

interface Values {
	readonly data: readonly string[];
	readonly without: readonly string[];
	readonly model: string | undefined;
	readonly out: string | undefined;
	readonly extent: string | undefined;
	readonly every: string;
	readonly offset: string;
	readonly greedy: boolean;
	readonly ranked: boolean;
	readonly fills: boolean;
	readonly json: boolean;
}

function valuesOf(args: readonly string[]): Values {
	const flag = { type: 'boolean', default: false } as const;
	const text = { type: 'string' } as const;
	const list = { type: 'string', multiple: true, default: [] as string[] } as const;
	try {
		const { values } = parseArgs({
			args: [...args],
			options: {
				data: list,
				without: list,
				model: text,
				out: text,
				extent: text,
				every: { type: 'string', default: '1' },
				offset: { type: 'string', default: '0' },
				greedy: flag,
				ranked: flag,
				fills: flag,
				json: flag,
			},
		});
		return { ...values, model: values.model, out: values.out, extent: values.extent };
	} catch (error) {
		throw new UsageError(`${errorMessage(error)}\n${usage}`);
	}
}
