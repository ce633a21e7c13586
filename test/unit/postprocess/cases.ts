import assert from 'node:assert/strict';
import type { FilterContext } from '../../../src/core/postprocess/filter';
import { postprocess, type FilterName } from '../../../src/core/postprocess/pipeline';
import { atCursor } from '../../support/cursor';

/** A case as a person sees it: a document with a cursor, the model's text, and the document after Tab. */
export interface Case {
	/** Completes the sentence "it …". */
	readonly it: string;
	readonly at: string;
	readonly says: string;
	/** The whole document after accepting; `undefined` where nothing is shown. */
	readonly becomes: string | undefined;
	readonly language?: string;
	readonly context?: Pick<FilterContext, 'stopReason' | 'scopeEnd'>;
	/** Filters that must be among those that fired. */
	readonly fired?: readonly FilterName[];
}

/** The document after accepting what the pipeline shows for it. */
export function accepted({ at, says, language = 'typescript', context = {} }: Case): string | undefined {
	const { prefix, suffix } = atCursor(at);
	const { shown } = postprocess({ text: says, replaceAfter: 0 }, { prefix, suffix, languageId: language, ...context });
	return shown === undefined ? undefined : prefix + shown.text + suffix.slice(shown.replaceAfter);
}

export function check(cases: readonly Case[]): void {
	for (const one of cases) {
		it(one.it, () => {
			assert.equal(accepted(one), one.becomes);
			const { prefix, suffix } = atCursor(one.at);
			const context = { prefix, suffix, languageId: one.language ?? 'typescript', ...one.context };
			const { steps } = postprocess({ text: one.says, replaceAfter: 0 }, context);
			const fired = steps.map(({ name }) => name);
			assert.deepEqual(
				(one.fired ?? []).filter(name => !fired.includes(name)),
				[],
			);
		});
	}
}
