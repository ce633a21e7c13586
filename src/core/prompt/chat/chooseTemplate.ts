import { chatFamilyOf } from './chatFamilies';

/** Fields of a header from which the chat format is chosen. */
export interface ChatFacts {
	readonly name: string;
	/** `tokenizer.chat_template`. */
	readonly own: string | undefined;
	readonly controlTokens: { has(text: string): boolean };
}

export interface ChosenTemplate {
	/** `undefined` for a model that does not chat. */
	readonly template: string | undefined;
	/** Why a model with a template cannot explain, as sentences for the user that say what to do. */
	readonly cannotExplain?: string;
	/** For the log. */
	readonly note?: string;
}

/**
 * The model's own template. Where it cannot be read, that of its family: a template that a packager spelled for another program
 * says nothing against the model.
 * @param whyUnreadable tries a template.
 */
export function chooseTemplate(
	{ name, own, controlTokens }: ChatFacts,
	whyUnreadable: (template: string) => string | undefined,
): ChosenTemplate {
	const fault = own === undefined ? undefined : whyUnreadable(own);
	if (own === undefined || fault === undefined) {
		return { template: own };
	}
	const unreadable = `The chat template of ${name} cannot be read (${whyTemplateFails(own, fault)})`;
	const family = chatFamilyOf(controlTokens);
	if (family === undefined || whyUnreadable(family.template) !== undefined) {
		return {
			template: undefined,
			cannotExplain: `${unreadable}, and its vocabulary is of no family that Sotto knows a template of. Choose another instruct model for explaining.`,
		};
	}
	const tokens = family.tokens.join(', ');
	return {
		template: family.template,
		note: `${unreadable}. The template of the family ${family.name} is used in its place, since the vocabulary has ${tokens}.`,
	};
}

/** Statements of Go's templates, which Ollama's files carry: `{{ .Prompt }}`, `{{- if .System }}`. */
const goSyntax = /\{\{-?\s*(?:[.$]\w|(?:if|else|end|range|with|template|block|define)\b)/;
/** Contents as lists of parts: `message['content'][0]['text']`, `{% for part in message.content %}`. */
const typedContent = /content(?:['"]\])?\s*\[\s*0\s*\]|\bin\s+message(?:\.content|\[['"]content['"]\])/;
const longestReason = 120;

/** A cause in a few words. @param fault what the renderer said. */
export function whyTemplateFails(template: string, fault: string): string {
	if (goSyntax.test(template) && !template.includes('{%')) {
		return "it is written in Go's template language, as Ollama's are";
	}
	if (typedContent.test(template)) {
		return 'it takes messages as lists of parts';
	}
	const reason = fault.replace(/^The provided Jinja template failed the sanity test: |\. Inspect the Jinja.*$/gs, '');
	return reason.length > longestReason ? `${reason.slice(0, longestReason)}…` : reason;
}
