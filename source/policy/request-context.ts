import {type AccessRequest, type Caller, type PrincipalTags} from './access-request.js';
import {listOf, type OneOrMany} from './document.js';

/** Condition keys (in lower case: IAM compares their names without case) and their values. */
export type RequestContext = Pick<ReadonlyMap<string, readonly string[]>, 'get' | 'has'>;

/**
 * Takes a request, gives its condition keys: those that follow from the caller, and those the request carries,
 * which win (IAM User Guide, reference_policies_condition-keys). Times and transport are for the request to carry. They
 * are put together at the first look: most statements have no condition.
 */
export function contextOf(request: AccessRequest): RequestContext {
	let known: RequestContext | undefined;
	const keys = (): RequestContext => (known ??= keysOf(request));
	return {get: (key) => keys().get(key), has: (key) => keys().has(key)};
}

function keysOf({caller, resourceAccountId, context}: AccessRequest): RequestContext {
	const carried = typeof context === 'function' ? context() : context;
	const entries: readonly (readonly [string, OneOrMany<string>])[] = [
		...Object.entries(callerKeys(caller)),
		['aws:ResourceAccount', resourceAccountId],
		...Object.entries(carried ?? {}),
	];
	return new Map(entries.map(([key, values]) => [key.toLowerCase(), listOf(values)]));
}

function callerKeys(caller: Caller): Readonly<Record<string, string>> {
	switch (caller.kind) {
		case 'root':
			return {
				...accountKeys(caller.accountId),
				'aws:PrincipalArn': caller.arn,
				'aws:PrincipalType': 'Account',
				'aws:userid': caller.accountId,
			};
		case 'user':
			return {
				...accountKeys(caller.accountId),
				'aws:PrincipalArn': caller.arn,
				...tagKeys(caller.tags),
				'aws:PrincipalType': 'User',
				'aws:username': caller.arn.slice(caller.arn.lastIndexOf('/') + 1),
				...(caller.uniqueId === undefined ? {} : {'aws:userid': caller.uniqueId}),
			};
		case 'role-session':
			// The key holds the role's ARN, not the session's (condition-keys-principalarn).
			return {
				...accountKeys(caller.accountId),
				'aws:PrincipalArn': caller.roleArn,
				...tagKeys(caller.tags),
				'aws:PrincipalType': 'AssumedRole',
				...(caller.uniqueId === undefined ? {} : {'aws:userid': sessionUserId(caller.uniqueId, caller.arn)}),
			};
		case 'service':
			return {'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': caller.service};
		case 'federated':
			return {'aws:FederatedProvider': caller.provider};
		case 'anonymous':
			return {'aws:PrincipalType': 'Anonymous', 'aws:userid': 'anonymous'};
	}
}

function accountKeys(accountId: string): Readonly<Record<string, string>> {
	return {'aws:PrincipalAccount': accountId, 'aws:PrincipalIsAWSService': 'false'};
}

function tagKeys(tags: PrincipalTags = {}): Readonly<Record<string, string>> {
	return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]));
}

function sessionUserId(uniqueId: string, sessionArn: string): string {
	return uniqueId.includes(':')
		? uniqueId
		: `${uniqueId}:${sessionArn.slice(sessionArn.lastIndexOf('/') + 1)}`;
}
