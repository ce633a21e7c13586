import type { HostMessage } from '../../protocol/explainPanelContract';

type Block = Extract<HostMessage, { type: 'view' }>['view']['sections'][number]['blocks'][number];
type Fact = Extract<Block, { kind: 'outline' }>['facts'][number];

/** Makes the button that leads to lines of the explained file. */
export type LinesButton = (first: number, last: number, text: string) => HTMLElement;

/** Facts as nested list items: what stands inside of a fact is in a list of its own. */
export function outlineItems(facts: readonly Fact[], lines: LinesButton): readonly HTMLElement[] {
	const items: HTMLElement[] = [];
	for (let index = 0; index < facts.length;) {
		const fact = facts[index];
		if (fact === undefined) {
			break;
		}
		const next = facts.findIndex(({ depth }, at) => at > index && depth <= fact.depth);
		const end = next === -1 ? facts.length : next;
		items.push(item(fact, facts.slice(index + 1, end), lines));
		index = end;
	}
	return items;
}

function item({ text, codes, firstLine, lastLine }: Fact, inside: readonly Fact[], lines: LinesButton): HTMLElement {
	const made = document.createElement('li');
	made.append(text);
	for (const [index, code] of codes.entries()) {
		const element = document.createElement('code');
		element.textContent = code;
		made.append(index === 0 ? ' ' : ', ', element);
	}
	const range = firstLine === lastLine ? `line ${firstLine}` : `lines ${firstLine}–${lastLine}`;
	made.append(' ', lines(firstLine, lastLine, range));
	if (inside.length > 0) {
		const list = document.createElement('ul');
		list.append(...outlineItems(inside, lines));
		made.append(list);
	}
	return made;
}
