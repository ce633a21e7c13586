/** Puts an entry last and drops the first ones beyond `capacity`: a map that is only written to so forgets what was written longest ago. */
export function remember<V>(map: Map<string, V>, key: string, value: V, capacity: number): void {
	map.delete(key);
	map.set(key, value);
	for (const oldest of map.keys()) {
		if (map.size <= capacity) {
			return;
		}
		map.delete(oldest);
	}
}
