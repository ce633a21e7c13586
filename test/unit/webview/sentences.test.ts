import assert from 'node:assert/strict';
import fc from 'fast-check';
import { takeSentences } from '../../../src/webview/explain/sentences';

describe('takeSentences', () => {
	for (const [pending, sentences, rest] of [
		['It adds', '', 'It adds'],
		['It adds.', '', 'It adds.'],
		['It adds. Then it', 'It adds.', 'Then it'],
		['One. Two. Thr', 'One. Two.', 'Thr'],
		['Version 1.5 is', '', 'Version 1.5 is'],
		['Really? Yes! No', 'Really? Yes!', 'No'],
		['(As said.) And', '(As said.)', 'And'],
		['A heading\nText', 'A heading', 'Text'],
		['', '', ''],
	] as const) {
		it(`takes ${JSON.stringify(sentences)} from ${JSON.stringify(pending)}`, () => {
			assert.deepEqual(takeSentences(pending), { sentences, rest });
		});
	}

	it('loses no character but white space, however the stream is cut', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom('It ', 'adds', '. ', '.', '\n', '! ', 'é', '1.5 ')), pieces => {
				let rest = '';
				let told = '';
				for (const piece of pieces) {
					const taken = takeSentences(rest + piece);
					told += taken.sentences;
					rest = taken.rest;
				}
				const squeeze = (text: string) => text.replace(/\s/g, '');
				assert.equal(squeeze(told + rest), squeeze(pieces.join('')));
			}),
		);
	});
});
