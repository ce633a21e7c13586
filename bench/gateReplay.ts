import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import type { CompletionAnswer, CompletionEngine } from '../src/core/completion/completionEngine';
import { CompletionService } from '../src/core/completion/completionService';
import { engineStopReasons } from '../src/core/completion/stopReason';
import type { ConfidenceLevel } from '../src/core/completion/thresholds';
import { gateOutcome } from '../src/core/evaluation/gateCurve';
import { answerAtFloor } from '../src/core/evaluation/gateTrials';
import { judge, typedCharacters, type Judgement } from '../src/core/evaluation/judge';
import { cursorDocument } from '../src/core/evaluation/positions';
import { seededOrder } from '../src/core/evaluation/seededOrder';
import type { SourceFile } from '../src/core/evaluation/sourceFile';
import { defaultSettings } from '../src/core/settings/settings';
import { Taste } from '../src/core/taste/taste';
import type { DocumentSnapshot } from '../src/core/text/documentSnapshot';
import { readRepository } from '../src/node/evaluation/readRepository';

/**
 * Measures the gain of the adaptive gate: replays recorded answers of a model (`npm run eval -- … --records --out FILE.json`) to a
 * simulated user through the product's own service. It learns on half of the positions and is measured on the other half,
 * beside the gate that has learnt nothing. `npx tsx bench/gateReplay.ts FILE.json REPOSITORY …`
 */

const never = new AbortController().signal;
const seeds = [1, 2, 3, 4, 5];
const levels = ['eager', 'balanced', 'quiet'] as const;

const recordShape = z.object({
	predictor: z.string(),
	repository: z.string(),
	path: z.string(),
	line: z.number(),
	column: z.number(),
	hidden: z.string(),
	modelText: z.string(),
	tokens: z.array(z.object({ text: z.string(), probability: z.number() })),
	stopReason: z.enum([...engineStopReasons, 'not-asked']),
});

interface Position {
	readonly document: DocumentSnapshot;
	readonly hidden: string;
	readonly answer: CompletionAnswer;
}

/** How two people who differ take what they see. */
const users: Readonly<Record<string, (judgement: Judgement) => 'whole' | 'part' | 'passed-over'>> = {
	'takes what helps': ({ accepted, isRight }) => (accepted === 0 ? 'passed-over' : isRight ? 'whole' : 'part'),
	'takes whole lines only': ({ isExactLine }) => (isExactLine ? 'whole' : 'passed-over'),
};

async function readPositions(file: string, repositories: readonly string[]): Promise<readonly Position[]> {
	const { records } = z.object({ records: z.array(recordShape) }).parse(JSON.parse(await readFile(file, 'utf8')));
	const files = (await Promise.all(repositories.map(path => readRepository(path)))).flat();
	const found = new Map(files.map(one => [`${one.repository}/${one.path}`, one]));
	return records
		.filter(({ predictor }) => predictor === 'model')
		.flatMap(record => {
			const source = found.get(`${record.repository}/${record.path}`);
			return source === undefined ? [] : [positionOf(record, source)];
		});
}

function positionOf(record: z.infer<typeof recordShape>, file: SourceFile): Position {
	const before = file.text.split('\n').slice(0, record.line - 1);
	const offset = before.reduce((sum, line) => sum + line.length + 1, 0) + record.column - 1;
	const { tokens, modelText: text, hidden } = record;
	const stopReason = record.stopReason === 'not-asked' ? 'end-of-generation' : record.stopReason;
	const counts = { promptTokens: 0, reusedTokens: 0, evaluatedTokens: 0, generatedTokens: tokens.length };
	return {
		document: cursorDocument({ file, kind: 'token', offset, end: offset + hidden.length }),
		hidden,
		answer: { text, tokens, stopReason, ...counts },
	};
}

