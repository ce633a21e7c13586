/**
 * Scripts that run inside the page, as text: the DOM's types stay out of a program that is otherwise free of them.
 * Class names are those of VS Code 1.139. A non-breaking space is how the editor draws a space.
 */

const activeEditor = `(document.querySelector('.editor-group-container.active .monaco-editor') ?? document)`;
const plain = `(text => text.replaceAll('\\u00a0', ' ').replaceAll('\\u200c', ''))`;
const byTop = `((a, b) => parseFloat(a.style.top) - parseFloat(b.style.top))`;

/** The lines that are on screen, as text, without the ghost text in them. */
export const readVisibleLines = `(() => [...${activeEditor}.querySelectorAll('.view-lines > .view-line')]
	.sort(${byTop})
	.map(line => {
		const copy = line.cloneNode(true);
		copy.querySelectorAll('.ghost-text-decoration, .ghost-text-decoration-preview').forEach(node => node.remove());
		return ${plain}(copy.textContent);
	}))()`;

/** Reads the ghost text: the part in the line of the cursor, then the lines below it. Empty when there is none. */
export const readGhostText = `(() => {
	const inline = [...${activeEditor}.querySelectorAll('.view-lines .ghost-text-decoration, .view-lines .ghost-text-decoration-preview')];
	const below = [...${activeEditor}.querySelectorAll('.view-zones .suggest-preview-text .view-line')].sort(${byTop});
	return [inline.map(node => node.textContent).join(''), ...below.map(node => node.textContent)].map(${plain}).join('\\n');
})()`;

/** The ghost text once two frames in a row show the same: the editor draws its first line after its others. */
export const readSettledGhostText = `(() => {
	const now = ${readGhostText};
	const settled = now === window.sottoLastGhostText ? now : '';
	window.sottoLastGhostText = now;
	return settled;
})()`;

/** Remembers every notification that pops up from now on; one that is withdrawn again counts as well. */
export const watchNotifications = `(() => {
	const seen = window.sottoNotifications = [];
	const known = new WeakSet();
	new MutationObserver(() => {
		for (const toast of document.querySelectorAll('.notification-toast .notification-list-item')) {
			const text = toast.querySelector('.notification-list-item-message')?.textContent ?? '';
			if (!known.has(toast) && text !== '') {
				known.add(toast);
				seen.push(text);
			}
		}
	}).observe(document.body, { childList: true, subtree: true });
})()`;

export const readNotifications = `window.sottoNotifications`;

/** How a key was answered by ghost text before the next key. */
export interface KeyLatency {
	/** From the key going down to the first frame that shows other ghost text than before. */
	readonly ms: number;
	/** `continued`: the key was the next character of the ghost text on screen. `new`: there was none, or another. */
	readonly kind: 'new' | 'continued';
}

/** A key that writes a character, or Enter. */
export interface PressedKey {
	/** When it went down, as `Date.now()` counts. */
	readonly at: number;
	readonly answer?: KeyLatency;
}

/** Collects a `PressedKey` for each key from now on. */
export const installLatencyProbe = `(() => {
	const keys = window.sottoKeys = [];
	let waiting;
	const read = () => ${readGhostText};
	addEventListener('keydown', event => {
		const text = event.key === 'Enter' ? '\\n' : event.key;
		waiting = undefined;
		if (text.length === 1) {
			const pressed = { at: performance.timeOrigin + event.timeStamp };
			keys.push(pressed);
			waiting = { pressed, since: event.timeStamp, text, before: read() };
		}
	}, true);
	const look = () => {
		if (waiting !== undefined) {
			const { pressed, since, text, before } = waiting;
			const now = read();
			if (now !== '' && now !== before) {
				const kind = text + now === before ? 'continued' : 'new';
				pressed.answer = { ms: performance.now() - since, kind };
				waiting = undefined;
			}
		}
		requestAnimationFrame(look);
	};
	requestAnimationFrame(look);
})()`;

export const readKeys = `window.sottoKeys`;
export const readLatencies = `window.sottoKeys.flatMap(({ answer }) => answer ?? [])`;
