import {cruise, type ICruiseResult, type IForbiddenRuleType, type IModule} from 'dependency-cruiser';

/** Reads `source/` of the project in the folder `baseDir`, type imports included, and holds it against `rules`. */
export const cruiseSources = async (
	baseDir: string,
	rules: readonly IForbiddenRuleType[],
): Promise<ICruiseResult> => {
	const {output} = await cruise(
		['source'],
		{
			baseDir,
			tsPreCompilationDeps: true,
			doNotFollow: {path: 'node_modules'},
			validate: true,
			ruleSet: {forbidden: [...rules]},
		},
		{
			exportsFields: ['exports'],
			conditionNames: ['import', 'node', 'default'],
			mainFields: ['module', 'main'],
			// Without it each import of our own is looked for in vain first: a third of the time.
			extensionAlias: {'.js': ['.ts', '.tsx', '.js']},
			extensions: ['.js', '.ts', '.tsx', '.d.ts'],
		},
	);
	return output as ICruiseResult;
};

/** What Node loads before the first line of `entry` runs: its imports and theirs, less types and `await import()`. */
export const staticClosure = (modules: readonly IModule[], entry: string): readonly string[] => {
	const found = new Set([entry]);
	for (const name of found) {
		const dependencies = modules.find(({source}) => source === name)?.dependencies ?? [];
		for (const {resolved, dynamic, dependencyTypes} of dependencies) {
			const isForTypes = dependencyTypes.includes('type-only') || dependencyTypes.includes('type-import');
			if (!dynamic && !isForTypes) found.add(resolved);
		}
	}

	return [...found];
};
