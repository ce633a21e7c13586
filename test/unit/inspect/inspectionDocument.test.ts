import assert from 'node:assert/strict';
import type { PromptPart } from '../../../src/core/completion/completionEngine';
import { inspectionDocument, type Inspection } from '../../../src/core/inspect/inspectionDocument';
import type { CompletionRecord } from '../../../src/core/inspect/outcomeLog';
import { defaultSettings } from '../../../src/core/settings/settings';
import { answerOf, recordedBy, recordOf, requestAt, serviceSaying } from './records';

const pieces = [
	{ path: 'src/b.ts', text: 'export const b = 1;', start: 4, end: 5 },
	{ path: 'src/c.ts', text: 'export const c = 1;', start: 0, end: 3 },
];

const prompt: readonly PromptPart[] = [
	{ kind: 'control', text: '<file_sep>', tokens: 1 },
	{ kind: 'text', text: 'src/b.ts\n', tokens: 3 },
	{ kind: 'text', text: 'export const b = 1;\n', tokens: 6 },
	{ kind: 'control', text: '<file_sep>', tokens: 1 },
	{ kind: 'text', text: 'src/a.ts\n', tokens: 3 },
	{ kind: 'control', text: '<fim_suffix>', tokens: 1 },
	{ kind: 'text', text: ')\n', tokens: 2 },
	{ kind: 'control', text: '<fim_prefix>', tokens: 1 },
	{ kind: 'text', text: '// `</s>`\n', tokens: 5 },
	{ kind: 'text', text: 'print(', tokens: 2 },
];

async function inspected(changes: Partial<Inspection> = {}, at = '// `</s>`\nprint(‸)\n'): Promise<string> {
	const service = serviceSaying(answerOf('a, b)x', [0.9, 0.9, 0.9, 0.9, 0.9, 0.01]));
	const record = await recordedBy(service, requestAt(at, { pieces: () => pieces }));
	const now = record.at + 65_000;
	return inspectionDocument({ record, origin: undefined, recent: [record], prompt, notes: [], now, ...changes });
}

function section(document: string, title: string): string {
	const [, text = ''] = document.split(`\n## ${title}\n\n`);
	return text.split('\n\n## ')[0] ?? '';
}

