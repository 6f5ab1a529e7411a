import {
	type AccessRequest,
	type Caller,
	type Decision,
	type NamedPolicy,
} from '../../source/policy/decide.js';
import {type Statement} from '../../source/policy/document.js';

export const accountId = '111122223333';
export const otherAccountId = '444455556666';

export const user: Caller = {
	kind: 'user',
	accountId,
	arn: 'arn:aws:iam::111122223333:user/team/alice',
	uniqueId: 'AIDAEXAMPLEALICE0001',
};

export const session: Caller = {
	kind: 'role-session',
	accountId,
	arn: 'arn:aws:sts::111122223333:assumed-role/replicator/run-1',
	roleArn: 'arn:aws:iam::111122223333:role/service-role/replicator',
	uniqueId: 'AROAEXAMPLEROLE00001',
};

export const root: Caller = {kind: 'root', accountId, arn: 'arn:aws:iam::111122223333:root'};
export const service: Caller = {kind: 'service', service: 's3.amazonaws.com'};
export const anonymous: Caller = {kind: 'anonymous'};

/** Reading `photos/cat.jpg` of the bucket `pictures`, as Alice, in one account, unless told otherwise. */
export function request(changes: Partial<AccessRequest> = {}): AccessRequest {
	return {
		caller: user,
		action: 's3:GetObject',
		resource: 'arn:aws:s3:::pictures/photos/cat.jpg',
		resourceAccountId: accountId,
		...changes,
	};
}

/** An Allow of everything, unless told otherwise. */
export function allow(changes: Partial<Statement> = {}): Statement {
	return {
		Effect: 'Allow',
		...(changes.NotAction === undefined ? {Action: '*'} : {}),
		...(changes.NotResource === undefined ? {Resource: '*'} : {}),
		...changes,
	};
}

export function deny(changes: Partial<Statement> = {}): Statement {
	return allow({Effect: 'Deny', ...changes});
}

export function policy(name: string, ...statements: readonly Statement[]): NamedPolicy {
	return {name, document: {Version: '2012-10-17', Statement: statements}};
}

/** One line for each reason, such as `allow identity admin#1`. */
export function reasonsIn(decision: Decision): readonly string[] {
	return decision.reasons.map(({effect, where, policy: name, statement}) =>
		[effect, where, name === undefined ? '' : name + (statement === undefined ? '' : `#${statement}`)]
			.join(' ')
			.trim(),
	);
}
