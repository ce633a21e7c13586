import { chooseTemplate } from '../core/prompt/chat/chooseTemplate';
import type { GgufFacts } from '../core/prompt/fim/ggufFacts';
import { detectSentenceFormat, type SentenceFormat } from '../core/prompt/sentenceFormat';
import type { ModelInfo } from '../protocol/engineContract';
import type { EngineModel } from './engineModel';
import { chatTemplate, sentenceFloor, weightsInBlocks } from './gguf/ggufFacts';
import type { GgufHeader } from './gguf/ggufHeader';

/** How a model explains, if it does. */
export interface ExplainAbility {
	/** Of a model that chats. */
	readonly template: string | undefined;
	/** Of a model of our own family that writes one sentence. */
	readonly sentence: SentenceFormat | undefined;
	/** It writes one sentence as a comment below the code. */
	readonly byComment: boolean;
	readonly info: Pick<ModelInfo, 'canExplain' | 'cannotExplain' | 'sentenceFloor' | 'explainsByComment'>;
}

interface Described {
	readonly name: string;
	readonly header: GgufHeader;
	readonly facts: GgufFacts;
	readonly log: (message: string) => void;
}

/** Weights of the blocks of the smallest model whose sentences were found worth reading: SmolLM2 has 119 million. */
const fewestToComment = 60_000_000;
/** With 135 and 360 million a chat is fluent and made up; a comment is not. */
const fewestToChat = 700_000_000;

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
	const byComment = sentence === undefined && isForComments(weightsInBlocks(header), template !== undefined);
	return {
		template: byComment ? undefined : template,
		sentence,
		byComment,
		info: {
			canExplain: template !== undefined || sentence !== undefined || byComment,
			...(cannotExplain !== undefined && !byComment && { cannotExplain }),
			...(byComment && { explainsByComment: true }),
			...(sentence !== undefined && { sentenceFloor: sentence.floor }),
		},
	};
}

function isForComments(weights: number, chats: boolean): boolean {
	return weights >= fewestToComment && !(chats && weights >= fewestToChat);
}
