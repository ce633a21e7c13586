/** Typed at the end of `cart.ts`; ordinary code in the manner of the file. */
export const cartSnippet = `
/** The average price of all items. */
export function averagePrice(items: Item[]): number {
	let sum = 0;
	for (const item of items) {
		sum += item.price;
	}
	return sum / items.length;
}

export class Cart {
	private items: Item[] = [];

	add(item: Item): void {
		this.items.push(item);
	}

	remove(name: string): void {
		this.items = this.items.filter(item => item.name !== name);
	}

	get total(): number {
		return total(this.items);
	}
}
`;
