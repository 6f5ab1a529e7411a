import {type StaticOperationSchema} from '@smithy/types';
import {NormalizedSchema} from '@smithy/core/schema';

/** An operation of a service as the SDK's schema describes it. */
export type Operation = {
	readonly namespace: string;
	readonly name: string;
	readonly traits: StaticOperationSchema[3];
	readonly input: NormalizedSchema;
	readonly output: NormalizedSchema;
};

/** Takes the exports of an SDK client module, gives the operations among them by name. */
export function operationsOf(
	moduleExports: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, Operation> {
	const operations = new Map<string, Operation>();
	for (const [exportName, value] of Object.entries(moduleExports)) {
		if (!exportName.endsWith('$') || !isOperationSchema(value)) continue;
		const [, namespace, name, traits, input, output] = value;
		operations.set(name, {
			namespace,
			name,
			traits,
			input: NormalizedSchema.of(input),
			output: NormalizedSchema.of(output),
		});
	}
	return operations;
}

const operationSchemaId: StaticOperationSchema[0] = 9;

function isOperationSchema(value: unknown): value is StaticOperationSchema {
	return Array.isArray(value) && value[0] === operationSchemaId;
}

/** Takes what the sandbox does of a service, gives it by the names of the operations. */
export function byOperation<Action extends {readonly name: string}>(
	actions: readonly Action[],
): ReadonlyMap<string, Action> {
	return new Map(actions.map((action) => [action.name, action]));
}

/** Makes something of an operation, or of a shape, once: it is asked for on every request. */
export function keptWith<Subject extends object, Result>(
	make: (subject: Subject) => Result,
): (subject: Subject) => Result {
	const kept = new WeakMap<Subject, Result>();
	return (subject) => {
		const known = kept.get(subject);
		if (known !== undefined) return known;
		const made = make(subject);
		kept.set(subject, made);
		return made;
	};
}
