import type { HostMessage } from '../../protocol/explainPanelContract';

type View = Extract<HostMessage, { type: 'view' }>['view'];

/** The view after a message; `undefined` when the page has missed a message and must request the whole view. */
export function nextView(view: View | undefined, message: HostMessage): View | undefined {
	if (message.type === 'view') {
		return message.view;
	}
	return view?.prose.length === message.at ? { ...view, prose: view.prose + message.text } : undefined;
}
