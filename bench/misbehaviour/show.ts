import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { renderGolden } from '../../src/core/inspect/goldenCase';
import { smallestContext } from '../../src/core/inspect/testCase';
import type { FilterContext } from '../../src/core/postprocess/filter';
import { postprocess, type Postprocessed } from '../../src/core/postprocess/pipeline';

/**
 * Prints what `record.ts` wrote as golden cases, with what the filters make of it now, no more of the code than they need,
 * and what the author wrote there. A person keeps those in which something went wrong, puts the right result in, and a
 * title, and moves them to `test/unit/postprocess/golden`:
 *
 *     npx tsx bench/misbehaviour/show.ts FILE.jsonl … [--most PER_SET_OF_FILTERS] [--language ID]
 */
const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { most: { type: 'string', default: '5' }, language: { type: 'string', default: '' } },
});

interface Recorded extends FilterContext {
	readonly model: string;
	readonly situation: string;
	readonly repository: string;
	readonly path: string;
	readonly says: string;
	readonly hidden: string;
}

/** Lines that a person needs to see on each side. */
const fewestLines = 2;
const records = positionals.flatMap(path =>
	readFileSync(path, 'utf8')
		.trimEnd()
		.split('\n')
		.map(line => JSON.parse(line) as Recorded),
);
const counts = new Map<string, number>();
const known = new Set<string>();
for (const record of records) {
	const { shown, steps } = filtered(record.says, record);
	const kind = [record.languageId, ...steps.map(({ name }) => name), shown === undefined].join(' ');
	const essence = [kind, record.says, record.prefix.slice(-40)].join('\n');
	const count = counts.get(kind) ?? 0;
	if (steps.length === 0 || known.has(essence) || count >= Number(values.most)) {
		continue;
	}
	if (values.language !== '' && record.languageId !== values.language) {
		continue;
	}
	known.add(essence);
	counts.set(kind, count + 1);
	print(record);
}

function filtered(text: string, context: FilterContext): Postprocessed {
	return postprocess({ text, replaceAfter: 0 }, context);
}

function print(record: Recorded): void {
	const { says, repository, path, model, situation, stopReason, hidden } = record;
	const { prefix, suffix } = smallestContext(says, record, fewestLines);
	const { shown, steps } = filtered(says, record);
	const author = JSON.stringify(hidden.slice(0, 120));
	const golden = {
		title: `${steps.map(({ name }) => name).join(', ')}; ${situation}; the author: ${author}`,
		source: `${repository} ${path}`,
		model,
		stopReason,
		prefix,
		suffix,
		says,
		shown,
	};
	process.stdout.write(`${renderGolden(golden)}\n`);
}
