import * as fc from 'fast-check';

/** An edit between two requests, in one of two files. Numbers are taken modulo the number of choices. */
export type Edit =
	| { readonly kind: 'type'; readonly text: string }
	/** The editor closes what is opened. */
	| { readonly kind: 'pair'; readonly text: string }
	| { readonly kind: 'backspace'; readonly count: number }
	| { readonly kind: 'jump'; readonly to: number }
	| { readonly kind: 'elsewhere'; readonly at: number; readonly text: string }
	| { readonly kind: 'accept' }
	| { readonly kind: 'switch' };

const texts = fc.constantFrom('a', 'b', 'ab ', '1', ' ', '(', ')', ';', '\n', '\n\t', 'return ', 'aaaa(1);\n', 'é😀');

export const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
	{ weight: 6, arbitrary: fc.record({ kind: fc.constant('type' as const), text: texts }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('pair' as const), text: fc.constantFrom('()', '{}', '""') }) },
	{
		weight: 2,
		arbitrary: fc.record({ kind: fc.constant('backspace' as const), count: fc.integer({ min: 1, max: 4 }) }),
	},
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('jump' as const), to: fc.nat() }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('elsewhere' as const), at: fc.nat(), text: texts }) },
	{ weight: 2, arbitrary: fc.constant({ kind: 'accept' as const }) },
	{ weight: 1, arbitrary: fc.constant({ kind: 'switch' as const }) },
);

interface Place {
	readonly prefix: string;
	readonly suffix: string;
}

/** Two open files, edited in turn. */
export class EditedFiles {
	#files: readonly [Place, Place];
	#current: 0 | 1 = 0;

	constructor(text: string) {
		const place = { prefix: '', suffix: text };
		this.#files = [place, place];
	}

	get place(): Place & { readonly path: string } {
		return { ...this.#files[this.#current], path: this.#current === 0 ? 'a.ts' : 'b.ts' };
	}

	/** @param suggestion what `accept` puts at the cursor. */
	apply(edit: Edit, suggestion: string): void {
		if (edit.kind === 'switch') {
			this.#current = this.#current === 0 ? 1 : 0;
			return;
		}
		const edited = applyEdit(this.#files[this.#current], edit, suggestion);
		this.#files = this.#current === 0 ? [edited, this.#files[1]] : [this.#files[0], edited];
	}
}

function applyEdit({ prefix, suffix }: Place, edit: Exclude<Edit, { kind: 'switch' }>, suggestion: string): Place {
	switch (edit.kind) {
		case 'type':
			return { prefix: prefix + edit.text, suffix };
		case 'accept':
			return { prefix: prefix + suggestion, suffix };
		case 'pair':
			return { prefix: prefix + edit.text.slice(0, 1), suffix: edit.text.slice(1) + suffix };
		case 'backspace':
			return { prefix: prefix.slice(0, Math.max(0, prefix.length - edit.count)), suffix };
		case 'jump': {
			const at = edit.to % (prefix.length + suffix.length + 1);
			return { prefix: (prefix + suffix).slice(0, at), suffix: (prefix + suffix).slice(at) };
		}
		case 'elsewhere': {
			const at = edit.at % (prefix.length + 1);
			return { prefix: prefix.slice(0, at) + edit.text + prefix.slice(at), suffix };
		}
	}
}
