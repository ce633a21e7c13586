import assert from 'node:assert/strict';
import { OpenTexts } from '../../../src/core/prior/openTexts';
import { TextShare } from '../../../src/core/prior/textShare';

const now = (): Promise<void> => Promise.resolve();

function file(name: string, text: string) {
	return { id: name, path: `src/${name}`, text };
}

function textsOf(texts: OpenTexts, besides = ''): string[] {
	return texts.besides(besides).map(({ text }) => text);
}

describe('OpenTexts', () => {
	it('knows a file once it is read, and forgets it', async () => {
		const texts = new OpenTexts();
		await texts.add(file('a', 'one'), now);
		await texts.add(file('b', 'two'), now);
		assert.deepEqual(textsOf(texts), ['one', 'two']);
		assert.deepEqual(textsOf(texts, 'src/a'), ['two']);
		texts.remove('b');
		assert.deepEqual(textsOf(texts), ['one']);
		assert.deepEqual(texts.ids, ['a']);
	});

	it('takes what a file says now in place of what it said', async () => {
		const texts = new OpenTexts();
		await texts.add(file('a', 'old'), now);
		await texts.add(file('a', 'new'), now);
		assert.deepEqual(textsOf(texts), ['new']);
	});

	it('pauses in front of every piece, and pieces are whole lines', async () => {
		const texts = new OpenTexts();
		const text = 'const line = 1;\n'.repeat(10_000);
		let pauses = 0;
		await texts.add(file('a', text), () => {
			pauses++;
			return Promise.resolve();
		});
		assert.equal(pauses, 5);
		const whole = new OpenTexts();
		await whole.add(file('a', text), now);
		assert.deepEqual(textsOf(texts), [text]);
		assert.equal(texts.besides('')[0]?.count, 60_000);
	});

	it('does not keep a file that goes or changes while it is read', async () => {
		const texts = new OpenTexts();
		let release: () => void = () => undefined;
		const gate = new Promise<void>(resolve => {
			release = resolve;
		});
		const reading = [texts.add(file('a', 'secret'), () => gate), texts.add(file('b', 'old'), () => gate)];
		texts.remove('a');
		await texts.add(file('b', 'new'), now);
		release();
		await Promise.all(reading);
		assert.deepEqual(textsOf(texts), ['new']);
	});

	it('knows nothing of a file that it was told to stop reading', async () => {
		const texts = new OpenTexts();
		await texts.add(file('a', 'old'), now);
		await assert.rejects(texts.add(file('a', 'new'), () => Promise.reject(new Error('stop'))));
		assert.deepEqual(textsOf(texts), []);
	});

	it('holds 800 000 characters at most, the last ones read', async () => {
		const texts = new OpenTexts();
		const text = 'let a = 1;\n'.repeat(30_000);
		for (const name of ['a', 'b', 'c', 'd']) {
			await texts.add(file(name, text), now);
		}
		assert.deepEqual(texts.ids, ['c', 'd']);
		await texts.add(file('huge', 'x'.repeat(3_000_000)), now);
		assert.deepEqual(texts.ids, ['huge']);
		assert.equal(textsOf(texts)[0]?.length, 800_000);
	});

	it('stays below sixteen megabytes', async () => {
		const texts = new OpenTexts();
		for (const name of ['a', 'b', 'c', 'd', 'e']) {
			// One lexeme a character: no text has more of them.
			await texts.add(file(name, '+'.repeat(200_000)), now);
		}
		assert.ok(texts.bytes < 16_000_000, `${texts.bytes}`);
	});
});

describe('TextShare', () => {
	const open = (uri: string, version = 1) => ({ uri, path: uri, languageId: 'x', version, text: `${uri}${version}` });

	function changes(share: TextShare, ...wanted: ReturnType<typeof open>[]) {
		const { changed, gone } = share.changesTo(wanted) ?? { changed: [], gone: [] };
		return [changed.map(({ text }) => text), gone];
	}

	it('tells each version of a file once, the best file last', () => {
		const share = new TextShare();
		assert.deepEqual(changes(share, open('a'), open('b')), [['b1', 'a1'], []]);
		assert.equal(share.changesTo([open('b'), open('a')]), undefined);
		assert.deepEqual(changes(share, open('a', 2), open('b')), [['a2'], []]);
	});

	it('settles for who has nothing new to tell, too, when all that was told is read', async () => {
		const share = new TextShare();
		const log: string[] = [];
		let read = (): void => undefined;
		const first = share.tell([open('a')], () => new Promise<void>(resolve => (read = resolve)));
		const again = share.tell([open('a')], () => Promise.reject(new Error('There is nothing to tell.')));
		void first.then(() => log.push('first'));
		void again.then(() => log.push('again'));
		await new Promise(resolve => setImmediate(resolve));
		assert.deepEqual(log, []);
		read();
		await again;
		assert.deepEqual(log, ['first', 'again']);
	});

	it('takes back what is closed or may no longer be read', () => {
		const share = new TextShare();
		changes(share, open('a'), open('b'));
		assert.deepEqual(changes(share, open('b')), [[], ['a']]);
		assert.deepEqual(changes(share, open('a')), [['a1'], ['b']]);
		assert.deepEqual(changes(share), [[], ['a']]);
	});
});
