import type { Evidence } from '../../explain/evidence';
import { chooseSentence, type RankedSentence } from '../../explain/sentence/chooseSentence';
import { contradictions } from '../../explain/sentence/contradictions';
import { namedWords, unknownMark } from '../../explain/sentence/groundedWords';
import type { DocumentedFunction } from './documentedFunctions';
import { rougeL } from './rouge';

/** The result for one function. */
export interface ExplainRecord extends DocumentedFunction {
	readonly subject: string;
	/** In the order of writing: the first is the likeliest one. */
	readonly candidates: readonly RankedSentence[];
}

export interface ExplainSummary {
	readonly name: string;
	/** Functions about which there is a sentence. */
	readonly shown: number;
	/** Means over the shown. */
	readonly rougeL: number;
	/** The share of names and numbers in the sentences that also occur in the code. 1 where there are none. */
	readonly grounded: number;
	/** Share of sentences that a check of `contradictions` finds wrong. */
	readonly contradicted: number;
}

type Choice = (record: ExplainRecord, evidence: Evidence) => string | undefined;

const never = -Infinity;
const byGain = ({ candidates }: ExplainRecord): string | undefined =>
	candidates.toSorted((a, b) => b.gain - a.gain)[0]?.text;

export function choicesOf(floors: readonly number[]): readonly (readonly [string, Choice])[] {
	const chosen =
		(floor: number): Choice =>
		({ candidates, subject }, evidence) =>
			chooseSentence(candidates, evidence, subject, floor);
	return [
		['likeliest sentence', ({ candidates }) => candidates[0]?.text],
		['best by gain', byGain],
		['best that nothing contradicts', chosen(never)],
		...floors.map((floor): readonly [string, Choice] => [`the same, gain at least ${floor}`, chosen(floor)]),
	];
}

export function summariseExplanations(
	records: readonly ExplainRecord[],
	floors: readonly number[],
): readonly ExplainSummary[] {
	return choicesOf(floors).map(([name, choose]) => {
		const shown = records.flatMap(record => {
			const evidence = evidenceFor(record);
			const text = choose(record, evidence);
			return text === undefined ? [] : [{ record, evidence, text: bare(text, record) }];
		});
		const named = shown.flatMap(({ text, evidence }) => namedWords(text, evidence));
		const wrong = shown.filter(({ text, record }) => contradictions(text, record.code, record.languageId).length > 0);
		return {
			name,
			shown: shown.length,
			rougeL: mean(shown.map(({ text, record }) => rougeL(text, record.sentence))),
			grounded: named.length === 0 ? 1 : named.filter(({ isKnown }) => isKnown).length / named.length,
			contradicted: shown.length === 0 ? 0 : wrong.length / shown.length,
		};
	});
}

/** The sentence without its subject, which any would have, and without marks. */
function bare(text: string, { subject }: ExplainRecord): string {
	const unmarked = text.replaceAll(` ${unknownMark}`, '');
	return unmarked.toLowerCase().startsWith(subject.toLowerCase()) ? unmarked.slice(subject.length) : unmarked;
}

/** All that is known where there is no editor. */
export function evidenceFor({ path, languageId, code }: DocumentedFunction): Evidence {
	const lastLine = code.split('\n').length;
	const nothing = { symbols: [], documentation: '', definitions: [], diagnostics: [], notes: [] };
	return { path, languageId, firstLine: 1, lastLine, code, ...nothing };
}

function mean(values: readonly number[]): number {
	return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function renderExplainReport(
	model: string,
	records: readonly ExplainRecord[],
	floors: readonly number[],
): string {
	const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
	const rows = summariseExplanations(records, floors).map(
		({ name, shown, rougeL: rouge, grounded, contradicted }) =>
			`| ${name} | ${shown} | ${rouge.toFixed(3)} | ${percent(grounded)} | ${percent(contradicted)} |`,
	);
	return [
		`${model}, ${records.length} documented functions`,
		'',
		'| sentence | shown | ROUGE-L | names and numbers that the code has | contradicted by the code |',
		'|---|---|---|---|---|',
		...rows,
	].join('\n');
}
