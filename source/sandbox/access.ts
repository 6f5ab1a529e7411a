import {decide, type AccessRequest, type Caller, type Decision, type NamedPolicy} from '../policy/decide.js';
import {type PolicyDocument} from '../policy/document.js';
import {type InlinePolicies, type Role} from './world/account.js';
import {type Identity} from './world/credential.js';
import {type World} from './world/world.js';

/** Takes whose key signed the request, gives the caller as policies see it. */
export function callerOf(identity: Identity | undefined): Caller {
	if (identity === undefined) return {kind: 'anonymous'};
	if (identity.kind === 'user') {
		const {accountId, arn, userId} = identity.user;
		return {kind: 'user', accountId, arn, uniqueId: userId};
	}
	return sessionCallerOf(identity.role, identity.sessionName);
}

/** The caller that somebody is who has assumed the role. */
export function sessionCallerOf(role: Role, sessionName: string): Caller {
	return {
		kind: 'role-session',
		accountId: role.accountId,
		arn: `arn:aws:sts::${role.accountId}:assumed-role/${role.roleName}/${sessionName}`,
		roleArn: role.arn,
		uniqueId: `${role.roleId}:${sessionName}`,
	};
}

/** Decides a request by the caller's policies that are in effect now and the resource's policy. */
export function decideAccess(
	world: World,
	identity: Identity | undefined,
	request: Omit<AccessRequest, 'caller'>,
	resourcePolicy?: NamedPolicy,
): {readonly request: AccessRequest; readonly decision: Decision} {
	const asked = {...request, caller: callerOf(identity)};
	const sessionPolicy =
		identity?.kind === 'role-session' && identity.sessionPolicy !== undefined
			? namedPolicyOf('session', identity.sessionPolicy)
			: undefined;
	const decision = decide(asked, {
		identity: identityPoliciesOf(world, identity),
		...(resourcePolicy === undefined ? {} : {resource: resourcePolicy}),
		...(sessionPolicy === undefined ? {} : {boundary: sessionPolicy}),
	});
	return {request: asked, decision};
}

export function identityPoliciesOf(world: World, identity: Identity | undefined): readonly NamedPolicy[] {
	if (identity === undefined) return [];
	const holder = identity.kind === 'user' ? identity.user : identity.role;
	return namedPoliciesOf(holder.policies.inEffect(world.clock.now()));
}

/** Takes inline policies as text, gives them read. */
export function namedPoliciesOf(policies: InlinePolicies): readonly NamedPolicy[] {
	return [...policies].map(([name, text]) => namedPolicyOf(name, text));
}

export function namedPolicyOf(name: string, text: string): NamedPolicy {
	return {name, document: documentOf(text)};
}

const documents = new Map<string, PolicyDocument>();
const documentsKept = 1000;

/** Policies are read on every request and change seldom. */
function documentOf(text: string): PolicyDocument {
	const known = documents.get(text);
	if (known !== undefined) return known;
	// It was checked when it was written.
	const document = JSON.parse(text) as PolicyDocument;
	if (documents.size >= documentsKept) documents.clear();
	documents.set(text, document);
	return document;
}
