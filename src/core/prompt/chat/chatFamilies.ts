/** One family of chat models: how it spells a conversation. */
export interface ChatFamily {
	readonly name: string;
	/** Control tokens that a vocabulary of the family has, all of them. */
	readonly tokens: readonly string[];
	/** In Jinja, as `tokenizer.chat_template` is. BOS is put in front by the engine. */
	readonly template: string;
	/** Where the format is documented. */
	readonly source: string;
}

/** `open ROLE between TEXT close` for each message, then the same opening for the answer. */
function turns(open: string, between: string, close: string, answer = `${open}assistant${between}`): string {
	return (
		`{% for message in messages %}${open}{{ message['role'] }}${between}{{ message['content'] | trim }}${close}{% endfor %}` +
		`{% if add_generation_prompt %}${answer}{% endif %}`
	);
}

/** Marks in front of each message by its role; `system` goes in front of the first user message where it is not named. */
function marks(
	byRole: { readonly system?: string; readonly user: string; readonly assistant: string },
	end = '',
): string {
	const { system, user, assistant } = byRole;
	return (
		"{% set ns = namespace(system='') %}{% for message in messages %}" +
		(system === undefined
			? "{% if message['role'] == 'system' %}{% set ns.system = message['content'] | trim + '\n\n' %}"
			: `{% if message['role'] == 'system' %}${system}{{ message['content'] | trim }}${end}`) +
		`{% elif message['role'] == 'user' %}${user}{{ ns.system }}{{ message['content'] | trim }}${end}{% set ns.system = '' %}` +
		`{% else %}${assistant}{{ message['content'] | trim }}${end}{% endif %}{% endfor %}` +
		`{% if add_generation_prompt %}${assistant}{% endif %}`
	);
}

/**
 * The most particular first: several share tokens. A vocabulary has the tokens of its family even where the template that a
 * converter or a packager wrote beside it cannot be read.
 */
export const chatFamilies: readonly ChatFamily[] = [
	{
		name: 'Phi-4',
		tokens: ['<|im_start|>', '<|im_sep|>', '<|im_end|>'],
		template: turns('<|im_start|>', '<|im_sep|>', '<|im_end|>'),
		source: 'https://huggingface.co/microsoft/phi-4',
	},
	{
		name: 'ChatML',
		tokens: ['<|im_start|>', '<|im_end|>'],
		template: turns('<|im_start|>', '\n', '<|im_end|>\n'),
		source: 'https://github.com/openai/openai-python/blob/release-v0.28.0/chatml.md',
	},
	{
		name: 'Llama 3',
		tokens: ['<|start_header_id|>', '<|end_header_id|>', '<|eot_id|>'],
		template: turns('<|start_header_id|>', '<|end_header_id|>\n\n', '<|eot_id|>'),
		source: 'https://www.llama.com/docs/model-cards-and-prompt-formats/meta-llama-3/',
	},
	{
		name: 'Llama 4',
		tokens: ['<|header_start|>', '<|header_end|>', '<|eot|>'],
		template: turns('<|header_start|>', '<|header_end|>\n\n', '<|eot|>'),
		source: 'https://www.llama.com/docs/model-cards-and-prompt-formats/llama4/',
	},
	{
		name: 'Gemma',
		tokens: ['<start_of_turn>', '<end_of_turn>'],
		template: marks({ user: '<start_of_turn>user\n', assistant: '<start_of_turn>model\n' }, '<end_of_turn>\n'),
		source: 'https://ai.google.dev/gemma/docs/core/prompt-structure',
	},
	{
		name: 'Granite',
		tokens: ['<|start_of_role|>', '<|end_of_role|>'],
		template: turns('<|start_of_role|>', '<|end_of_role|>', '<|end_of_text|>\n'),
		source: 'https://huggingface.co/ibm-granite/granite-3.3-2b-instruct',
	},
	{
		name: 'Command R',
		tokens: ['<|START_OF_TURN_TOKEN|>', '<|END_OF_TURN_TOKEN|>', '<|USER_TOKEN|>', '<|CHATBOT_TOKEN|>'],
		template: marks(
			{
				system: '<|START_OF_TURN_TOKEN|><|SYSTEM_TOKEN|>',
				user: '<|START_OF_TURN_TOKEN|><|USER_TOKEN|>',
				assistant: '<|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>',
			},
			'<|END_OF_TURN_TOKEN|>',
		),
		source: 'https://docs.cohere.com/docs/command-r-hf',
	},
	{
		name: 'GLM-4',
		tokens: ['[gMASK]', '<sop>', '<|system|>', '<|user|>', '<|assistant|>'],
		template: `[gMASK]<sop>${turns('<|', '|>\n', '')}`,
		source: 'https://huggingface.co/THUDM/glm-4-9b-chat-hf',
	},
	{
		name: 'Phi-3',
		tokens: ['<|user|>', '<|assistant|>', '<|end|>'],
		template: turns('<|', '|>\n', '<|end|>\n'),
		source: 'https://huggingface.co/microsoft/Phi-3-mini-4k-instruct',
	},
	{
		name: 'DeepSeek',
		tokens: ['<｜User｜>', '<｜Assistant｜>'],
		template: marks({ system: '', user: '<｜User｜>', assistant: '<｜Assistant｜>' }),
		source: 'https://huggingface.co/deepseek-ai/DeepSeek-V2.5',
	},
	{
		name: 'Mistral',
		tokens: ['[INST]', '[/INST]'],
		template:
			"{% set ns = namespace(system='') %}{% for message in messages %}" +
			"{% if message['role'] == 'system' %}{% set ns.system = message['content'] | trim + '\n\n' %}" +
			"{% elif message['role'] == 'user' %}[INST]{{ ns.system }}{{ message['content'] | trim }}[/INST]{% set ns.system = '' %}" +
			"{% else %}{{ message['content'] | trim }}</s>{% endif %}{% endfor %}",
		source: 'https://github.com/mistralai/mistral-common',
	},
];

/** The family that a vocabulary belongs to by its control tokens. */
export function chatFamilyOf(controlTokens: { has(text: string): boolean }): ChatFamily | undefined {
	return chatFamilies.find(({ tokens }) => tokens.every(token => controlTokens.has(token)));
}
