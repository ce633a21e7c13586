/**
 * A stand-in for the `vscode` module that registers inline completion providers as stock VS Code 1.139 does: proposed
 * members on the provider, and a third argument, throw. Everything else answers anything with a stand-in for itself,
 * so that the shipped bundle can be activated in plain Node.
 */
export interface StockVscode {
	readonly module: object;
	/** Providers that were registered without an objection. */
	readonly providers: readonly object[];
	/** `languages.registerInlineCompletionItemProvider`. */
	readonly register: (...args: readonly unknown[]) => object;
}

const proposed = ['handleDidShowCompletionItem', 'handleDidPartiallyAcceptCompletionItem'];

export function stockVscode(): StockVscode {
	const providers: object[] = [];
	const register = (...args: readonly unknown[]): object => {
		const [, provider] = args;
		if (args.length > 2) {
			throw new Error('Extension CANNOT use API proposal: inlineCompletionsAdditions (metadata)');
		}
		if (typeof provider !== 'object' || provider === null) {
			throw new Error('no provider');
		}
		for (const member of proposed) {
			if (member in provider) {
				throw new Error(`Extension CANNOT use API proposal: inlineCompletionsAdditions (${member})`);
			}
		}
		providers.push(provider);
		return anything({});
	};
	const languages = anything({ registerInlineCompletionItemProvider: register });
	// A bundle copies the own properties of a module and keeps its prototype: so everything stands in the prototype.
	return { module: Object.create(anything({ languages })) as object, providers, register };
}

/** A stand-in is an empty text and an empty list, where one is wanted. */
const symbols = new Map<symbol, unknown>([
	[Symbol.toPrimitive, () => ''],
	[Symbol.iterator, () => [].values()],
]);

/** Callable, constructible, and every member not in `known` is a stand-in again. */
function anything(known: Readonly<Record<string, unknown>>): object {
	const members = new Map<string | symbol, unknown>(Object.entries(known));
	const target = function standIn(): undefined {
		return undefined;
	};
	return new Proxy(target, {
		get: (_, name) => {
			if (typeof name === 'symbol' || name === 'then') {
				return typeof name === 'symbol' ? symbols.get(name) : undefined;
			}
			if (!members.has(name)) {
				members.set(name, anything({}));
			}
			return members.get(name);
		},
		set: () => true,
		apply: () => anything({}),
		construct: () => anything({}),
	});
}
