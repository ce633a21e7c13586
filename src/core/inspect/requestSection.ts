import { silenceText } from '../completion/silenceText';
import { codeSpan, escapeLine } from '../explain/inertMarkdown';
import { bundledModel } from '../models/bundledModel';
import { modelLabel } from '../models/modelLabel';
import { defaultSettings } from '../settings/settings';
import { count } from './count';
import { literal, markdownTable } from './markdownTable';
import type { CompletionRecord } from './outcomeLog';

/** Where and when, what the model was asked for, and the settings that are not the default ones. */
export function requestTable(record: CompletionRecord, now: number): string {
	const { request, outcome } = record;
	const query = outcome.kind === 'failure' ? undefined : outcome.query;
	const asked =
		query === undefined
			? 'no'
			: `yes, for ${query.extent === 'line' ? 'one line' : 'a block'} of at most ${count(query.maxTokens, 'token')}`;
	const pieces = query?.pieces.length ?? 0;
	return markdownTable(
		['Request', ''],
		[
			['File', `${placeOf(record)} (${codeSpan(request.document.languageId)})`],
			['When', `${ago(now - record.at)}, ${triggerOf(request)}`],
			['Model', modelOf(request)],
			['Model asked', asked],
			...(pieces === 0 ? [] : [['Pieces of other files', String(pieces)]]),
			['Settings', settingsOf(request)],
			['Took', `${Math.round(record.milliseconds)} ms`],
		],
	);
}

/** The last requests, newest first. */
export function recentSection(recent: readonly CompletionRecord[], now: number): readonly string[] {
	const rows = recent.map(record => [
		ago(now - record.at),
		codeSpan(`${record.request.document.path}:${record.position.line + 1}:${record.position.character + 1}`),
		triggerOf(record.request),
		resultOf(record.outcome),
	]);
	return ['## The last requests', markdownTable(['When', 'File', 'How', 'Result'], rows)];
}

function placeOf({ request, position }: CompletionRecord): string {
	return `${codeSpan(request.document.path)}, line ${position.line + 1}, column ${position.character + 1}`;
}

function triggerOf({ trigger, isPreview }: CompletionRecord['request']): string {
	const widget = isPreview === true ? ', with an entry of the suggest widget selected' : '';
	return `${trigger === 'manual' ? 'by hand' : 'while typing'}${widget}`;
}

function modelOf({ model, settings }: CompletionRecord['request']): string {
	const own = settings['model.path'];
	const label = codeSpan(modelLabel(own === '' ? bundledModel : own));
	return `${label}${own === '' ? ' (bundled)' : ''}${model === undefined ? ', not loaded yet' : ''}`;
}

const shownSettings = [
	'enabled',
	'completion.trigger',
	'completion.lines',
	'completion.prose',
	'completion.confidence',
	'context.sources',
] as const;

function settingsOf({ settings }: CompletionRecord['request']): string {
	const changed = shownSettings.filter(key => JSON.stringify(settings[key]) !== JSON.stringify(defaultSettings[key]));
	return changed.length === 0
		? 'default'
		: changed.map(key => codeSpan(`sotto.${key}: ${JSON.stringify(settings[key])}`)).join(', ');
}

function resultOf(outcome: CompletionRecord['outcome']): string {
	switch (outcome.kind) {
		case 'suggestion':
			return `shown: ${literal(outcome.suggestion.text)}${outcome.source === 'memory' ? ', from memory' : ''}`;
		case 'silence':
			return `nothing: ${silenceText(outcome).because}`;
		case 'failure':
			return `failed: ${escapeLine(outcome.message)}`;
	}
}

/** Milliseconds in words. */
function ago(elapsed: number): string {
	const seconds = Math.max(0, Math.round(elapsed / 1000));
	return seconds < 120 ? `${seconds} s ago` : `${Math.round(seconds / 60)} min ago`;
}
