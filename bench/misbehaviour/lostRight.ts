import { readFileSync } from 'node:fs';
import { judge } from '../../src/core/evaluation/judge';
import type { FilterContext } from '../../src/core/postprocess/filter';
import { postprocess } from '../../src/core/postprocess/pipeline';

/**
 * Lists the answers written by `record.ts` with nothing wrong in them that the filters change, and how many
 * there are; for a person to say whether a filter is at fault:
 *
 *     npx tsx bench/misbehaviour/lostRight.ts FILE.jsonl …
 */
interface Recorded extends FilterContext {
	readonly model: string;
	readonly situation: string;
	readonly says: string;
	readonly hidden: string;
}

const counts = new Map<string, { right: number; lost: number; gained: number }>();
const known = new Set<string>();
for (const path of process.argv.slice(2)) {
	for (const line of readFileSync(path, 'utf8').trimEnd().split('\n')) {
		const record = JSON.parse(line) as Recorded;
		const place = [record.model, record.situation, record.prefix, record.says].join('\n');
		if (!known.has(place)) {
			known.add(place);
			count(record);
		}
	}
}
for (const [name, found] of counts) {
	process.stdout.write(`${name}: ${JSON.stringify(found)}\n`);
}

function count(record: Recorded): void {
	const { model, situation, says, hidden, prefix, suffix } = record;
	const { shown, steps } = postprocess({ text: says, replaceAfter: 0 }, record);
	const wasRight = judge(says, hidden).isRight;
	const isRight = shown !== undefined && judge(shown.text, hidden).isRight;
	const name = `${model.startsWith('shuffled') ? 'shuffled' : model}, ${situation}`;
	const found = counts.get(name) ?? { right: 0, lost: 0, gained: 0 };
	counts.set(name, found);
	found.right += Number(wasRight);
	found.lost += Number(wasRight && !isRight);
	found.gained += Number(!wasRight && isRight);
	if (wasRight && !isRight) {
		const around = `${prefix.split('\n').slice(-2).join('\n')}‸${suffix.split('\n', 1)[0] ?? ''}`;
		const fired = steps.map(step => step.name).join(', ');
		const author = JSON.stringify(hidden.split('\n', 1)[0]);
		process.stdout.write(`${around}\n> ${says}\n= ${shown?.text ?? ''}\n${model}; ${fired}; the author: ${author}\n\n`);
	}
}
