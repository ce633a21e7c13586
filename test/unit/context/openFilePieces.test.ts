import assert from 'node:assert/strict';
import type { OpenFile } from '../../../src/core/context/openFile';
import type { DocumentSnapshot } from '../../../src/core/text/documentSnapshot';
import { OpenFilePieces } from '../../../src/extension/context/openFilePieces';
import { atCursor } from '../../support/cursor';

function file(path: string, text: string): OpenFile {
	return { uri: path, path, languageId: 'typescript', version: 1, text };
}

function at(uri: string, text: string): DocumentSnapshot {
	return { uri, path: uri, languageId: 'typescript', version: 1, ...atCursor(text) };
}

const invoice = file(
	'invoice',
	'interface Invoice { customerName: string; totalAmount: number; currencyCode: string }',
);
const printer = file('printer', 'const printTotal = (invoice: Invoice) => format(invoice.totalAmount, locale);');
const place = 'function f(invoice: Invoice) {\n\treturn invoice.customerName + invoice.totalAmount‸\n}';

describe('OpenFilePieces', () => {
	it('keeps the order of a document while files come and go', () => {
		let files: readonly OpenFile[] = [printer];
		const pieces = new OpenFilePieces(() => files);
		const paths = (uri: string): string[] => pieces.pieces(at(uri, place)).map(({ path }) => path);
		assert.deepEqual(paths('a'), ['printer']);
		files = [invoice, printer];
		assert.deepEqual(paths('a'), ['printer', 'invoice']);
		assert.deepEqual(paths('b'), ['invoice', 'printer']);
		files = [invoice];
		assert.deepEqual(paths('a'), ['invoice']);
	});

	it('asks for the files besides the document', () => {
		const asked: string[] = [];
		const pieces = new OpenFilePieces(uri => {
			asked.push(uri);
			return [];
		});
		assert.deepEqual(pieces.pieces(at('a', place)), []);
		assert.deepEqual(asked, ['a']);
	});

	it('starts afresh when told to forget', () => {
		let files: readonly OpenFile[] = [printer];
		const pieces = new OpenFilePieces(() => files);
		pieces.pieces(at('a', place));
		files = [invoice, printer];
		pieces.forget();
		pieces.pieces(at('b', place)); // indexes the first file
		pieces.pieces(at('b', place)); // and the second
		assert.deepEqual(
			pieces.pieces(at('a', place)).map(({ path }) => path),
			['invoice', 'printer'],
		);
	});
});
