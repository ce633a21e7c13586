import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Rejections } from '../../../src/core/completion/rejections';
import type { DocumentSnapshot } from '../../../src/core/text/documentSnapshot';
import { atCursor } from '../../support/cursor';

function at(text: string, uri = 'file:///a.ts'): DocumentSnapshot {
	return { uri, path: 'a.ts', languageId: 'typescript', version: 1, ...atCursor(text) };
}

const lesson = { languageId: 'typescript', hasSeveralLines: false };

interface Story {
	readonly name: string;
	readonly shownAt: string;
	readonly text: string;
	/** The document at each later request. */
	readonly then: readonly string[];
	/** Asked again here: is it rejected? */
	readonly askedAt?: string;
	readonly rest?: string;
	readonly rejected: boolean;
}

const long = 'const value = compute();\n'.repeat(20);

const stories: readonly Story[] = [
	{
		name: 'something else was typed, and taken back',
		shownAt: 'con‸\n',
		text: 'sole.log(x);',
		then: ['cont‸\n', 'contex‸\n', 'con‸\n'],
		rejected: true,
	},
	{
		name: 'it was typed in part first: there, and where it was passed over',
		shownAt: 'con‸\n',
		text: 'sole.log(x);',
		then: ['cons‸\n', 'const a‸\n'],
		askedAt: 'cons‸\n',
		rest: 'ole.log(x);',
		rejected: true,
	},
	{ name: 'the line was ended instead', shownAt: 'f()‸', text: '.then();', then: ['f()\n‸'], rejected: true },
	{
		name: 'something else was typed in a long file',
		shownAt: `${long}a = ‸\n${long}`,
		text: 'one();',
		then: [`${long}a = two‸\n${long}`],
		rejected: true,
	},
	{ name: 'a bracket was closed by the editor', shownAt: 'f‸;', text: 'or', then: ['foo(1‸);'], rejected: true },
	{
		name: 'the editor indented a line that the text closes',
		shownAt: '    a();‸',
		text: '\n}',
		then: ['    a();\n    ‸'],
		rejected: false,
	},
	{
		name: 'something was typed where the text closes',
		shownAt: '    a();‸',
		text: '\n}',
		then: ['    a();\n    ‸', '    a();\n    b();‸'],
		rejected: true,
	},
	{ name: 'it is still on screen', shownAt: 'con‸\n', text: 'sole', then: ['con‸\n', 'con‸\n'], rejected: false },
	{ name: 'it is typed through', shownAt: 'con‸', text: 'sole.log()', then: ['cons‸', 'conso‸'], rejected: false },
	{ name: 'it was typed to its end and beyond', shownAt: 'a‸', text: 'bc', then: ['abc + 1‸'], rejected: false },
	{ name: 'a slip of the finger was taken back', shownAt: 'con‸', text: 'sole', then: ['conw‸'], rejected: false },
	{
		name: 'the cursor went elsewhere and typed there',
		shownAt: 'a = ‸\nlet b = 1;\n',
		text: 'one();',
		then: ['a = \nlet b = 1;\nlonger‸\n'],
		rejected: false,
	},
	{ name: 'text before it changed', shownAt: 'a = ‸\n', text: 'one();', then: ['bb = xyz‸\n'], rejected: false },
	{ name: 'text was deleted', shownAt: 'foo.‸', text: 'bar', then: ['fo‸', 'f‸'], rejected: false },
	{
		name: 'so much was put in that the place is out of sight',
		shownAt: 'a = ‸\n',
		text: 'one();',
		then: [`a = ${'x'.repeat(2000)}‸\n`],
		rejected: false,
	},
];

