import type { HostMessage, PageMessage } from '../../protocol/explainPanelContract';
import { inertText, inertTree, type InertNode } from './inertTree';
import { mountTree, sharedBlocks, type NodeFactory } from './mountTree';
import { outlineItems } from './outlineItems';
import { takeSentences } from './sentences';

type View = Extract<HostMessage, { type: 'view' }>['view'];
type Action = View['actions'][number];
type Section = View['sections'][number];
type Block = Section['blocks'][number];
type Post = (message: PageMessage) => void;

const labels: Readonly<Record<Action, string>> = {
	cancel: 'Cancel',
	rerun: 'Run Again',
	openAsDocument: 'Open as Document',
	chooseModel: 'Choose a Chat Model (GGUF)…',
	showLog: 'Show Log',
};

/** A screen reader that is a sentence behind still finds it. */
const maxAnnouncements = 2;

/** Draws views. Made of `createElement`, `textContent` and `append`: no string ever becomes markup. */
export class ExplainPage {
	readonly #title = element('h1', []);
	readonly #status = element('p', [], 'status');
	readonly #actions = element('div', [], 'actions');
	readonly #notes = element('div', [], 'notes');
	readonly #prose = element('div', [], 'prose');
	readonly #proseSection: HTMLElement;
	readonly #evidence = element('div', [], 'evidence');
	readonly #announcer = element('div', [], 'announcer');
	#shown: View | undefined;
	#blocks: readonly InertNode[] = [];
	#announced = '';

