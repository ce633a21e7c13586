export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
	return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`);
}

export function percent(value: number): string {
	return `${(100 * value).toFixed(1)} %`;
}
