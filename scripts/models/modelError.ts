/** Why a model cannot be had. The message says what to do; commands print it without a stack. */
export class ModelError extends Error {
	override readonly name = 'ModelError';
}
