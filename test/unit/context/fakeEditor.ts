import assert from 'node:assert/strict';
import type { Disposable } from '../../../src/core/util/disposable';
import type { DocumentSource, ReadableDocument } from '../../../src/extension/context/openFiles';
import { address } from './address';

type Listener = (document: ReadableDocument) => void;

export class FakeDocument implements ReadableDocument {
	readonly uri;
	readonly languageId = 'typescript';
	version = 1;
	linesRead = 0;

	constructor(
		uri: string,
		public lines: readonly string[] = ['text'],
	) {
		this.uri = address(uri);
	}

	get lineCount(): number {
		return this.lines.length;
	}

	lineAt(line: number): { text: string } {
		this.linesRead++;
		return { text: this.lines[line] ?? '' };
	}
}

export class FakeEditor implements DocumentSource {
	documents: readonly FakeDocument[] = [];
	tabs: readonly string[] = [];
	readonly opened = new Set<Listener>();
	readonly closed = new Set<Listener>();
	readonly activated = new Set<Listener>();
	readonly onOpened = listenTo(this.opened);
	readonly onClosed = listenTo(this.closed);
	readonly onActivated = listenTo(this.activated);
	readonly edited = new Set<Listener>();
	readonly onEdited = listenTo(this.edited);

	all = (): readonly FakeDocument[] => this.documents;
	active = (): FakeDocument | undefined => undefined;
	inTabs = (): ReadonlySet<string> => new Set(this.tabs);
	pathOf = (uri: { path: string }): string => uri.path.slice(1);

	open(...uris: readonly string[]): FakeDocument[] {
		const added = uris.map(uri => new FakeDocument(uri));
		this.documents = [...this.documents, ...added];
		this.tabs = [...this.tabs, ...uris];
		for (const document of added) {
			this.opened.forEach(listener => {
				listener(document);
			});
		}
		return added;
	}

	view(document: FakeDocument | undefined): void {
		assert.ok(document);
		this.activated.forEach(listener => {
			listener(document);
		});
	}

	close(document: FakeDocument): void {
		this.documents = this.documents.filter(other => other !== document);
		this.closed.forEach(listener => {
			listener(document);
		});
	}
}

function listenTo(listeners: Set<Listener>): (listener: Listener) => Disposable {
	return listener => {
		listeners.add(listener);
		return { dispose: () => void listeners.delete(listener) };
	};
}
