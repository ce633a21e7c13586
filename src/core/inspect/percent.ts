export function percent(probability: number): string {
	return probability > 0 && probability < 0.01 ? '< 1%' : `${Math.round(probability * 100)}%`;
}
