import { lineEnd, scanLexemes } from './lexemeScan';

/** Room for this many lexemes at first. It doubles as needed. */
const firstRoom = 256;

/** Bytes per lexeme: three numbers of 32 bits. */
const lexemeBytes = 12;

/**
 * A text and where its lexemes are, to find what stood behind the same ones before. Several line ends in a row are one, so
 * blank lines do not matter.
 */
export class TextIndex {
	#text = '';
	#count = 0;
	#starts = new Int32Array(firstRoom);
	#ends = new Int32Array(firstRoom);
	#hashes = new Int32Array(firstRoom);

	get text(): string {
		return this.#text;
	}

	/** How many lexemes there are. */
	get count(): number {
		return this.#count;
	}

	/** Memory in use, as far as it grows with the text. */
	get bytes(): number {
		return this.#hashes.length * lexemeBytes + this.#text.length * 2;
	}

	/** @param lines whole lines: a later call goes on in a new one. */
	append(lines: string): void {
		const offset = this.#text.length;
		this.#text += lines;
		scanLexemes(lines, (start, end, hash) => {
			if (hash !== lineEnd || (this.#count > 0 && this.hash(this.#count - 1) !== lineEnd)) {
				this.#add(offset + start, offset + end, hash);
			}
		});
	}

	hash(lexeme: number): number {
		return this.#hashes[lexeme] ?? lineEnd;
	}

	start(lexeme: number): number {
		return this.#starts[lexeme] ?? this.#text.length;
	}

	end(lexeme: number): number {
		return this.#ends[lexeme] ?? this.#text.length;
	}

	/** The white space at the start of the lexeme's line. */
	indent(lexeme: number): string {
		const lineStart = this.#text.lastIndexOf('\n', this.start(lexeme) - 1) + 1;
		return /^[ \t]*/.exec(this.#text.slice(lineStart, this.start(lexeme)))?.[0] ?? '';
	}

	/**
	 * Finds places whose lexeme begins with `begun` and that stand behind the end of `context`, at least `least` lexemes of it.
	 * @param context hashes, the last of the text first.
	 * @param visit told of each place in order, and how many lexemes agree; returns what `least` is from there on.
	 */
	search(
		{ context, begun }: { readonly context: readonly number[]; readonly begun: string },
		least: number,
		visit: (lexeme: number, agreeing: number) => number,
	): void {
		const [last] = context;
		let fewest = least;
		for (let lexeme = 0; lexeme < this.#count; lexeme++) {
			const isBehind = lexeme > 0 && this.#hashes[lexeme - 1] === last;
			if (!isBehind && fewest > 0) {
				continue;
			}
			const agreeing = isBehind ? this.#agreeing(lexeme, context) : 0;
			if (agreeing >= fewest && (begun === '' || this.#text.startsWith(begun, this.start(lexeme)))) {
				fewest = visit(lexeme, agreeing);
			}
		}
	}

	#agreeing(lexeme: number, context: readonly number[]): number {
		let count = 1;
		while (count < context.length && count < lexeme && this.#hashes[lexeme - 1 - count] === context[count]) {
			count++;
		}
		return count;
	}

	#add(start: number, end: number, hash: number): void {
		if (this.#count === this.#hashes.length) {
			this.#starts = doubled(this.#starts);
			this.#ends = doubled(this.#ends);
			this.#hashes = doubled(this.#hashes);
		}
		this.#starts[this.#count] = start;
		this.#ends[this.#count] = end;
		this.#hashes[this.#count] = hash;
		this.#count++;
	}
}

function doubled(array: Int32Array): Int32Array<ArrayBuffer> {
	const larger = new Int32Array(array.length * 2);
	larger.set(array);
	return larger;
}
