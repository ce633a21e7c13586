import assert from 'node:assert/strict';
import type { ExplainView } from '../../../src/core/explain/explainView';
import { nextView } from '../../../src/webview/explain/pageState';

const view: ExplainView = {
	title: 'a.ts, line 1',
	status: 'The model is writing…',
	tone: 'busy',
	notes: [],
	prose: 'It adds',
	isProseLast: false,
	actions: ['cancel'],
	sections: [],
};

describe('nextView', () => {
	it('takes a whole view as it is', () => {
		assert.equal(nextView(undefined, { type: 'view', view }), view);
	});

	it('appends text that follows what it has', () => {
		assert.equal(nextView(view, { type: 'prose', at: 7, text: ' two' })?.prose, 'It adds two');
	});

	it('asks again when text is missing in between', () => {
		assert.equal(nextView(view, { type: 'prose', at: 9, text: ' two' }), undefined);
	});

	it('asks again when text came twice', () => {
		assert.equal(nextView(view, { type: 'prose', at: 3, text: 'dds' }), undefined);
	});

	it('asks for the view when text comes first', () => {
		assert.equal(nextView(undefined, { type: 'prose', at: 0, text: 'It' }), undefined);
	});
});
