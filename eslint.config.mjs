import tseslint from 'typescript-eslint';

/** Members that only exist on VS Code's proposed inline-completion API: stock VS Code throws when it meets them. */
const proposedProviderMembers = ['handleDidShowCompletionItem', 'handleDidPartiallyAcceptCompletionItem'];

export default tseslint.config(
	...tseslint.configs.strictTypeChecked,
	...tseslint.configs.stylisticTypeChecked,
	{
		languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
		rules: {
			'@typescript-eslint/consistent-type-definitions': 'off',
			'@typescript-eslint/restrict-template-expressions': 'off',
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
			'@typescript-eslint/no-empty-function': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': 'error',
			'no-empty': ['error', { allowEmptyCatch: false }],
			'no-console': 'error',
			'max-lines': ['error', 300],
			'max-lines-per-function': ['error', { max: 60, skipComments: true }],
			'max-params': ['error', 5],
			complexity: ['error', 12],
			'no-restricted-syntax': [
				'error',
				...proposedProviderMembers.map(name => ({
					selector: `:matches(MethodDefinition, Property, PropertyDefinition)[key.name='${name}']`,
					message: `${name} is proposed API: stock VS Code throws at registration.`,
				})),
				{
					selector: "CallExpression[callee.property.name='registerInlineCompletionItemProvider'][arguments.length>2]",
					message: 'The third argument is proposed API: stock VS Code throws at registration.',
				},
			],
		},
	},
	{
		// One gate to the network, and it does not exist yet: nothing in the product may open a connection.
		files: ['src/**/*.ts'],
		rules: {
			'no-restricted-globals': ['error', 'fetch', 'WebSocket', 'XMLHttpRequest', 'EventSource'],
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{ regex: '^(node:)?(http|https|http2|net|tls|dgram|dns)$', message: 'Sotto opens no connection.' },
					],
				},
			],
		},
	},
	{
		files: ['test/**/*.ts', 'scripts/**/*.ts', 'bench/**/*.ts'],
		rules: { 'max-lines-per-function': 'off', 'no-console': 'off' },
	},
	{ ignores: ['**/*.mjs', 'dist/**', 'out/**', '.vscode-test/**', 'test/fixtures/**'] },
);
