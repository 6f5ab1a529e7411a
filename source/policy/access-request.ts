import {type OneOrMany} from './document.js';

/** Who asks. ARNs are complete; `uniqueId` is the AIDA… of a user, or the AROA… (or AROA…:session) of a role. */
export type Caller =
	| {readonly kind: 'root'; readonly accountId: string; readonly arn: string}
	| {
			readonly kind: 'user';
			readonly accountId: string;
			readonly arn: string;
			readonly uniqueId?: string;
			readonly tags?: PrincipalTags;
	  }
	| {
			readonly kind: 'role-session';
			readonly accountId: string;
			/** The sts assumed-role ARN. */
			readonly arn: string;
			readonly roleArn: string;
			readonly uniqueId?: string;
			/** The role's and the session's own, which win. */
			readonly tags?: PrincipalTags;
	  }
	| {readonly kind: 'service'; readonly service: string}
	/** Who shows a token of an identity provider, which is named by its ARN. */
	| {readonly kind: 'federated'; readonly provider: string}
	| {readonly kind: 'anonymous'};

/** Says whether the caller is one of an account, with policies of its own. */
export function hasPolicies(
	caller: Caller,
): caller is Extract<Caller, {kind: 'root' | 'user' | 'role-session'}> {
	return caller.kind === 'root' || caller.kind === 'user' || caller.kind === 'role-session';
}

/** Values by key. */
export type PrincipalTags = Readonly<Record<string, string>>;

type ConditionKeys = Readonly<Record<string, OneOrMany<string>>>;

/**
 * What is asked. `resource` is an ARN, or `*` where the action has none; `context` holds condition keys, or is a function
 * that gives them, which is called only where a policy asks for one.
 */
export type AccessRequest = {
	readonly caller: Caller;
	readonly action: string;
	readonly resource: string;
	readonly resourceAccountId: string;
	readonly context?: ConditionKeys | (() => ConditionKeys);
};

/** A request that is going to be made, as far as it is known. */
export type ForeseenRequest = AccessRequest & {
	/** Keys with the value that they have where they are sent at all. */
	readonly perhaps?: Readonly<Record<string, OneOrMany<string>>>;
	/** Keys that seem to follow from the request, and are not known. */
	readonly unknown?: readonly string[];
};
