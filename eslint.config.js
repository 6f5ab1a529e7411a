import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
	{ignores: ['dist/', 'coverage/', 'node_modules/']},
	...tseslint.configs.recommended,
	// Hooks are where components are: the compiler that these rules run takes a quarter of all lint.
	{files: ['source/ui/**', '**/*.tsx'], ...reactHooks.configs.flat.recommended},
	{
		files: ['source/**/*.{ts,tsx}', 'test/**/*.{ts,tsx}'],
		extends: [tseslint.configs.recommendedTypeChecked],
		languageOptions: {parserOptions: {projectService: true}},
		rules: {
			'@typescript-eslint/consistent-type-definitions': ['error', 'type'],
			'@typescript-eslint/consistent-type-imports': [
				'error',
				{fixStyle: 'inline-type-imports', disallowTypeAnnotations: false},
			],
			// A member that is a function can be handed on by itself, and its arguments are compared strictly.
			'@typescript-eslint/method-signature-style': ['error', 'property'],
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': ['error', {checksVoidReturn: {attributes: false}}],
			'@typescript-eslint/switch-exhaustiveness-check': ['error', {considerDefaultExhaustiveForUnions: true}],
			'@typescript-eslint/no-unused-vars': ['error', {argsIgnorePattern: '^_', varsIgnorePattern: '^_'}],
			'no-restricted-syntax': [
				'error',
				{selector: 'TSEnumDeclaration', message: 'A union of literals says the same without run-time code.'},
				{selector: 'ExportDefaultDeclaration', message: 'Named exports only: one name a thing.'},
			],
			// An async function never throws, it rejects: what gives a promise is async, even where nothing is awaited.
			'@typescript-eslint/require-await': 'off',
			eqeqeq: 'error',
		},
	},
	{
		files: ['test/**/*.{ts,tsx}'],
		rules: {
			// What vitest's matchers give stands inside of expected values, and is `any`.
			'@typescript-eslint/no-unsafe-assignment': 'off',
			// Helpers hand out small objects to be taken apart; none of their functions says `this`.
			'@typescript-eslint/unbound-method': 'off',
		},
	},
	{files: ['*.config.*', 'test/support/*-reporter.ts'], rules: {'no-restricted-syntax': 'off'}},
);
