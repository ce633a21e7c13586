import assert from 'node:assert/strict';
import { explainQuestion } from '../../../src/core/explain/explainQuestion';
import { explanationParams } from '../../../src/protocol/engineContract';
import { sampleEvidence } from '../../support/evidence';

const codeOf = (code: string): string | undefined => {
	const question = explainQuestion(sampleEvidence({ code }), { contextTokens: 1024, sentenceFloor: 0.5 });
	return 'code' in question ? question.code : undefined;
};

describe('explainQuestion', () => {
	it('asks a chat model with messages', () => {
		assert.ok('messages' in explainQuestion(sampleEvidence(), { contextTokens: 4096 }));
	});

	it('asks a model of one sentence with the path and the code, as the engine takes it', () => {
		const question = explainQuestion(sampleEvidence(), { contextTokens: 1024, sentenceFloor: 0.5 });
		const asked = {
			path: 'src/cart.ts',
			code: 'total(items) {\n\treturn sum(items) * this.rate;\n}\n',
			maxTokens: 60,
		};
		assert.deepEqual(question, asked);
		assert.deepEqual(explanationParams.parse({ ...asked, requestId: 1 }), { ...asked, requestId: 1 });
	});

	// As in training, where code is dedented and stripped of empty lines around it.
	for (const [what, code, asked] of [
		['without its common indentation', '\t\tif (a) {\n\t\t\tb();\n\t\t}', 'if (a) {\n\tb();\n}\n'],
		['that is not indented', 'a\n  b', 'a\n  b\n'],
		['whose later lines stand further left', '    a\n  b', '  a\nb\n'],
		['indented by tabs and by spaces', '\ta\n  b', '\ta\n  b\n'],
		['with empty lines in and around it', '\n  a\n \n\n  b\n\n', 'a\n\n\nb\n'],
		['that is white space', ' \n\t', '\n'],
	] as const) {
		it(`takes code ${what}`, () => {
			assert.equal(codeOf(code), asked);
		});
	}
});