	constructor(
		main: HTMLElement,
		private readonly post: Post,
	) {
		this.#title.id = 'title';
		this.#title.tabIndex = -1;
		this.#status.setAttribute('role', 'status');
		this.#actions.setAttribute('role', 'group');
		this.#actions.setAttribute('aria-label', 'Actions');
		this.#announcer.setAttribute('aria-live', 'polite');
		this.#proseSection = labelled('section', 'Explanation', [this.#prose]);
		main.append(
			element('header', [this.#title, this.#status, this.#actions]),
			this.#notes,
			this.#proseSection,
			this.#evidence,
			this.#announcer,
		);
	}

	draw(view: View): void {
		const before = this.#shown;
		this.#shown = view;
		setText(this.#title, view.title);
		setText(this.#status, view.status);
		this.#status.dataset['tone'] = view.tone;
		this.#placeProse(view, before);
		if (!isSame(before?.notes, view.notes)) {
			this.#notes.replaceChildren(...view.notes.map(note => element('p', [note])));
		}
		if (!isSame(before?.sections, view.sections)) {
			this.#evidence.replaceChildren(...view.sections.map(section => this.#section(section)));
		}
		if (!isSame(before?.actions, view.actions)) {
			this.#drawActions(view.actions);
		}
		this.#drawProse(view.prose);
		this.#announce(view);
		if (before?.tone === 'busy' && view.tone !== 'busy' && document.hasFocus()) {
			this.#title.focus();
		}
	}

	#drawActions(actions: readonly Action[]): void {
		const hadFocus = this.#actions.contains(document.activeElement);
		this.#actions.replaceChildren(
			...actions.map((action, index) => {
				const button = pushButton(labels[action], () => {
					this.post({ type: action });
				});
				button.className = index === 0 ? 'primary' : 'secondary';
				return button;
			}),
		);
		if (hadFocus) {
			this.#actions.querySelector('button')?.focus();
		}
	}

	#placeProse({ isProseLast, prose, tone }: View, before: View | undefined): void {
		if (isProseLast !== before?.isProseLast) {
			(isProseLast ? this.#evidence : this.#notes).after(this.#proseSection);
		}
		this.#proseSection.hidden = prose === '';
		this.#proseSection.setAttribute('aria-busy', String(tone === 'busy'));
	}

	#drawProse(prose: string): void {
		const blocks = inertTree(prose);
		const shared = sharedBlocks(this.#blocks, blocks);
		for (const stale of [...this.#prose.childNodes].slice(shared)) {
			stale.remove();
		}
		this.#prose.append(...mountTree(blocks.slice(shared), this.#factory));
		this.#blocks = blocks;
	}

	/** Whole sentences while it streams, and the rest at the end. What changed rather than grew is told anew. */
	#announce({ prose, tone }: View): void {
		if (!prose.startsWith(this.#announced)) {
			this.#announced = '';
		}
		const pending = prose.slice(this.#announced.length);
		const { sentences, rest } = tone === 'busy' ? takeSentences(pending) : { sentences: pending.trim(), rest: '' };
		this.#announced = prose.slice(0, prose.length - rest.length);
		if (sentences !== '') {
			this.#announcer.append(element('p', [inertText(inertTree(sentences)).trim()]));
		}
		// Whoever reads on should not meet the whole explanation a second time.
		while (this.#announcer.childElementCount > maxAnnouncements) {
			this.#announcer.firstElementChild?.remove();
		}
	}

	#section({ heading, blocks }: Section): HTMLElement {
		return labelled(
			'section',
			heading,
			blocks.flatMap(block => this.#block(block)),
		);
	}

	#block(block: Block): readonly Node[] {
		switch (block.kind) {
			case 'markdown':
				return mountTree(inertTree(block.text), this.#factory);
			case 'code':
				return [numberedCode(block.text, block.firstLine)];
			case 'list':
				return [
					element(
						'ul',
						block.items.map(item => element('li', this.#item(item))),
					),
				];
			case 'outline':
				return [element('ul', outlineItems(block.facts, this.#lines), 'outline')];
		}
	}

	#item({ text, code, line }: Extract<Block, { kind: 'list' }>['items'][number]): readonly Node[] {
		return [
			document.createTextNode(text),
			...(line === undefined ? [] : [document.createTextNode(' '), this.#lines(line, line, `line ${line}`)]),
			...(code === undefined ? [] : [element('pre', [element('code', [code])])]),
		];
	}

	readonly #lines = (first: number, last: number, text: string): HTMLElement => {
		const button = pushButton(text, () => {
			this.post({ type: 'reveal', line: first, lastLine: last });
		});
		button.className = 'lines';
		button.title = 'Show in the editor';
		return button;
	};

	readonly #factory: NodeFactory<Node> = {
		text: text => document.createTextNode(text),
		element: (tag, children) => element(tag, children),
		lines: this.#lines,
	};
}

function element(tag: string, children: readonly (Node | string)[], className = ''): HTMLElement {
	const made = document.createElement(tag);
	if (className !== '') {
		made.className = className;
	}
	if (tag === 'pre') {
		// Wide code scrolls, and what scrolls has to be reachable by keyboard.
		made.tabIndex = 0;
	}
	made.append(...children);
	return made;
}

function pushButton(label: string, run: () => void): HTMLButtonElement {
	const button = document.createElement('button');
	button.type = 'button';
	button.textContent = label;
	button.addEventListener('click', run);
	return button;
}

function labelled(tag: 'section', heading: string, children: readonly Node[]): HTMLElement {
	const made = element(tag, [element('h2', [heading]), ...children]);
	made.setAttribute('aria-label', heading);
	return made;
}

/** Line numbers are drawn by the style sheet from the data attribute, so that copying the code leaves them out. */
function numberedCode(code: string, firstLine: number): HTMLElement {
	const lines = code.split('\n').map((line, index) => {
		const row = element('span', [`${line}\n`], 'row');
		row.dataset['line'] = String(firstLine + index);
		return row;
	});
	return element('pre', [element('code', lines)], 'numbered');
}

function setText(target: HTMLElement, text: string): void {
	if (target.textContent !== text) {
		target.textContent = text;
	}
}

function isSame(before: unknown, after: unknown): boolean {
	return before === after || JSON.stringify(before) === JSON.stringify(after);
}
