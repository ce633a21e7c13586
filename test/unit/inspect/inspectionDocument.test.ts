import assert from 'node:assert/strict';
import type { PromptPart } from '../../../src/core/completion/completionEngine';
import { inspectionDocument, type Inspection } from '../../../src/core/inspect/inspectionDocument';
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

describe('inspectionDocument', () => {
	it('begins with the reason, in sentences', async () => {
		assert.match(
			await inspected(),
			/^# Why this suggestion\n\nThis was shown because the model said it\.\n\nIts first line/,
		);
	});

	it('tells where and when, how much was asked for, and with which settings', async () => {
		const asked = section(await inspected(), 'What was asked');
		assert.match(asked, /^`src\/a\.ts`, line 2, column 7 \(typescript\), while typing, 65 s ago\.$/m);
		assert.match(asked, /asked for one line of at most 32 tokens, ending before a token below 30 %/);
		assert.match(asked, /completion\.confidence "balanced".*pieces of other files: 2\./);
	});

	it('lists the tokens with their probabilities, and where the gate cut', async () => {
		const said = section(await inspected(), 'What the model said');
		assert.match(said, / 90 % {2}"\)"\n-{6} {2}the confidence gate ended the text here\n {3}1 % {2}"x"\n/);
	});

	it('has the text before the filters and after each that changed it', async () => {
		assert.equal(
			section(await inspected(), 'What the filters made of it'),
			'What went in:\n\n```\na, b)\n```\n\nAfter `overlapRestOfLine`, which makes the text fit what stands right of the cursor:\n\n```\na, b\n```',
		);
	});

	it('names the parser where it ended the text', async () => {
		const service = serviceSaying(answerOf('\n\tb();\n\t\tc();'), { open: () => () => Promise.resolve(6) });
		const record = await recordedBy(service, requestAt('if (a) {‸\n}'));
		const text = section(await inspected({ record }), 'What the filters made of it');
		assert.match(text, /After `cutScope`, which ends the text where, by the syntax of the file, it leaves/);
	});

	it('tells where the prompt came from, and what found no place in it', async () => {
		assert.equal(
			section(await inspected(), 'Sources of the prompt'),
			[
				'- `src/b.ts`, line 5: 9 tokens',
				'- the path of this file: 3 tokens',
				'- text after the cursor, line 2: 2 tokens',
				'- text before the cursor, lines 1 to 2: 7 tokens',
				'- `src/c.ts`, lines 1 to 3: not in it, since there was no room or the model takes no other files',
			].join('\n'),
		);
	});

	it('shows the prompt: control tokens by name, text as text even where it looks like one', async () => {
		const shown = section(await inspected(), 'The prompt as the model saw it');
		assert.match(shown, /^25 tokens\./);
		assert.match(
			shown,
			/Control token `<fim_prefix>`\n\nText before the cursor, lines 1 to 2:\n\n```text\n\/\/ `<\/s>`\nprint\(\n```/,
		);
	});

	it('says which word the model was made to write anew', async () => {
		const healed = prompt.map(part => (part.text === 'print(' ? { ...part, text: 'pri' } : part));
		assert.match(section(await inspected({ prompt: healed }), 'Sources of the prompt'), /write `"nt\("` anew/);
	});

	it('has no prompt where there is none, but says why', async () => {
		const document = await inspected({ prompt: undefined, notes: ['The prompt is not here: cancelled.'] });
		assert.doesNotMatch(document, /## Sources|## The prompt/);
		assert.match(document, /\n\nThe prompt is not here: cancelled\.\n\n/);
	});

	it('splits the time', async () => {
		const time = section(await inspected(), 'Time');
		assert.match(time, /outcome: 42 ms/);
		assert.match(time, /Reading the prompt, 3\.3 ms: 9 tokens of prompt, 4 of them read before, 5 now/);
		assert.match(time, /Writing, 10\.0 ms: 6 tokens\n- All else, waiting and sending included: 29 ms/);
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
		assert.match(document, /had said it before/);
		assert.match(section(document, 'What was asked'), /The model was not asked\./);
		assert.match(section(document, 'When the model was asked'), /column 4 .*, 5 min ago/);
		assert.match(section(document, 'What the model said'), /"sole"/);
		assert.match(
			section(document, 'The last outcomes, newest first'),
			/^- .*from memory: `"le\.log\(x\);"`\.\n- .*the model: /,
		);
	});

	it('is short for what came to nothing at once', () => {
		const record = recordOf(requestAt('‸'), { kind: 'silence', because: 'the file is empty' });
		const document = inspectionDocument({ record, origin: undefined, recent: [record], prompt, notes: [], now: 0 });
		assert.match(document, /^# Why no suggestion\n\nNothing was shown because the file is empty\.\n/);
		assert.deepEqual(
			[...document.matchAll(/^## (.*)$/gm)].map(([, title]) => title),
			['What was asked', 'Time', 'The last outcomes, newest first'],
		);
	});

	it('tells a failure of the engine', () => {
		const record = recordOf(requestAt('a‸'), { kind: 'failure', message: 'The model is gone.' });
		const document = inspectionDocument({ record, origin: undefined, recent: [record], prompt, notes: [], now: 0 });
		assert.match(document, /could not answer\. It says:\n\nThe model is gone\.\n/);
	});

	it('shows characters that reorder text, and lets no code end its block', async () => {
		const service = serviceSaying(answerOf('```\n# x \u202e', [0.9]));
		const record = await recordedBy(service, requestAt('a = ‸\n', { trigger: 'manual' }));
		const document = inspectionDocument({
			record,
			origin: undefined,
			recent: [],
			prompt: undefined,
			notes: [],
			now: 0,
		});
		assert.doesNotMatch(document, /\u202e/);
		assert.match(document, /"\\n"/);
		assert.match(section(document, 'What the filters made of it'), /````\n```\n# x ⟨U\+202E⟩\n````/);
	});
});
