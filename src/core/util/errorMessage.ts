/** What a thrown value says; nobody has to throw an `Error`. */
export function errorMessage(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
