import { stopReasonOf } from '../completion/judge';
import { offReason } from '../completion/offReason';
import type { FilterContext } from '../postprocess/filter';
import { postprocess } from '../postprocess/pipeline';
import type { CompletionRecord } from './outcomeLog';

/** How far a request came. `off`: not allowed to; `place`: not here; `passedOver`: rejected here before. */
export type Stage = 'off' | 'place' | 'failure' | 'gate' | 'filters' | 'passedOver' | 'shown';

export function stageOf({ request, outcome }: CompletionRecord): Stage {
	if (outcome.kind === 'failure') {
		return 'failure';
	}
	if (outcome.kind === 'suggestion') {
		return 'shown';
	}
	if (offReason(request) !== undefined) {
		return 'off';
	}
	const { candidate, answer } = outcome;
	if (candidate === undefined) {
		return answer === undefined ? 'place' : 'gate';
	}
	const { shown } = postprocess({ text: candidate, replaceAfter: 0 }, filterContext({ request, outcome }));
	return shown === undefined ? 'filters' : 'passedOver';
}

/** What the filters were told when this outcome came about. */
export function filterContext({ request, outcome }: Pick<CompletionRecord, 'request' | 'outcome'>): FilterContext {
	const { prefix, suffix, languageId } = request.document;
	const { answer, candidate, scopeEnd } = outcome.kind === 'failure' ? {} : outcome;
	const stopReason = answer === undefined ? undefined : stopReasonOf({ answer, scopeEnd }, candidate ?? answer.text);
	return {
		...{ prefix, suffix, languageId },
		...(stopReason !== undefined && { stopReason }),
		...(scopeEnd !== undefined && { scopeEnd }),
	};
}
