import './style.css';
import { parseHostMessage, type PageMessage } from '../../protocol/explainPanelContract';
import { ExplainPage } from './page';
import { nextView } from './pageState';

interface VsCodeApi {
	postMessage(message: PageMessage): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const host = acquireVsCodeApi();
const main = document.getElementById('explanation');

if (main !== null) {
	const post = (message: PageMessage) => {
		host.postMessage(message);
	};
	const page = new ExplainPage(main, post);
	let view: ReturnType<typeof nextView>;
	let isDrawing = false;
	/** Tokens come faster than frames: one drawing per frame is all that can be seen. */
	const draw = () => {
		isDrawing = false;
		if (view !== undefined) {
			page.draw(view);
		}
	};
	window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
		const message = parseHostMessage(data);
		if (message === undefined) {
			return;
		}
		view = nextView(view, message);
		if (view === undefined) {
			post({ type: 'ready' });
		} else if (!isDrawing) {
			isDrawing = true;
			requestAnimationFrame(draw);
		}
	});
	post({ type: 'ready' });
}
