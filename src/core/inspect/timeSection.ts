import { markdownTable } from './markdownTable';
import type { CompletionRecord } from './outcomeLog';

/**
 * Empty where the model was not asked.
 * @param asked the record that has the model's answer: `record` itself, or the one it remembers.
 */
export function timeSection(record: CompletionRecord, asked: CompletionRecord): readonly string[] {
	const answer = asked.outcome.kind === 'failure' ? undefined : asked.outcome.answer;
	const total = ['**All**', whole(record.milliseconds), ''];
	const header = ['Step', 'Time', 'Tokens'];
	if (answer === undefined) {
		return [];
	}
	if (answer.stopReason === 'first-line') {
		const note = 'The first line was shown while the model was still writing, so its work is not known here.';
		return ['## Time', markdownTable(header, [total]), note];
	}
	const { prefillMs, decodeMs, promptTokens, reusedTokens, evaluatedTokens, generatedTokens } = answer;
	const prompt = `${promptTokens}: ${reusedTokens} cached, ${evaluatedTokens} evaluated`;
	const rest =
		prefillMs === undefined || decodeMs === undefined
			? []
			: [['Everything else', whole(Math.max(0, asked.milliseconds - prefillMs - decodeMs)), '']];
	return [
		'## Time',
		markdownTable(header, [
			['Prompt (prefill)', exact(prefillMs), prompt],
			['Answer (decode)', exact(decodeMs), String(generatedTokens)],
			...rest,
			total,
		]),
	];
}

function exact(milliseconds: number | undefined): string {
	return milliseconds === undefined ? '' : `${milliseconds.toFixed(1)} ms`;
}

function whole(milliseconds: number): string {
	return `${Math.round(milliseconds)} ms`;
}
