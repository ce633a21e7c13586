/** Remembers what `look` found at an object, as long as that lives: for what many ask and what costs more than they do. */
export function oncePer<K extends WeakKey, V>(look: (at: K) => V): (at: K) => V {
	const seen = new WeakMap<K, { readonly found: V }>();
	return at => {
		const known = seen.get(at);
		if (known !== undefined) {
			return known.found;
		}
		const found = look(at);
		seen.set(at, { found });
		return found;
	};
}
