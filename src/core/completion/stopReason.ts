/** Why the engine stopped writing. The protocol's schema is made of this list. */
export const engineStopReasons = [
	'end-of-generation',
	'end-of-line',
	'end-of-block',
	'repetition',
	'suffix-reached',
	'low-probability',
	'token-limit',
	'context-full',
] as const;
export type EngineStopReason = (typeof engineStopReasons)[number];

/** `first-line`: the answer is the first line of a longer one that is still being written (`FirstLine`). */
export const stopReasons = [...engineStopReasons, 'first-line'] as const;
export type StopReason = (typeof stopReasons)[number];

export function isStopReason(text: string): text is StopReason {
	return stopReasons.some(reason => reason === text);
}