function titles(document: string): readonly (string | undefined)[] {
	return [...document.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
}

const emptyFile = { kind: 'silence', stage: 'place', reason: 'empty-file' } as const;

function alone(record: CompletionRecord): Inspection {
	return { record, origin: undefined, recent: [record], prompt, notes: [], now: 0 };
}

describe('inspectionDocument', () => {
	it('begins with the reason in one sentence, then has tables, and the prompt last', async () => {
		const document = await inspected();
		assert.match(
			document,
			/^# Why this suggestion\n\n\*\*This was shown because [^\n]*\.\*\*\n\n```typescript\na, b\n```\n\n/,
		);
		assert.deepEqual(titles(document), [
			'What the model wrote',
			'Confidence',
			'Filters',
			'Time',
			'The last requests',
			'The prompt',
		]);
	});

	it('tells where and when, which model, how much was asked for, and with which settings', async () => {
		const document = await inspected();
		assert.match(document, /^\| File \| `src\/a\.ts`, line 2, column 7 \(`typescript`\) \|$/m);
		assert.match(document, /^\| When \| 65 s ago, while typing \|$/m);
		assert.match(document, /^\| Model \| `smollm2-135m-instruct` \(bundled\), not loaded yet \|$/m);
		assert.match(document, /^\| Model asked \| yes, for one line of at most 32 tokens \|$/m);
		assert.match(document, /^\| Pieces of other files \| 2 \|$/m);
		assert.match(document, /^\| Settings \| default \|$/m);
	});

	it('names the settings that are not the default ones, and the model that the user has chosen', () => {
		const settings = { ...defaultSettings, 'model.path': '/m/big.gguf', 'completion.lines': 'single' } as const;
		const record = recordOf(requestAt('a‸', { settings, model: 'Big' }), emptyFile);
		const document = inspectionDocument({ ...alone(record), prompt: undefined });
		assert.match(document, /^\| Model \| `big` \|$/m);
		assert.match(document, /^\| Settings \| `sotto\.completion\.lines: "single"` \|$/m);
	});

	it('lists the tokens with their probabilities, and where the gate cut', async () => {
		const said = section(await inspected(), 'What the model wrote');
		assert.match(said, /^\| Token \| Probability \| Note \|\n/);
		assert.match(said, /\n\| `"\)"` \| 90% \| {2}\|\n\| `"x"` \| 1% \| cut: not sure enough \|\n/);
		assert.match(said, /\n\n6 tokens\. Stop reason: `end-of-line`\.$/);
	});

	it('has the text before the filters and after each that changed it', async () => {
		assert.equal(
			section(await inspected(), 'Filters'),
			[
				'| Filter | It … | Text after it |',
				'| --- | --- | --- |',
				'|  | before the filters | `"a, b)"` |',
				'| `overlapRestOfLine` | fits the text to the code right of the cursor | `"a, b"` |',
			].join('\n'),
		);
	});

	it('shows the filters as they ran then: it does not run them again', async () => {
		const record = await recordedBy(serviceSaying(answerOf('a, b)')), requestAt('print(‸)\n'));
		assert.ok(record.outcome.kind === 'suggestion');
		const steps = [{ name: 'capLength', does: 'of a test', after: { text: 'other', replaceAfter: 2 } } as const];
		const document = inspectionDocument(alone({ ...record, outcome: { ...record.outcome, steps } }));
		assert.match(
			section(document, 'Filters'),
			/\| `capLength` \| of a test \| `"other"`, replaces 2 characters to the right \|$/,
		);
	});

	it('names the parser where it ended the text', async () => {
		const service = serviceSaying(answerOf('\n\tb();\n\t\tc();'), { open: () => () => Promise.resolve(6) });
		const record = await recordedBy(service, requestAt('if (a) {‸\n}'));
		assert.match(section(await inspected({ record }), 'Filters'), /\| `cutScope` \| ends the text where/);
	});

	it('keeps a table whole whatever is in its cells', async () => {
		const record = await recordedBy(serviceSaying(answerOf('a | `b` || c')), requestAt('x = ‸\n'));
		const rows =
			section(inspectionDocument(alone(record)), 'What the model wrote')
				.split('\n\n')[0]
				?.split('\n') ?? [];
		assert.ok(rows.length > 5);
		for (const row of rows) {
			assert.equal(row.match(/(?<!\\)\|/g)?.length, 4, row);
		}
	});

	it('tells where the prompt came from, and what found no place in it', async () => {
		assert.equal(
			section(await inspected(), 'The prompt').split('\n\n')[0],
			[
				'| Part | Tokens |',
				'| --- | --- |',
				'| `src/b.ts`, line 5 | 9 |',
				'| The path of this file | 3 |',
				'| Text after the cursor, line 2 | 2 |',
				'| Text before the cursor, lines 1 to 2 | 7 |',
				'| `src/c.ts`, lines 1 to 3 | 0: no room, or the model takes no other files |',
				'| **All, with control tokens** | 25 |',
			].join('\n'),
		);
	});

	it('shows the prompt: control tokens by name, text as text even where it looks like one', async () => {
		assert.match(
			section(await inspected(), 'The prompt'),
			/Control token `<fim_prefix>`\n\nText before the cursor, lines 1 to 2:\n\n```text\n\/\/ `<\/s>`\nprint\(\n```/,
		);
	});

	it('says which characters the model had to write again', async () => {
		const healed = prompt.map(part => (part.text === 'print(' ? { ...part, text: 'pri' } : part));
		assert.match(section(await inspected({ prompt: healed }), 'The prompt'), /the prompt ends before `"nt\("`/);
	});

	it('has no prompt where there is none, but says why', async () => {
		const document = await inspected({ prompt: undefined, notes: ['The prompt is not here: cancelled.'] });
		assert.doesNotMatch(document, /## The prompt/);
		assert.match(document, /\n\n> The prompt is not here: cancelled\.\n\n/);
	});

	it('splits the time', async () => {
		assert.equal(
			section(await inspected(), 'Time'),
			[
				'| Step | Time | Tokens |',
				'| --- | --- | --- |',
				'| Prompt (prefill) | 3.3 ms | 9: 4 cached, 5 evaluated |',
				'| Answer (decode) | 10.0 ms | 6 |',
				'| Everything else | 29 ms |  |',
				'| **All** | 42 ms |  |',
			].join('\n'),
		);
	});

	it('tells what is remembered with the answer that it comes from', async () => {
		const service = serviceSaying(answerOf('sole.log(x);'));
		const origin = await recordedBy(service, requestAt('con‸\n'));
		const record = await recordedBy(service, requestAt('conso‸\n'), { at: origin.at + 1000 });
		const document = inspectionDocument({
			record,
			origin,
			recent: [record, origin],
			prompt: undefined,
			notes: [],
			now: origin.at + 300_000,
		});
		assert.match(document, /\*\*This was shown because the model suggested it before/);
		assert.match(document, /^\| Model asked \| no \|$/m);
		const then = section(document, 'When the model wrote it');
		assert.match(then, /^This was shown because the model was sure enough/);
		assert.match(then, /column 4 .*\n\| When \| 5 min ago/);
		assert.match(section(document, 'What the model wrote'), /"sole"/);
		assert.match(section(document, 'Filters'), /^No filter changed the text\.$/);
		assert.match(
			section(document, 'The last requests'),
			/shown: `"le\.log\(x\);"`, from memory \|\n\| 5 min ago \| .* \| while typing \| shown: `"sole/,
		);
	});

	it('is short for what came to nothing at once', () => {
		const document = inspectionDocument(alone(recordOf(requestAt('‸'), emptyFile)));
		assert.match(
			document,
			/^# Why no suggestion\n\n\*\*Nothing was shown because the file is empty\.\*\*\n\nRun \*\*Suggest Here\*\*/,
		);
		assert.deepEqual(titles(document), ['The last requests']);
		assert.match(section(document, 'The last requests'), /\| nothing: the file is empty \|\n$/);
	});

	it('tells a failure of the engine', () => {
		const document = inspectionDocument(
			alone(recordOf(requestAt('a‸'), { kind: 'failure', message: 'The model is gone.' })),
		);
		assert.match(document, /the engine could not answer: The model is gone\\\.\*\*\n\n\*\*Show Log\*\*/);
		assert.match(document, /\| failed: The model is gone\\\. \|$/m);
	});

	it('shows characters that reorder text, and lets no code end its block', async () => {
		const service = serviceSaying(answerOf('x```y\u202e', [0.9]));
		const record = await recordedBy(service, requestAt('a = ‸\n', { trigger: 'manual' }));
		const document = inspectionDocument(alone(record));
		assert.doesNotMatch(document, /\u202e/);
		assert.match(document, /\n\n````typescript\nx```y\n````\n/);
		assert.match(section(document, 'Filters'), /before the filters \| ````"x```y⟨U\+202E⟩"```` \|/);
		assert.match(section(document, 'The last requests'), /\| shown: ````"x```y"```` \|/);
	});
});
