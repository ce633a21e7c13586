import assert from 'node:assert/strict';
import type { OpenFile } from '../../../src/core/context/openFile';
import { enabledSources, type EnabledSources, type SourceSwitches } from '../../../src/core/context/contextSource';
import type { OfferedPiece } from '../../../src/core/context/rankPieces';
import type { DocumentSnapshot } from '../../../src/core/text/documentSnapshot';
import { ContextPieces, type PieceSources } from '../../../src/extension/context/contextPieces';
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

/** As with a model of one's own. */
function on(switches: SourceSwitches = {}): EnabledSources {
	return enabledSources({ 'context.sources': switches, 'model.path': 'own.gguf' });
}

const nothing: PieceSources = { files: () => [], recent: () => [], definitions: () => [], problems: () => [] };

describe('the pieces of all sources', () => {
	it('keeps the order of a document while files come and go', () => {
		let files: readonly OpenFile[] = [printer];
		const pieces = new ContextPieces({ ...nothing, files: () => files });
		const paths = (uri: string): string[] => pieces.pieces(at(uri, place), on()).map(({ path }) => path);
		assert.deepEqual(paths('a'), ['printer']);
		files = [invoice, printer];
		assert.deepEqual(paths('a'), ['printer', 'invoice']);
		assert.deepEqual(paths('b'), ['invoice', 'printer']);
		files = [invoice];
		assert.deepEqual(paths('a'), ['invoice']);
	});

	it('asks for the files besides the document', () => {
		const asked: string[] = [];
		const files = (uri: string): readonly OpenFile[] => {
			asked.push(uri);
			return [];
		};
		const pieces = new ContextPieces({ ...nothing, files, recent: files });
		assert.deepEqual(pieces.pieces(at('a', place), on({ recent: true })), []);
		assert.deepEqual(asked, ['a', 'a']);
	});

	it('starts afresh when told to forget', () => {
		let files: readonly OpenFile[] = [printer];
		const pieces = new ContextPieces({ ...nothing, files: () => files });
		pieces.pieces(at('a', place), on());
		files = [invoice, printer];
		pieces.forget();
		pieces.pieces(at('b', place), on()); // indexes the first file
		pieces.pieces(at('b', place), on()); // and the second
		assert.deepEqual(
			pieces.pieces(at('a', place), on()).map(({ path }) => path),
			['invoice', 'printer'],
		);
	});

	const definition: OfferedPiece = {
		source: 'definitions',
		uri: 'd',
		path: 'definition',
		text: 'class Customer { zebra: string }',
		start: 0,
		end: 1,
		version: 1,
		score: 0.3,
	};
	const all = new ContextPieces({
		files: () => [printer],
		recent: () => [{ ...invoice, source: 'recent' }],
		definitions: () => [definition],
		problems: () => [
			{ ...definition, source: 'problems', uri: 'p', path: 'problem', text: 'Property giraffe does not exist' },
		],
	});
	const sources = (switches: SourceSwitches): readonly string[] =>
		all.pieces(at('somewhere', place), on(switches)).map(({ source }) => source);

	it('come from each source that is on', () => {
		all.forget();
		const every = { files: true, recent: true, definitions: true, problems: true };
		while (all.prepareOne('somewhere', on(every))) {
			// one file after the other
		}
		const names = Object.keys(every).sort();
		assert.deepEqual([...sources(every)].sort(), names);
		for (const source of names) {
			assert.ok(!sources({ ...every, [source]: false }).includes(source), source);
		}
		assert.deepEqual(sources({ files: false }), [], 'the others are off unless the user wants them');
	});

	it('need no indexing at a key press when that was done before', () => {
		const files = [printer, invoice];
		const pieces = new ContextPieces({ ...nothing, files: () => files });
		let prepared = 0;
		while (pieces.prepareOne('a', on())) {
			prepared++;
		}
		assert.equal(prepared, 2);
		assert.equal(pieces.pieces(at('a', place), on()).length, 2, 'without it, one file a key press');
		assert.equal(pieces.prepareOne('a', on({ files: false })), false);
	});
});
