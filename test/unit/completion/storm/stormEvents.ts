import type { StormEditor } from './stormEditor';
import type { StormFile } from './stormFile';

/** Numbers that are the same in each run. */
export class Dice {
	#state: number;

	constructor(seed: number) {
		this.#state = seed;
	}

	/** 0 … sides - 1. */
	roll(sides: number): number {
		this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
		return Math.floor((this.#state / 2 ** 32) * sides);
	}

	one<T>(values: readonly T[]): T | undefined {
		return values[this.roll(values.length)];
	}
}

type StormEvent = (editor: StormEditor, dice: Dice, files: readonly StormFile[]) => Promise<void> | void;

const pasted = Array.from({ length: 5000 }, (_, line) => `const line${line} = ${line};`).join('\n');
const keys = ['a', 'b1', ' = ', '(', ')', '{', '}', '"', '\n', ';', '[', 'if (a) {\n', 'return ', '.', '\t', 'é😀'];

/** out of about a hundred events so many are … */
const events: readonly (readonly [number, StormEvent])[] = [
	[24, type],
	[20, typeThrough],
	[7, accept],
	[12, backspace],
	[6, deleteForward],
	[6, jump],
	[6, undoAndRedo],
	[4, changeCursors],
	[1, paste],
	[8, switchFile],
	[3, kill],
	[3, askByHand],
	[2, burst],
	[1, forget],
	[1, sleep],
	[3, revert],
];

export function happen(editor: StormEditor, files: readonly StormFile[], dice: Dice): Promise<void> | void {
	const total = events.reduce((sum, [weight]) => sum + weight, 0);
	let left = dice.roll(total);
	const [, event] = events.find(([weight]) => (left -= weight) < 0) ?? [0, type];
	return event(editor, dice, files);
}

function type(editor: StormEditor, dice: Dice): void {
	editor.file.type(dice.one(keys) ?? '');
	editor.changed('typed');
}

/** Some keys of what is on screen. */
function typeThrough(editor: StormEditor, dice: Dice): void {
	editor.file.type(editor.onScreen.slice(0, 1 + dice.roll(3)));
	editor.changed('typed');
}

function accept(editor: StormEditor, dice: Dice): void {
	const text = editor.onScreen;
	const isWhole = dice.roll(2) === 0;
	if (text !== '') {
		editor.file.insert(isWhole ? text : (/^\s*(?:\w+|\W)/.exec(text)?.[0] ?? text));
		editor.service.accepted(isWhole ? 'whole' : 'part');
		editor.changed('typed');
	}
}

function backspace(editor: StormEditor, dice: Dice): void {
	editor.file.backspace(1 + dice.roll(4));
	editor.changed('typed');
}

/** Changes the text after the cursor, and none before it. */
function deleteForward(editor: StormEditor, dice: Dice): void {
	editor.file.backspace(0, 1 + dice.roll(30));
	editor.changed('typed');
}

function jump(editor: StormEditor, dice: Dice): void {
	editor.file.jump(dice.roll(2 ** 30));
	editor.changed('other');
}

function undoAndRedo(editor: StormEditor, dice: Dice): void {
	const isUndo = dice.roll(2) === 0;
	for (let times = dice.roll(12); times >= 0; times--) {
		if (isUndo) {
			editor.file.undo();
		} else {
			editor.file.redo();
		}
		editor.changed('other');
	}
}

function changeCursors(editor: StormEditor): void {
	editor.file.cursors = editor.file.cursors === 1 ? 2 : 1;
	editor.changed('other');
}

function paste(editor: StormEditor): void {
	editor.file.insert(pasted);
	editor.changed('other');
}

/** Ten times, 100 ms apart. */
async function switchFile(editor: StormEditor, dice: Dice, files: readonly StormFile[]): Promise<void> {
	for (let times = dice.roll(10); times >= 0; times--) {
		editor.file = dice.one(files) ?? editor.file;
		editor.changed('other');
		await editor.world.pass(100);
	}
}

function kill(editor: StormEditor): void {
	editor.events++;
	editor.world.kill();
}

function askByHand(editor: StormEditor): void {
	editor.events++;
	editor.ask('manual');
}

/** A hundred keys in a second. */
async function burst(editor: StormEditor, dice: Dice): Promise<void> {
	for (let key = 0; key < 100; key++) {
		editor.file.type('abcd ();'.charAt(dice.roll(8)));
		editor.changed('typed');
		await editor.world.pass(10);
	}
}

function forget(editor: StormEditor): void {
	editor.service.forget();
}

function sleep(editor: StormEditor): Promise<void> {
	return editor.world.sleep(8 * 3_600_000);
}

function revert(editor: StormEditor): void {
	editor.file.revert();
	editor.changed('other');
}
