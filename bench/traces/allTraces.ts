import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isAppended } from '../virtual/oracle';
import { readTrace, replay, type Moment } from './trace';

const folder = import.meta.dirname;

/** Name → what the document was at each key. */
export function allTraces(): ReadonlyMap<string, readonly Moment[]> {
	const names = readdirSync(folder).flatMap(name => (name.endsWith('.jsonl') ? [name.slice(0, -'.jsonl'.length)] : []));
	return new Map(names.map(name => [name, [...replay(readTrace(join(folder, `${name}.jsonl`)))]]));
}

/**
 * The first `count` keys in a row that only add text.
 * @throws Error when the trace has no such run.
 */
export function appendedRun(moments: readonly Moment[], count: number): readonly Moment[] {
	for (let start = 0; start + count <= moments.length; start++) {
		const run = moments.slice(start, start + count);
		if (run.every(({ event }) => isAppended(event))) {
			return run;
		}
	}
	throw new Error(`There are no ${count} keys in a row that only add text.`);
}
