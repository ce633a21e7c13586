import { EngineError } from '../core/engine/engineError';
import { whyTemplateFails } from '../core/prompt/chat/chooseTemplate';
import { errorMessage } from '../core/util/errorMessage';

/** Messages to the user for failures of the native part. */

export function noBinary(cause: unknown): EngineError {
	const message = 'The engine has no native part for this platform. Install the VSIX made for your platform.';
	return new EngineError('engine-unavailable', message, { cause });
}

export function outOfMemory(path: string, cause: unknown): EngineError {
	const message = `There is not enough memory for the model ${path}. Close other programs, or choose a smaller one.`;
	return new EngineError('out-of-memory', message, { cause });
}

export function unreadableTemplate(cause: unknown): EngineError {
	const reason = whyTemplateFails('', errorMessage(cause));
	const message = `The chat template of this model cannot be read (${reason}). Choose another instruct model for explaining.`;
	return new EngineError('model-cannot-explain', message, { cause });
}
