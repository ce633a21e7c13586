/** Why a VSIX cannot be made. The message is one sentence that says what to do; the command prints it without a stack. */
export class PackageError extends Error {
	override readonly name = 'PackageError';
}
