import type { EnginePart } from '../../completion/completionEngine';
import { share } from '../gateCurve';
import { wilsonInterval } from '../interval';
import { groupBy } from '../summary';
import type { FillMode, InfillingRecord } from './infillingRecord';
import type { InfillingKind } from './infillingTask';

/** The fills of one kind in one mode. Shares from 0 to 1, of all tasks; tokens and similarity are means. */
export interface InfillingSummary {
	readonly kind: InfillingKind;
	readonly mode: FillMode;
	readonly tasks: number;
	/** The program with the fill passes its test, with the 95 % interval. */
	readonly passed: number;
	readonly passedLow: number;
	readonly passedHigh: number;
	readonly exact: number;
	readonly similarity: number;
	/** Asked for several lines. */
	readonly blocks: number;
	/** Nothing was suggested. */
	readonly silent: number;
	/** The program ran into its limit of time. */
	readonly timeouts: number;
	readonly promptTokens: number;
	readonly evaluatedTokens: number;
	readonly generatedTokens: number;
	readonly medianMs: number;
}

/** The parameters of the run, so that its figures can be reproduced. */
export interface InfillingReport {
	readonly model: { readonly name: string; readonly family: string; readonly fileBytes: number };
	/** Names of the files, and the digests of what they hold. */
	readonly data: readonly { readonly name: string; readonly sha256: string; readonly tasks: number }[];
	readonly every: number;
	readonly offset: number;
	readonly without: readonly EnginePart[];
	readonly extent: 'auto' | 'line' | 'block';
	/** How the fills were kept from doing harm. */
	readonly sandbox: string;
	/** False where the run was ended early. */
	readonly isComplete: boolean;
	readonly summaries: readonly InfillingSummary[];
	readonly records: readonly InfillingRecord[];
}

/** In the order in which kinds and modes come first. */
export function summariseFills(records: readonly InfillingRecord[]): readonly InfillingSummary[] {
	return [...groupBy(records, ({ kind, mode }) => `${kind} ${mode}`).values()].flatMap(group => {
		const [first] = group;
		return first === undefined ? [] : [summaryOf(first, group)];
	});
}

function summaryOf({ kind, mode }: InfillingRecord, records: readonly InfillingRecord[]): InfillingSummary {
	const count = (is: (record: InfillingRecord) => boolean): number => records.filter(is).length;
	const part = (is: (record: InfillingRecord) => boolean): number => share(count(is), records.length);
	const mean = (of: (record: InfillingRecord) => number): number =>
		share(
			records.reduce((sum, record) => sum + of(record), 0),
			records.length,
		);
	const passed = ({ verdict }: InfillingRecord): boolean => verdict.outcome === 'passed';
	const { low, high } = wilsonInterval(count(passed), records.length);
	const times = records.map(({ ms }) => ms).sort((a, b) => a - b);
	return {
		kind,
		mode,
		tasks: records.length,
		passed: part(passed),
		passedLow: low,
		passedHigh: high,
		exact: part(record => record.isExact),
		similarity: mean(({ similarity }) => similarity),
		blocks: part(({ extent }) => extent === 'block'),
		silent: part(({ silence }) => silence !== ''),
		timeouts: part(({ verdict }) => verdict.outcome === 'timeout'),
		promptTokens: mean(({ promptTokens }) => promptTokens),
		evaluatedTokens: mean(({ evaluatedTokens }) => evaluatedTokens),
		generatedTokens: mean(({ generatedTokens }) => generatedTokens),
		medianMs: times[Math.floor(times.length / 2)] ?? 0,
	};
}
