import assert from 'node:assert/strict';
import { chatFamilies, chatFamilyOf } from '../../../src/core/prompt/chat/chatFamilies';
import { chooseTemplate } from '../../../src/core/prompt/chat/chooseTemplate';

const unreadable = (template: string): string | undefined =>
	template.startsWith('bad')
		? 'The provided Jinja template failed the sanity test: Error: no. Inspect the Jinja'
		: undefined;
const tokensOf = (...tokens: readonly string[]) => ({ name: 'Some', controlTokens: new Set(tokens) });

describe('chooseTemplate', () => {
	it("takes the model's own template where it can be read", () => {
		const facts = { ...tokensOf('<|im_start|>', '<|im_end|>'), own: 'good' };
		assert.deepEqual(chooseTemplate(facts, unreadable), { template: 'good' });
	});

	it('leaves a model without a template alone, whatever tokens it has: base models have them too', () => {
		const facts = { ...tokensOf('<|im_start|>', '<|im_end|>'), own: undefined };
		assert.deepEqual(chooseTemplate(facts, unreadable), { template: undefined });
	});

	it('takes the template of the family in place of one that cannot be read, and says so', () => {
		const { template, note } = chooseTemplate({ ...tokensOf('[INST]', '[/INST]'), own: 'bad' }, unreadable);
		assert.equal(template, chatFamilies.find(({ name }) => name === 'Mistral')?.template);
		assert.equal(
			note,
			'The chat template of Some cannot be read (Error: no). The template of the family Mistral is used in its place, since the vocabulary has [INST], [/INST].',
		);
	});

	it('says what to do where the family is not known', () => {
		const { template, cannotExplain } = chooseTemplate({ ...tokensOf('<s>'), own: 'bad' }, unreadable);
		assert.equal(template, undefined);
		assert.match(
			cannotExplain ?? '',
			/cannot be read \(Error: no\), and .* Choose another instruct model for explaining\.$/,
		);
	});

	it('does not tell a long cause to its end', () => {
		const { cannotExplain = '' } = chooseTemplate({ ...tokensOf('<s>'), own: 'x' }, () => 'y'.repeat(10_000));
		assert.ok(cannotExplain.length < 400);
	});
});

describe('chatFamilyOf', () => {
	for (const { name, tokens } of chatFamilies) {
		it(`tells ${name} from its own tokens`, () => {
			assert.equal(chatFamilyOf(new Set(tokens))?.name, name);
		});
	}

	it('needs all tokens of a family', () => {
		assert.equal(chatFamilyOf(new Set(['<|im_start|>', '<start_of_turn>'])), undefined);
	});
});
