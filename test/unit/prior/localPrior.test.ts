import assert from 'node:assert/strict';
import fc from 'fast-check';
import { endOfLine } from '../../../src/core/prior/lexemeScan';
import { LocalPrior, type PriorGuess } from '../../../src/core/prior/localPrior';
import { OpenTexts } from '../../../src/core/prior/openTexts';

const now = (): Promise<void> => Promise.resolve();

async function priorOf(files: Record<string, string> = {}): Promise<LocalPrior> {
	const texts = new OpenTexts();
	for (const [path, text] of Object.entries(files)) {
		await texts.add({ id: `file:///${path}`, path, text }, now);
	}
	return new LocalPrior(texts);
}

/** At the `|` of a document. */
function guessAt(prior: LocalPrior, marked: string, written = ''): PriorGuess | undefined {
	const [prefix = '', suffix = ''] = marked.split('|');
	prior.moveTo({ path: 'a.ts', prefix, suffix });
	return prior.guess(written);
}

function best(guess: PriorGuess | undefined): string | undefined {
	return guess?.continuations.toSorted((a, b) => b.share - a.share)[0]?.text;
}

describe('LocalPrior', () => {
	it('says what came behind the longest agreement', async () => {
		const prior = await priorOf();
		const guess = guessAt(prior, 'one.send(first);\ntwo.send(second);\nthree.send(first);\ntwo.send(|');
		assert.equal(best(guess), 'second);\n');
		assert.equal(guess?.agreeing, 11);
	});

	it('reads no more of a line of a megabyte for each token than of a long one, and says the same', async () => {
		const line = 'one.send(first);two.send(second);'.repeat(30_000);
		const above = 'two.send(second);\n';
		const read = endOfLine(line);
		assert.ok(read.length <= 2000);
		const guess = guessAt(await priorOf(), `${above}${line}two.send(|`);
		assert.equal(best(guess), 'second);\n');
		assert.deepEqual(guess, guessAt(await priorOf(), `${above}${read}two.send(|`));
	});

	it('looks above the cursor, below it, and into other files', async () => {
		const prior = await priorOf({ 'b.ts': 'fromAnother(file);\n' });
		for (const [marked, text] of [
			['const above = 1;\nconst abo|', 've = 1;\n'],
			['const bel|\nconst below = 2;\n', 'ow = 2;\n'],
			['fromAn|', 'other(file);\n'],
		] as const) {
			assert.equal(best(guessAt(prior, marked)), text);
		}
	});

	it('does not look into the file that is asked about as it was before', async () => {
		const prior = await priorOf({ 'a.ts': 'const oldName = 1;\n' });
		assert.equal(guessAt(prior, 'const old|'), undefined);
	});

	it('gives what came more often the larger share, and the shares add up to 1', async () => {
		const prior = await priorOf();
		const { continuations = [] } = guessAt(prior, 'x = f(a);\ny = f(b);\nz = f(b);\nf(|') ?? {};
		assert.equal(continuations.find(({ text }) => text === 'b);\n')?.share.toFixed(1), '0.7');
		const total = continuations.reduce((sum, { share }) => sum + share, 0);
		assert.ok(Math.abs(total - 1) < 1e-9);
	});

	it('goes on with what the answer has so far', async () => {
		const prior = await priorOf();
		const document = 'run();\nqueue.push(item);\nrun();\nqu|';
		assert.equal(best(guessAt(prior, document, 'eue.')), 'push(item);\n');
		assert.equal(best(guessAt(prior, document, 'eue.push(item);')), '\nrun();\n');
		assert.equal(best(guessAt(prior, document, 'eue.push(item);\n')), 'run();\n');
	});

	it('writes blanks as they are there, unless they are typed already', async () => {
		const prior = await priorOf();
		assert.equal(best(guessAt(prior, 'x;\nlet a  = 1;\nx;\nlet a|')), '  = 1;\n');
		assert.equal(best(guessAt(prior, 'x;\nlet a  = 1;\nx;\nlet a |')), ' = 1;\n');
		assert.equal(best(guessAt(prior, 'x;\nlet a=1;\nx;\nlet a |')), '=1;\n');
	});

	it('does not care how deep the line is, and indents its own lines', async () => {
		const prior = await priorOf();
		const document = 'if (a) {\n\tstop();\n}\n\t\t|';
		assert.equal(best(guessAt(prior, document, 'if (a) {\n')), '\t\t\tstop();\n');
		assert.equal(best(guessAt(prior, document, 'if (a) {\n\t\t')), '\tstop();\n');
		assert.equal(best(guessAt(prior, document, 'if (a) {\n\t\t\tstop();\n')), '\t\t}\n');
		assert.equal(best(guessAt(prior, 'first();\n\tsecond();\n\t\tfirst();\n\t\t|')), 'second();\n');
		assert.equal(best(guessAt(prior, 'first();\n\tsecond();\n\t\tfirst();\n|')), '\t\t\tsecond();\n');
	});

	it('does not say that there is nothing to say, but where an answer ends', async () => {
		const prior = await priorOf();
		assert.equal(guessAt(prior, 'a = 1;\nb = 1;|'), undefined);
		assert.equal(best(guessAt(prior, 'a = 1;\nb = |', '1;')), '\n');
	});

	it('takes a single place for chance where little agrees', async () => {
		const prior = await priorOf();
		assert.equal(guessAt(prior, 'i = 0;\nj < i|'), undefined);
		assert.equal(best(guessAt(prior, 'i = 0;\nk = 1;\ni = |')), '0;\n');
	});

	it('does not say what follows a word that is whole, if nothing in front of it agrees', async () => {
		const prior = await priorOf();
		const declared = '\tlabel: string;\n\tname: string;\n';
		assert.equal(guessAt(prior, `${declared}\t\tthis.label|`), undefined);
		assert.equal(best(guessAt(prior, `${declared}\tthis.labels = [];\n\t\tthat.label|`)), 's = [];\n');
		assert.equal(best(guessAt(prior, `${declared}\tthis.label = '';\n\t\tthis.label|`)), " = '';\n");
	});

	it('is silent where nothing agrees', async () => {
		const prior = await priorOf();
		assert.equal(guessAt(prior, '|'), undefined);
		assert.equal(guessAt(prior, 'a = xyz|'), undefined);
	});

	it('says the same of a document that was typed as of one that was opened', async () => {
		const typed = await priorOf();
		const lines = fc.array(fc.constantFrom('a(b);', '\tc.d', 'if a {', '', 'b.a'), { minLength: 1, maxLength: 12 });
		await fc.assert(
			fc.asyncProperty(lines, fc.constantFrom('', '\nb.a\n', ')\nc'), async (document, suffix) => {
				for (const [count] of document.entries()) {
					const prefix = document.slice(0, count + 1).join('\n');
					const marked = `${prefix}|${suffix}`;
					assert.deepEqual(guessAt(typed, marked), guessAt(await priorOf(), marked));
				}
			}),
			{ numRuns: 60 },
		);
	});
});
