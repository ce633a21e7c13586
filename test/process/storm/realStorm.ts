import assert from 'node:assert/strict';
import type { CompletionAnswer, CompletionQuery } from '../../../src/core/completion/completionEngine';
import type { CompletionRequest, Suggestion } from '../../../src/core/completion/completionRequest';
import { worsensBalance } from '../../../src/core/postprocess/balance';
import type { EngineHost } from '../../../src/node/engine/engineHost';
import { StormEditor } from '../../unit/completion/storm/stormEditor';
import { Dice, happen } from '../../unit/completion/storm/stormEvents';
import { StormFile } from '../../unit/completion/storm/stormFile';
import { never } from '../engineRig';
import { RealWorld, startHost } from './realWorld';

/** No model knows these: where one of them is shown, it comes from the file that has it. */
const names = ['quorvex', 'brimtal', 'zandolf'];

function codeOf(name: string): string {
	return `export function ${name}(a: number): number {\n\tconst ${name}Sum = a + 1;\n\treturn ${name}Sum;\n}\n\n`;
}

function checkShown({ document }: CompletionRequest, suggestion: Suggestion): void {
	const { text } = suggestion;
	const where = `${JSON.stringify(text)} in ${document.path} behind ${JSON.stringify(document.prefix.slice(-80))}`;
	const strangers = names.filter(name => text.includes(name) && !document.path.startsWith(name));
	assert.deepEqual(strangers, [], `of another file: ${where}`);
	assert.equal(worsensBalance(suggestion, document), false, `leaves brackets worse: ${where}`);
}

/** Pauses between events. Milliseconds. */
const pauses = [0, 10, 40, 100, 100, 250, 700, 2000];

/** After one event out of so many the user waits for the answer. */
const waits = 4;

/** All kinds of bad input at the real engine. */
export class RealStorm {
	readonly world: RealWorld;
	readonly editor: StormEditor;
	readonly #files = names.map((name, length) => new StormFile(`${name}.ts`, codeOf(name).repeat(2 * length + 1)));
	readonly #dice: Dice;

	/** @param haste by how much waits are shorter than users' are. */
	constructor(seed: number, haste: number) {
		this.#dice = new Dice(seed);
		this.world = new RealWorld(haste);
		this.editor = new StormEditor(this.#files[0] ?? assert.fail(), this.world, checkShown);
	}

	/** So many events more, and then rest: throws where something is left over or was shown that should not have been. */
	async blow(events: number): Promise<void> {
		await this.world.begin();
		for (const end = this.editor.events + events; this.editor.events < end;) {
			await happen(this.editor, this.#files, this.#dice);
			await this.world.pass(this.#dice.one(pauses) ?? 0);
			if (this.#dice.roll(waits) === 0) {
				await this.#answered();
			}
		}
		await this.editor.rest();
	}

	/** The user waits for what comes, however busy the machine is, and so for an engine that was killed to be back. */
	async #answered(): Promise<void> {
		await this.world.pass(100);
		await this.world.rest(() => this.editor.outstanding === 0);
	}

	residentBytes(): Promise<number> {
		return this.world.engine.residentBytes(never);
	}

	/** Asks the engine that went through all this and one that has just been started the same, and compares. */
	async compareWithFresh(): Promise<void> {
		const fresh = startHost();
		try {
			for (const query of this.#probes()) {
				assertSame(await ask(this.world.engine, query), await ask(fresh, query), query);
			}
		} finally {
			await fresh.stop();
		}
	}

	/** The present texts under other file names, so that the engine does not know where their prompts began. */
	#probes(): readonly Pick<CompletionQuery, 'path' | 'prefix' | 'suffix'>[] {
		const { prefix, suffix } = this.editor.request('manual').document;
		const long = codeOf('marlune').repeat(400);
		return [
			{ path: 'now.ts', prefix, suffix },
			{ path: 'long.ts', prefix: `${long}export function marlune(`, suffix: `\n${long}` },
			{ path: 'short.ts', prefix: `${codeOf('marlune')}const total = marl`, suffix: '\n' },
		];
	}
}

function ask(host: EngineHost, probe: Pick<CompletionQuery, 'path' | 'prefix' | 'suffix'>): Promise<CompletionAnswer> {
	const limits = { extent: 'block', maxTokens: 40, probabilityFloor: 0 } as const;
	return host.complete({ languageId: 'typescript', pieces: [], ...limits, ...probe }, never);
}

/** Native sums are rounded by how many tokens a call has: where two tokens are about as likely, either may come first. */
const surelyFirst = 0.55;

function assertSame(a: CompletionAnswer, b: CompletionAnswer, { path }: { readonly path: string }): void {
	for (const [index, token] of a.tokens.entries()) {
		const other = b.tokens[index];
		if (other?.text === token.text) {
			continue;
		}
		const sure = Math.max(token.probability, other?.probability ?? 0);
		assert.ok(
			sure < surelyFirst,
			`${path}: ${JSON.stringify(a.text)} after the storm, ${JSON.stringify(b.text)} afresh`,
		);
		return;
	}
}
