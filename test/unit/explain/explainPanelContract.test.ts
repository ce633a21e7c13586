import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { explainActions } from '../../../src/core/explain/explainView';
import { parseHostMessage, parsePageMessage } from '../../../src/protocol/explainPanelContract';

describe('a message of the page', () => {
	for (const message of [
		{ type: 'ready' },
		...explainActions.map(type => ({ type })),
		{ type: 'reveal', line: 3 },
		{ type: 'reveal', line: 3, lastLine: 9 },
	]) {
		it(`${JSON.stringify(message)} is understood`, () => {
			assert.deepEqual(parsePageMessage(message), message);
		});
	}

	for (const message of [
		undefined,
		null,
		'ready',
		[],
		{},
		{ type: 'run', command: 'workbench.action.quit' },
		{ type: 'reveal' },
		{ type: 'reveal', line: 0 },
		{ type: 'reveal', line: -1 },
		{ type: 'reveal', line: 1.5 },
		{ type: 'reveal', line: NaN },
		{ type: 'reveal', line: Infinity },
		{ type: 'reveal', line: '3' },
		{ type: 'reveal', line: 3, lastLine: 'x' },
		{ type: ['cancel'] },
		{ type: '__proto__' },
	]) {
		it(`${inspect(message)} is dropped`, () => {
			assert.equal(parsePageMessage(message), undefined);
		});
	}

	it('loses what does not belong to it', () => {
		assert.deepEqual(parsePageMessage({ type: 'cancel', uri: 'file:///etc/passwd' }), { type: 'cancel' });
	});

	it('of any shape is understood or dropped, never thrown at', () => {
		fc.assert(
			fc.property(fc.anything(), value => {
				const parsed = parsePageMessage(value);
				assert.ok(parsed === undefined || typeof parsed.type === 'string');
			}),
		);
	});
});

describe('a message of the host', () => {
	for (const message of [
		undefined,
		{ type: 'view' },
		{ type: 'view', view: { title: 'a' } },
		{ type: 'prose', text: 'a' },
		{ type: 'prose', at: -1, text: 'a' },
		{ type: 'html', html: '<b>' },
	]) {
		it(`${inspect(message)} is dropped`, () => {
			assert.equal(parseHostMessage(message), undefined);
		});
	}

	it('with more text is understood', () => {
		assert.deepEqual(parseHostMessage({ type: 'prose', at: 0, text: 'a' }), { type: 'prose', at: 0, text: 'a' });
	});

	it('with too much text is dropped', () => {
		assert.equal(parseHostMessage({ type: 'prose', at: 0, text: 'a'.repeat(1_000_001) }), undefined);
	});
});
