/** Counts of suggestions since the window was opened. They stay on this machine, and only the user sees them. */
export interface CompletionStats {
	readonly shown: number;
	readonly accepted: number;
	readonly partlyAccepted: number;
	readonly acceptedCharacters: number;
	/** Requests answered from memory, and by the model. */
	readonly fromMemory: number;
	readonly fromModel: number;
	/** Time from request to answer for the last suggestion that the model was asked for. Milliseconds. */
	readonly lastLatencyMs: number | undefined;
}

export const noStats: CompletionStats = {
	shown: 0,
	accepted: 0,
	partlyAccepted: 0,
	acceptedCharacters: 0,
	fromMemory: 0,
	fromModel: 0,
	lastLatencyMs: undefined,
};

export type StatsEvent =
	| { readonly kind: 'shown'; readonly source: 'memory' }
	/** `latencyMs` undefined: the engine had to be started first, which says nothing of the next one. */
	| { readonly kind: 'shown'; readonly source: 'model'; readonly latencyMs: number | undefined }
	| { readonly kind: 'accepted'; readonly characters: number }
	| { readonly kind: 'partly-accepted'; readonly characters: number };

export function countStats(stats: CompletionStats, event: StatsEvent): CompletionStats {
	switch (event.kind) {
		case 'shown':
			return event.source === 'memory'
				? { ...stats, shown: stats.shown + 1, fromMemory: stats.fromMemory + 1 }
				: {
						...stats,
						shown: stats.shown + 1,
						fromModel: stats.fromModel + 1,
						lastLatencyMs: event.latencyMs ?? stats.lastLatencyMs,
					};
		case 'accepted':
			return {
				...stats,
				accepted: stats.accepted + 1,
				acceptedCharacters: stats.acceptedCharacters + event.characters,
			};
		case 'partly-accepted':
			return {
				...stats,
				partlyAccepted: stats.partlyAccepted + 1,
				acceptedCharacters: stats.acceptedCharacters + event.characters,
			};
	}
}
