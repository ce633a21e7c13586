import { JoiningEngine } from '../../../../src/core/completion/joiningEngine';
import type { StormWorld } from './stormEditor';
import { StormEngine } from './stormEngine';
import { VirtualClock } from './virtualClock';

/** A scripted engine, and time that passes when the test says so. */
export class VirtualWorld implements StormWorld {
	readonly #clock = new VirtualClock();
	readonly scripted = new StormEngine(this.#clock);
	readonly engine = new JoiningEngine(this.scripted, callback => this.#clock.after(150, callback));
	readonly after = this.#clock.after;

	pass(milliseconds: number): Promise<void> {
		return this.#clock.pass(milliseconds);
	}

	sleep(milliseconds: number): Promise<void> {
		return this.#clock.sleep(milliseconds);
	}

	kill(): void {
		this.scripted.kill();
	}

	rest(): Promise<void> {
		return this.#clock.pass(10_000);
	}

	left(): Readonly<Record<string, number>> {
		return { running: this.scripted.running, timers: this.#clock.pending };
	}
}
