import assert from 'node:assert/strict';
import { join } from 'node:path';
import { JinjaTemplateChatWrapper } from 'node-llama-cpp';
import { chatFamilies } from '../../src/core/prompt/chat/chatFamilies';
import { writeChangedModel } from '../support/gguf';
import { runCli } from '../support/runCli';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporaryFolder';
import { EngineRig, never } from './engineRig';

/** Templates that stand in files of real models and cannot be run, and the cause that is told. */
const unreadable = [
	{
		name: "Go's syntax",
		template:
			'{{- if .System }}<|im_start|>system\n{{ .System }}<|im_end|>\n{{ end }}<|im_start|>user\n{{ .Prompt }}<|im_end|>\n<|im_start|>assistant\n',
		because: "it is written in Go's template language, as Ollama's are",
	},
	{
		name: 'messages in parts',
		template:
			"{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'][0]['text'] }}<|im_end|>\n{% endfor %}",
		because: 'it takes messages as lists of parts',
	},
	{ name: 'broken Jinja', template: '{% for message in %}', because: 'SyntaxError' },
	{ name: 'a name in place of a template', template: 'chatml', because: 'not present' },
] as const;

const question = { requestId: 1, messages: [{ role: 'user' as const, content: 'const a = 1;' }], maxTokens: 8 };
const asChatMl = { '<repo_name>': '<|im_start|>', '<file_sep>': '<|im_end|>' };

describe('a chat template', () => {
	for (const { name, template, tokens } of chatFamilies) {
		it(`of the family ${name} says all that was said, in order, with the family's tokens`, () => {
			const wrapper = new JinjaTemplateChatWrapper({ template, reasoning: false });
			const { contextText } = wrapper.generateContextState({
				chatHistory: [
					{ type: 'system', text: 'Be brief.' },
					{ type: 'user', text: 'Why?' },
					{ type: 'model', response: [] },
				],
			});
			const rendered = JSON.stringify(contextText.toJSON());
			assert.match(rendered, /Be brief\..*Why\?.*[\w|\]>]/);
			assert.doesNotMatch(rendered, /Why\?"\]?\]$/, 'nothing marks where the answer begins');
			const own = tokens.filter(token => template.includes(token));
			assert.ok(own.length > 0 || name === 'Phi-3' || name === 'GLM-4');
		});
	}

	describe('that cannot be read', () => {
		let folder: string;
		let rig: EngineRig;
		before(async () => {
			folder = await temporaryFolder();
			rig = new EngineRig();
		});
		after(async () => {
			await rig.stop();
			await removeTemporaryFolders();
		});

		for (const { name, template, because } of unreadable) {
			it(`because of ${name} gives way to that of a known family, and the log says so`, async () => {
				const path = writeChangedModel(join(folder, `family ${name}.gguf`), {
					drop: /fim_|^general\.name$/,
					rename: asChatMl,
					add: { 'tokenizer.chat_template': template, 'general.name': 'Some' },
				});
				assert.equal((await rig.load(path, 'explain')).canExplain, true);
				assert.ok((await rig.client.call('explanation/run', question, never)).promptTokens > 8);
				const note = rig.log.findLast(line => line.includes('chat template')) ?? '';
				assert.ok(note.includes(because), note);
				assert.match(note, /The template of the family ChatML is used in its place, since .*<\|im_start\|>/);
			});

			it(`because of ${name} is told of, with what to do, when the family is not known`, async () => {
				const path = writeChangedModel(join(folder, `stranger ${name}.gguf`), {
					add: { 'tokenizer.chat_template': template },
				});
				const { canExplain, canComplete, cannotExplain = '' } = await rig.load(path, 'explain');
				assert.deepEqual([canExplain, canComplete], [false, true]);
				assert.ok(cannotExplain.includes(because), cannotExplain);
				assert.match(cannotExplain, /cannot be read \(.*Choose another instruct model for explaining\.$/s);
				await assert.rejects(rig.client.call('explanation/run', question, never), {
					code: 'model-cannot-explain',
					message: cannotExplain,
				});
			});
		}

		it('is told of by the terminal command', async () => {
			const path = join(folder, "stranger Go's syntax.gguf");
			const { code, output } = await runCli(['explain', `${import.meta.filename}:1-1`, '--model', path]);
			assert.match(output, /cannot be read \(it is written in Go's template language.*--model PATH\.gguf/s);
			assert.equal(code, 0);
		});
	});
});
