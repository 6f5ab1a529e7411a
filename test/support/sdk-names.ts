import ts from 'typescript';

/** The names that a source text uses of the SDK's clients, types left out: `import {X}` and `import * as all … all.X`. */
export const sdkValueNames = (text: string): readonly string[] => {
	if (!text.includes('@aws-sdk/client-')) return [];
	const file = ts.createSourceFile('file.tsx', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
	const names: string[] = [];
	const namespaces = new Set<string>();
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node) && isSdkClient(node.moduleSpecifier)) {
			const clause = node.importClause;
			const bindings = clause?.namedBindings;
			if (clause?.phaseModifier === ts.SyntaxKind.TypeKeyword || !bindings) return;
			if (ts.isNamespaceImport(bindings)) namespaces.add(bindings.name.text);
			else
				for (const {isTypeOnly, propertyName, name} of bindings.elements) {
					if (!isTypeOnly) names.push((propertyName ?? name).text);
				}
		}

		if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
			const [specifier] = node.arguments;
			if (specifier && isSdkClient(specifier)) names.push('import() of a Client');
		}

		if (ts.isPropertyAccessExpression(node) && namespaces.has(node.expression.getText())) {
			names.push(node.name.text);
		}

		ts.forEachChild(node, visit);
	};

	visit(file);
	return names;
};

const isSdkClient = (specifier: ts.Expression): boolean =>
	ts.isStringLiteralLike(specifier) && specifier.text.startsWith('@aws-sdk/client-');
