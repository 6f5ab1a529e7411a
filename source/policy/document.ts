/** What the policy language lets be written as one value or as a list of them. */
export type OneOrMany<T> = T | readonly T[];

export type PrincipalElement =
	| '*'
	| Readonly<Partial<Record<'AWS' | 'Service' | 'Federated' | 'CanonicalUser', OneOrMany<string>>>>;

/** Operator → condition key → values. */
export type ConditionElement = Readonly<
	Record<string, Readonly<Record<string, OneOrMany<string | number | boolean>>>>
>;

export type Statement = Readonly<{
	Sid?: string;
	Effect: 'Allow' | 'Deny';
	Principal?: PrincipalElement;
	NotPrincipal?: PrincipalElement;
	Action?: OneOrMany<string>;
	NotAction?: OneOrMany<string>;
	Resource?: OneOrMany<string>;
	NotResource?: OneOrMany<string>;
	Condition?: ConditionElement;
}>;

/** A policy as it is written in JSON; the names are IAM's own (IAM User Guide, reference_policies_grammar). */
export type PolicyDocument = Readonly<{Version?: string; Id?: string; Statement: OneOrMany<Statement>}>;

/** Takes a policy, gives its statements as a list, however they were spelled. */
export function statementsOf(document: PolicyDocument): readonly Statement[] {
	return listOf(document.Statement);
}

/** Takes an element that may be missing, one value or a list; gives a list. */
export function listOf<T>(values: OneOrMany<T> | undefined): readonly T[] {
	if (values === undefined) return [];
	return Array.isArray(values) ? (values as readonly T[]) : [values as T];
}
