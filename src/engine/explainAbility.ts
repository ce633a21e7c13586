import { chooseTemplate } from '../core/prompt/chat/chooseTemplate';
import type { GgufFacts } from '../core/prompt/fim/ggufFacts';
import { detectSentenceFormat, type SentenceFormat } from '../core/prompt/sentenceFormat';
import type { ModelInfo } from '../protocol/engineContract';
import type { EngineModel } from './engineModel';
import { chatTemplate, sentenceFloor } from './gguf/ggufFacts';
import type { GgufHeader } from './gguf/ggufHeader';

/** How a model explains, if it does. */
export interface ExplainAbility {
	/** Of a model that chats. */
	readonly template: string | undefined;
	/** Of a model of our own family that writes one sentence. */
	readonly sentence: SentenceFormat | undefined;
	readonly info: Pick<ModelInfo, 'canExplain' | 'cannotExplain' | 'sentenceFloor'>;
}

interface Described {
	readonly name: string;
	readonly header: GgufHeader;
	readonly facts: GgufFacts;
	readonly log: (message: string) => void;
}

/** Told from the header, and by trying its chat template. */
export function explainAbility(
	model: Pick<EngineModel, 'whyUnreadable'>,
	{ name, header, facts, log }: Described,
): ExplainAbility {
	const own = chatTemplate(header);
	const { controlTokens } = facts;
	const chosen = chooseTemplate({ name, own, controlTokens }, text => model.whyUnreadable(text));
	const { template, cannotExplain, note } = chosen;
	if (note !== undefined) {
		log(note);
	}
	// A model that chats says more than one sentence.
	const sentence = own === undefined ? detectSentenceFormat(facts, sentenceFloor(header)) : undefined;
	return {
		template,
		sentence,
		info: {
			canExplain: template !== undefined || sentence !== undefined,
			...(cannotExplain !== undefined && { cannotExplain }),
			...(sentence !== undefined && { sentenceFloor: sentence.floor }),
		},
	};
}