/** Shows the user one position, tells the service what came of it, and returns what was shown. */
async function show(
	position: Position,
	{ taste, level, user }: { taste: Taste; level: ConfidenceLevel; user: string },
): Promise<Judgement | undefined> {
	const { document, answer, hidden } = position;
	const engine: CompletionEngine = {
		complete: ({ prefix, probabilityFloor }) =>
			Promise.resolve(
				answerAtFloor(prefix === document.prefix ? answer : { ...answer, text: '', tokens: [] }, probabilityFloor),
			),
	};
	const service = new CompletionService(engine, taste);
	const settings = { ...defaultSettings, 'completion.confidence': level };
	const asking = { settings, trigger: 'automatic', isSnoozed: false, isPrivate: false, pieces: () => [] } as const;
	const outcome = await service.complete({ ...asking, document }, never);
	if (outcome.kind === 'silence') {
		return undefined;
	}
	const judgement = judge(outcome.suggestion.text, hidden);
	const taken = users[user]?.(judgement) ?? 'passed-over';
	if (taken === 'passed-over') {
		await service.complete({ ...asking, document: { ...document, prefix: `${document.prefix}~~~` } }, never);
	} else {
		service.accepted(taken);
	}
	return judgement;
}

async function measure(
	positions: readonly Position[],
	options: Parameters<typeof show>[1],
): Promise<readonly (Judgement | undefined)[]> {
	const shown: (Judgement | undefined)[] = [];
	for (const position of positions) {
		shown.push(await show(position, options));
	}
	return shown;
}

function row(
	name: readonly string[],
	positions: readonly Position[],
	user: string,
	shown: readonly (Judgement | undefined)[],
): string {
	const records = positions.map(({ hidden }) => ({ hiddenCharacters: typedCharacters(hidden) }));
	const { shown: share, right, exactLine, accepted } = gateOutcome(records, shown);
	const seen = shown.filter(one => one !== undefined);
	const taken = seen.filter(one => users[user]?.(one) !== 'passed-over').length;
	const figures = [share, taken / Math.max(1, seen.length), right, exactLine, accepted].map(
		value => `${(100 * value).toFixed(1)} %`,
	);
	return `| ${[...name, String(positions.length), ...figures].join(' | ')} |`;
}

const [file, ...repositories] = process.argv.slice(2);
if (file === undefined || repositories.length === 0) {
	throw new Error('Usage: npx tsx bench/gateReplay.ts FILE.json REPOSITORY …');
}
const all = await readPositions(file, repositories);
const rows: string[] = [];
for (const user of Object.keys(users)) {
	for (const level of levels) {
		rows.push(...(await compare(all, user, level)));
	}
}
process.stdout.write(
	[
		`${all.length} positions, halves drawn ${seeds.length} times (seeds ${seeds.join(', ')}).`,
		'',
		'| user | level | gate | positions | shown | taken of shown | right | exact line | accepted characters |',
		`|${' --- |'.repeat(9)}`,
		...rows,
		'',
	].join('\n'),
);

/** The second halves, with the gate as on the first day and with one that has learnt on the first halves and goes on learning. */
async function compare(
	positions: readonly Position[],
	user: string,
	level: ConfidenceLevel,
): Promise<readonly [string, string]> {
	const measured: Position[] = [];
	const plain: (Judgement | undefined)[] = [];
	const adapted: (Judgement | undefined)[] = [];
	for (const seed of seeds) {
		const shuffled = shuffle(positions, seed);
		const half = Math.floor(shuffled.length / 2);
		const second = shuffled.slice(half);
		const taste = new Taste();
		await measure(shuffled.slice(0, half), { taste, level, user });
		for (const position of second) {
			plain.push(await show(position, { taste: new Taste(), level, user }));
		}
		adapted.push(...(await measure(second, { taste, level, user })));
		measured.push(...second);
	}
	return [row([user, level, 'table'], measured, user, plain), row([user, level, 'adapted'], measured, user, adapted)];
}

function shuffle(positions: readonly Position[], seed: number): readonly Position[] {
	const orderOf = seededOrder(seed, 'gate');
	return positions
		.map((position, index) => ({ position, order: orderOf(index) }))
		.toSorted((a, b) => a.order - b.order)
		.map(({ position }) => position);
}
