import type { HostMessage } from '../../protocol/explainPanelContract';

type View = Extract<HostMessage, { type: 'view' }>['view'];

/** What the page shows after a message; `undefined` when it has lost the thread and must ask for everything. */
export function nextView(view: View | undefined, message: HostMessage): View | undefined {
	if (message.type === 'view') {
		return message.view;
	}
	return view?.prose.length === message.at ? { ...view, prose: view.prose + message.text } : undefined;
}