describe('Rejections', () => {
	for (const { name, shownAt, text, then, askedAt = shownAt, rest = text, rejected } of stories) {
		it(`${rejected ? 'rejects' : 'does not reject'}: ${name}`, () => {
			const rejections = new Rejections();
			rejections.shown(at(shownAt), text, lesson);
			for (const now of then) {
				rejections.observe(at(now));
			}
			assert.equal(rejections.isRejected(at(askedAt), rest), rejected);
		});
	}

	function passedOver(text = 'sole.log(x);'): Rejections {
		const rejections = new Rejections();
		rejections.shown(at('con‸'), text, lesson);
		rejections.observe(at('context‸'));
		return rejections;
	}

	it('tells what was passed over, once', () => {
		const rejections = new Rejections();
		rejections.shown(at('con‸'), 'sole.log(x);', lesson);
		assert.deepEqual(rejections.observe(at('cont‸')), []);
		assert.deepEqual(rejections.observe(at('context‸')), [lesson]);
		assert.deepEqual(rejections.observe(at('contextual‸')), []);
	});

	it('rejects that text at that place of that document only', () => {
		const rejections = passedOver();
		assert.equal(rejections.isRejected(at('con‸'), 'sole.log(x);\n'), true);
		assert.equal(rejections.isRejected(at('con‸'), 'sole.log(y);'), false);
		assert.equal(rejections.isRejected(at('second con‸ line'), 'sole.log(x);'), false);
		assert.equal(rejections.isRejected(at('con‸', 'file:///b.ts'), 'sole.log(x);'), false);
	});

	it('offers the rest of it to who begins to type it after all', () => {
		assert.equal(passedOver().isRejected(at('cons‸'), 'ole.log(x);'), false);
	});

	it('watches a place while each key press brings another suggestion', () => {
		const rejections = new Rejections();
		for (const [now, text] of [
			['a = ‸', 'one();'],
			['a = t‸', 'en();'],
			['a = tw‸', 'enty();'],
			['a = two‸', '();'],
		] as const) {
			rejections.observe(at(now));
			rejections.shown(at(now), text, lesson);
		}
		assert.equal(rejections.isRejected(at('a = ‸'), 'one();'), true);
		assert.equal(rejections.isRejected(at('a = t‸'), 'en();'), false);
	});

	it('does not reject what was taken in part', () => {
		const rejections = new Rejections();
		rejections.shown(at('con‸'), 'sole.log(x);', lesson);
		rejections.accepted();
		rejections.observe(at('console.error‸'));
		assert.equal(rejections.isRejected(at('con‸'), 'sole.log(x);'), false);
	});

	it('forgives what is asked for by hand, and forgets all when told to', () => {
		const rejections = passedOver();
		rejections.forgive(at('con‸'), 'sole.log(x);');
		assert.equal(rejections.isRejected(at('con‸'), 'sole.log(x);'), false);
		const others = passedOver();
		others.clear();
		assert.equal(others.isRejected(at('con‸'), 'sole.log(x);'), false);
	});

	it('forgets the oldest of many', () => {
		const rejections = new Rejections();
		for (let index = 0; index <= 100; index++) {
			rejections.shown(at(`x${index} = ‸`), 'value', lesson);
			rejections.observe(at(`x${index} = other‸`));
		}
		assert.equal(rejections.isRejected(at('x0 = ‸'), 'value'), false);
		assert.equal(rejections.isRejected(at('x1 = ‸'), 'value'), true);
	});

	it('never rejects while the text is typed through, whatever it is', () => {
		const code = fc.string({ unit: fc.constantFrom('a', 'b', '(', ')', '{', '\n', ' ', '"'), minLength: 1 });
		fc.assert(
			fc.property(code, code, code, (prefix, text, suffix) => {
				const rejections = new Rejections();
				const document = at(`${prefix}‸${suffix}`);
				rejections.shown(document, text, lesson);
				for (let typed = 0; typed <= text.length; typed++) {
					rejections.observe({ ...document, prefix: prefix + text.slice(0, typed) });
				}
				assert.equal(rejections.isRejected(document, text), false);
			}),
		);
	});
});
