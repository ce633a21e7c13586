/** How fast a model works on this machine. Milliseconds a token. */
export interface Pace {
	readonly prefill: number;
	readonly decode: number;
	/** Writing a token and checking the longest draft in one call. */
	readonly verify: number;
}

/** How much a completion may ask of a model, in tokens, so that it is not waited for too long. */
export interface WorkLimits {
	/** Read at once. It cannot be interrupted, so this bounds how late a cancellation is. */
	readonly slice: number;
	readonly prompt: number;
	/** Read before an answer that somebody waits for; where more is to be read, the answer comes from a shorter prompt. */
	readonly urgent: number;
	readonly answer: number;
}

/** Larger slices gain nothing: 64 tokens have 98 % of the best throughput on a processor, 16 have 73 %, 8 have 60 %. */
export const largestSlice = 64;
const smallestSlice = 16;
/** A newer key waits no longer for the slice that is being read. Milliseconds. */
const sliceMs = 40;

/** A place that the cursor has jumped to is read within this time; what is typed there then costs a token a key. Milliseconds. */
const promptMs = 5000;
/** Less than the function at hand would make the model guess, however slow it is. */
const leastPrompt = 512;

/** At a first key in a fresh place nobody waits longer for reading. Milliseconds. */
const urgentMs = 700;
/** A screen of code: with less, the model knows too little to be worth showing. Tokens. */
const leastUrgent = 160;

/** The first line is shown earlier; what takes longer than this to write nobody waits for. Milliseconds. */
const answerMs = 3000;
/** A line of 80 characters. */
const leastAnswer = 24;

export function limitsOf({ prefill, decode }: Pick<Pace, 'prefill' | 'decode'>): WorkLimits {
	return {
		slice: Math.min(largestSlice, Math.max(smallestSlice, Math.floor(sliceMs / prefill))),
		prompt: Math.max(leastPrompt, Math.floor(promptMs / prefill)),
		urgent: Math.max(leastUrgent, Math.floor(urgentMs / prefill)),
		answer: Math.max(leastAnswer, Math.floor(answerMs / decode)),
	};
}
