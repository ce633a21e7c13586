import { EngineError } from '../core/engine/engineError';

/** What fails on the native side, in words for the user. */

export function noBinary(cause: unknown): EngineError {
	const message = 'The engine has no native part for this platform. Install the VSIX made for your platform.';
	return new EngineError('engine-unavailable', message, { cause });
}

export function outOfMemory(path: string, cause: unknown): EngineError {
	const message = `There is not enough memory for the model ${path}. Close other programs, or choose a smaller one.`;
	return new EngineError('out-of-memory', message, { cause });
}

export function cannotExplain(cause: unknown): EngineError {
	const message = 'This model cannot write explanations. Choose an instruct model for explaining.';
	return new EngineError('model-cannot-explain', message, { cause });
}
