/** The results of a suite. */
export interface TestCounts {
	readonly passed: number;
	readonly failed: number;
}

/** The last line of every test command, which `scripts/test.ts` and `.ci/run` read. */
export function summary({ passed, failed }: TestCounts): string {
	return `${passed} passed, ${failed} failed`;
}

/** Runs a suite as a command: prints its summary as the last line and exits with 1 unless all of it, and something, passed. */
export async function runAsCommand(suite: () => Promise<TestCounts>): Promise<void> {
	try {
		const counts = await suite();
		console.log(summary(counts));
		process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		console.log(summary({ passed: 0, failed: 1 }));
		process.exitCode = 1;
	}
}
