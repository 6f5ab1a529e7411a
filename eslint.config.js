import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
	{ignores: ['dist/', 'coverage/', 'node_modules/']},
	...tseslint.configs.recommended,
	reactHooks.configs.flat.recommended,
	{
		files: ['source/**/*.{ts,tsx}', 'test/**/*.{ts,tsx}'],
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
			eqeqeq: 'error',
		},
	},
	{files: ['*.config.*', 'test/support/*-reporter.ts'], rules: {'no-restricted-syntax': 'off'}},
);
