/** llama.vscode's settings of the same names. Lines and chunks. */
const chunkSize = 64;
const mostChunks = 16;
const mostQueued = 16;
/** A new chunk pushes out those that share more of their lines with it. */
const mostSimilar = 0.9;
/** Fewer say nothing. */
const leastLines = 3;

export interface Chunk {
	readonly filename: string;
	readonly text: string;
}

/** Pieces of code that llama.vscode sends along: picked into a queue, moved one by one into the ring. */
export class RingBuffer {
	readonly #queue: Chunk[] = [];
	readonly #ring: Chunk[] = [];

	/** @param random from 0 to 1; where in a long piece the chunk begins. */
	constructor(private readonly random: () => number) {}

	get chunks(): readonly Chunk[] {
		return this.#ring;
	}

	pick(filename: string, lines: readonly string[]): void {
		if (lines.length < leastLines) {
			return;
		}
		const half = chunkSize / 2;
		const start = Math.floor(this.random() * Math.max(0, lines.length - half));
		const chosen = lines.length < chunkSize ? lines : lines.slice(start, start + half);
		const chunk = { filename, text: `${chosen.join('\n')}\n` };
		if ([...this.#queue, ...this.#ring].some(({ text }) => text === chunk.text)) {
			return;
		}
		dropSimilar(this.#queue, chunk);
		dropSimilar(this.#ring, chunk);
		pushInto(this.#queue, chunk, mostQueued);
	}

	/** Moves the oldest queued chunk into the ring. @returns whether there was one. */
	advance(): boolean {
		const chunk = this.#queue.shift();
		if (chunk !== undefined) {
			pushInto(this.#ring, chunk, mostChunks);
		}
		return chunk !== undefined;
	}
}

function pushInto(chunks: Chunk[], chunk: Chunk, most: number): void {
	if (chunks.length >= most) {
		chunks.shift();
	}
	chunks.push(chunk);
}

function dropSimilar(chunks: Chunk[], chunk: Chunk): void {
	const kept = chunks.filter(other => similarity(other.text, chunk.text) <= mostSimilar);
	chunks.splice(0, chunks.length, ...kept);
}

/** The similarity of two pieces: twice the lines that they share, divided by all their lines. */
function similarity(a: string, b: string): number {
	const lines = a.split('\n');
	const others = b.split('\n');
	const known = new Set(others);
	const shared = lines.filter(line => known.has(line)).length;
	return (2 * shared) / (lines.length + others.length);
}
