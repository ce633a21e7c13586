import { CompletionService } from '../../src/core/completion/completionService';
import { JoiningEngine, type StreamingEngine } from '../../src/core/completion/joiningEngine';
import { DraftGauge, longestDraft } from '../../src/core/engine/draftGauge';
import { OpenTexts } from '../../src/core/prior/openTexts';
import { Completer } from '../../src/engine/completer';
import { Drafter } from '../../src/engine/drafter';
import { LatestOnly } from '../../src/engine/latestOnly';
import type { RealModel } from '../../test/support/realModel';
import { VirtualClock } from '../clock/virtualClock';
import type { Moment } from '../traces/trace';
import { VirtualEditor } from '../virtual/editor';
import { lingering, requestOf, rest, unlessAborted } from '../virtual/replayTrace';
import { ClockedSequence, type CallCosts } from './clockedSequence';

/** Counts for the drafts of one source: tokens, and how many of them the model wrote too. */
interface Drafted {
	readonly drafted: number;
	readonly accepted: number;
}

export interface TypedThrough {
	/** Tokens of all answers, given up ones and prepared ones too. */
	readonly written: number;
	/** Native calls that wrote. */
	readonly calls: number;
	/** The time of these calls for each token, by the machine's figures. */
	readonly millisecondsPerToken: number;
	readonly texts: Drafted;
	readonly earlierAnswers: Drafted;
	/** Keys at whose end a ghost text was on screen. */
	readonly covered: number;
}

class CountingGauge extends DraftGauge {
	readonly counts = { drafted: 0, accepted: 0 };

	override observe(length: number, right: number): void {
		super.observe(length, right);
		this.counts.drafted += length;
		this.counts.accepted += right;
	}
}

/** `none`: token by token. */
export const sources = ['none', 'texts', 'texts and earlier answers'] as const;

interface Plan {
	readonly costs: CallCosts;
	readonly source: (typeof sources)[number];
}

/** Types a trace with the product's host and engine and real weights, on a virtual machine. */
export async function typeThrough(real: RealModel, moments: readonly Moment[], plan: Plan): Promise<TypedThrough> {
	const { costs, source } = plan;
	const clock = new VirtualClock();
	const sequence = new ClockedSequence(await real.openSequence(), costs, clock);
	const { gauges, drafts } = drafterOf(plan);
	const prior = { texts: new OpenTexts(), trust: real.trust };
	const completer = new Completer({ ...real, sequence, prior, ...(source !== 'none' && { drafts }) });
	const engine = new CountingEngine(completer);
	const later = (callback: () => void): { dispose: () => void } => ({ dispose: clock.after(lingering, callback) });
	const service = new CompletionService(new JoiningEngine(engine, later));
	const editor = new VirtualEditor(clock, async (index, signal) => {
		const request = requestOf(moments[index]);
		const outcome = await service.complete(request, signal).catch(unlessAborted);
		if (outcome?.kind !== 'suggestion') {
			return undefined;
		}
		void service.lookAhead(request, outcome.suggestion, signal).catch(unlessAborted);
		return { text: outcome.suggestion.text, isRemembered: outcome.source === 'memory' };
	});
	await clock.run(editor.schedule(moments) + rest);
	await sequence.dispose();
	const { calls, checked } = sequence.counts;
	const { written } = engine;
	return {
		written,
		calls,
		millisecondsPerToken: Number(((calls * costs.decode + checked * costs.check) / written).toFixed(2)),
		texts: gauges.texts.counts,
		earlierAnswers: gauges.earlierAnswers.counts,
		covered: editor.report.covered,
	};
}

function drafterOf({ costs, source }: Plan) {
	const cost = 1 + (longestDraft * costs.check) / costs.decode;
	const isRemembering = source === 'texts and earlier answers';
	const gauges = {
		texts: new CountingGauge(cost, 'texts'),
		// At such a price no draft pays.
		earlierAnswers: new CountingGauge(isRemembering ? cost : Infinity, 'earlierAnswers'),
	};
	return { gauges, drafts: new Drafter(cost, gauges) };
}

/** The engine's order of work, without its process. */
class CountingEngine implements StreamingEngine {
	written = 0;
	readonly #latest = new LatestOnly();

	constructor(private readonly completer: Completer) {}

	complete: StreamingEngine['complete'] = (query, signal, onToken) => {
		const params = { ...query, requestId: 0, pieces: [], without: [] };
		return this.#latest.run(
			latest =>
				this.completer.run(params, latest, token => {
					this.written++;
					onToken(token);
				}),
			signal,
		);
	};
}
