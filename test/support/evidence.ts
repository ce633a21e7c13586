import type { Evidence } from '../../src/core/explain/evidence';

/** Evidence of a small function, with whatever a test wants different. */
export function sampleEvidence(changes: Partial<Evidence> = {}): Evidence {
	return {
		path: 'src/cart.ts',
		languageId: 'typescript',
		firstLine: 10,
		lastLine: 12,
		code: 'total(items) {\n\treturn sum(items) * this.rate;\n}',
		symbols: [
			{ name: 'Cart', kind: 'class', line: 3 },
			{ name: 'total', kind: 'method', line: 10 },
		],
		documentation: 'What the **cart** costs, with tax.',
		definitions: [
			{ name: 'sum', path: 'src/math.ts', line: 4, text: 'export function sum(values: number[]): number {' },
		],
		diagnostics: [{ severity: 'warning', message: 'Implicit any.', line: 10, source: 'ts' }],
		references: 3,
		notes: ['Nothing was selected, so this is about the method total around the cursor.'],
		...changes,
	};
}
