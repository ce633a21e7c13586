/** Milliseconds between two lines where each stays: in a log. */
const logInterval = 15_000;
const terminalInterval = 200;

/** How far a long run is: one line that changes in a terminal, a line now and then in a log. */
export class ProgressLine {
	readonly #start = performance.now();
	#shown = -Infinity;

	/** @param of what is counted. */
	constructor(
		private readonly stream: { readonly isTTY?: boolean; write(text: string): unknown },
		private readonly of = 'positions',
	) {}

	/** @param before how many of those that are done took none of the time since the start. */
	show(done: number, total: number, before = 0): void {
		const now = performance.now();
		if (now - this.#shown < (this.stream.isTTY ? terminalInterval : logInterval) && done < total) {
			return;
		}
		this.#shown = now;
		const seconds = ((now - this.#start) / (done - before)) * (total - done) * 0.001;
		const left = seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
		const line = `${done} of ${total} ${this.of}, ${left} left (Ctrl+C keeps what is done)`;
		this.stream.write(this.stream.isTTY ? `\r${line}\u001b[K` : `${line}\n`);
	}

	end(): void {
		if (this.stream.isTTY) {
			this.stream.write('\n');
		}
	}
}
