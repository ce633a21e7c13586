import assert from 'node:assert/strict';
import type { CompletionAnswer } from '../../../src/core/completion/completionEngine';
import type { CompletionOutcome, CompletionRequest } from '../../../src/core/completion/completionRequest';
import { CompletionService } from '../../../src/core/completion/completionService';
import { silenceText } from '../../../src/core/completion/silenceText';
import { longestParsed, openScope, type SyntaxPlace, type SyntaxScope } from '../../../src/core/completion/syntaxScope';
import { answerOf, requestAt } from '../inspect/records';

const never = new AbortController().signal;
const block = { extent: 'block' } as const;

/** Says that texts end in front of a mark; of texts without it, it cannot tell. Remembers what it was asked. */
class FakeScope implements SyntaxScope {
	readonly opened: SyntaxPlace[] = [];
	readonly asked: string[] = [];

	constructor(private readonly mark: string) {}

	open(place: SyntaxPlace): (text: string) => Promise<number | undefined> {
		this.opened.push(place);
		return text => {
			this.asked.push(text);
			const end = text.indexOf(this.mark);
			return Promise.resolve(end === -1 ? undefined : end);
		};
	}
}

describe('scope by syntax: what is asked of a parser', () => {
	const text = 'a;\n}\nb;';

	it('is where a text ends that was written in a document, with all that the document has', async () => {
		const scope = new FakeScope('\n}');
		const { document } = requestAt('f() {\n‸\n}');
		const endOf = openScope(scope, { document, beyond: () => ({ before: '// 1\n', after: '\n// 2' }) }, block);
		assert.equal(await endOf(text), 2);
		assert.deepEqual(scope.opened, [
			{ uri: document.uri, languageId: 'typescript', prefix: '// 1\nf() {\n', suffix: '\n}\n// 2' },
		]);
	});

	const cases: Readonly<Record<string, Parameters<typeof openScope>[2] & Partial<CompletionRequest>>> = {
		'where one line is wanted': { extent: 'line' },
		'where nobody can tell what the whole document is': { ...block, beyond: () => undefined },
		'of a document that is too long': {
			...block,
			beyond: () => ({ before: ' '.repeat(longestParsed), after: '' }),
		},
	};
	for (const [when, { extent, ...more }] of Object.entries(cases)) {
		it(`is nothing ${when}`, async () => {
			const scope = new FakeScope('\n}');
			assert.equal(await openScope(scope, { ...requestAt('f() {\n‸\n}'), ...more }, { extent })(text), undefined);
			assert.deepEqual([scope.opened, scope.asked], [[], []]);
		});
	}

	it('is nothing of a text of one line', async () => {
		const scope = new FakeScope(';');
		assert.equal(await openScope(scope, requestAt('f() {\n‸\n}'), block)('a;'), undefined);
		assert.deepEqual(scope.asked, []);
	});
});

describe('scope by syntax: what is shown', () => {
	/** Indented so that indentation does not see where the block ends. */
	const says = '\n\tfoo();\n\t\t}\n\tbar();\n\tbaz()';
	const at = 'function f() {‸\n}\nfunction g() {';

	function service(scope: SyntaxScope | undefined, answer: Partial<CompletionAnswer> = {}): CompletionService {
		const engine = {
			complete: () => Promise.resolve({ ...answerOf(says), stopReason: 'end-of-generation' as const, ...answer }),
		};
		return new CompletionService(engine, undefined, undefined, scope);
	}

	async function outcomeOf(one: CompletionService, request = requestAt(at)): Promise<CompletionOutcome> {
		return one.complete(request, never);
	}

	function textOf(outcome: CompletionOutcome): string {
		return outcome.kind === 'suggestion' ? outcome.suggestion.text : `(${silenceText(outcome).because})`;
	}

	it('ends where the parser says; the filters do the rest', async () => {
		const outcome = await outcomeOf(service(new FakeScope('\n\tbar')));
		assert.equal(textOf(outcome), '\n\tfoo();');
		assert.equal(outcome.scopeEnd, says.indexOf('\n\tbar'));
	});

	it('is as without a parser where it cannot tell', async () => {
		const outcome = await outcomeOf(service(new FakeScope('nowhere')));
		assert.equal(textOf(outcome), textOf(await outcomeOf(service(undefined))));
		assert.ok(!('scopeEnd' in outcome));
	});

	it('loses no line to a limit that was reached behind the end', async () => {
		const outcome = await outcomeOf(service(new FakeScope('\n\tbar'), { stopReason: 'token-limit' }));
		assert.equal(textOf(outcome), '\n\tfoo();');
	});

	it('is nothing where the text leaves at once', async () => {
		const outcome = await outcomeOf(service(new FakeScope('\n')));
		assert.match(textOf(outcome), /the filter cutScope removed the text/);
	});

	it('is remembered as it was ended', async () => {
		const scope = new FakeScope('\n\tbar');
		const one = service(scope);
		await outcomeOf(one);
		assert.equal(textOf(await outcomeOf(one, requestAt('function f() {\n\tf‸\n}\nfunction g() {'))), 'oo();');
		assert.equal(scope.asked.length, 1);
	});

	it('holds for what is prepared ahead, in the document as it will be', async () => {
		const scope = new FakeScope('\n\tbar');
		const request = requestAt('function f()‸\nfunction g() {');
		await service(scope).lookAhead(request, { text: ' {', replaceAfter: 0 }, never);
		assert.equal(scope.opened[0]?.prefix, 'function f() {');
		assert.deepEqual(scope.asked, [says]);
	});

	it('asks of the part that the gate lets through', async () => {
		const scope = new FakeScope('nowhere');
		const tokens = answerOf(says).tokens.map(token =>
			token.text === 'baz' ? { ...token, probability: 0.001 } : token,
		);
		await outcomeOf(service(scope, { tokens }));
		assert.deepEqual(scope.asked, [says.slice(0, says.indexOf('baz')).trimEnd()]);
	});
});
