import * as vscode from 'vscode';

const choices = [
	{ label: '5 minutes', minutes: 5 },
	{ label: '15 minutes', minutes: 15 },
	{ label: '1 hour', minutes: 60 },
	{ label: '4 hours', minutes: 240 },
] as const;

/** Turns automatic suggestions off for a while. There is a timer only while snoozed. */
export class Snooze implements vscode.Disposable {
	#until: Date | undefined;
	#timer: NodeJS.Timeout | undefined;

	constructor(private readonly onChange: () => void) {}

	get isOn(): boolean {
		// A timer does not run while the machine sleeps, so the time of day decides.
		return this.#until !== undefined && Date.now() < this.#until.getTime();
	}

	/** The end of the snooze as a time of day in the user's format; `undefined` while not snoozed. */
	get until(): string | undefined {
		return this.isOn
			? this.#until?.toLocaleTimeString(vscode.env.language, { hour: '2-digit', minute: '2-digit' })
			: undefined;
	}

	/** Asks the user for how long, and offers to end a snooze that is on. */
	async choose(): Promise<void> {
		const end = this.isOn ? [{ label: 'End the snooze now', minutes: 0 }] : [];
		const choice = await vscode.window.showQuickPick([...end, ...choices], {
			title: 'Sotto: no suggestions for',
			placeHolder: 'Suggest Here and Explain Selection keep working',
		});
		if (choice !== undefined) {
			this.set(choice.minutes);
		}
	}

	/** @param minutes 0 ends the snooze. */
	set(minutes: number): void {
		clearTimeout(this.#timer);
		this.#until = minutes === 0 ? undefined : new Date(Date.now() + minutes * 60_000);
		if (minutes > 0) {
			this.#timer = setTimeout(() => {
				this.set(0);
			}, minutes * 60_000);
		}
		this.onChange();
	}

	dispose(): void {
		clearTimeout(this.#timer);
	}
}
