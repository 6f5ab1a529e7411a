import {decide, type AccessRequest, type Caller, type Decision, type NamedPolicy} from '../policy/decide.js';
import {type PolicyDocument} from '../policy/document.js';
import {type InlinePolicies, type PolicyHolder, type Role, type User} from './world/account.js';
import {type Identity} from './world/credential.js';
import {findManagedPolicy, type World} from './world/world.js';

/** Takes whose key signed the request, gives the caller as policies see it. */
export function callerOf(identity: Identity | undefined): Caller {
	if (identity === undefined) return {kind: 'anonymous'};
	if (identity.kind === 'user') {
		return userCallerOf(identity.user);
	}
	return sessionCallerOf(identity.role, identity.sessionName);
}

/** The caller that a user is. */
export function userCallerOf({accountId, arn, userId}: User): Caller {
	return {kind: 'user', accountId, arn, uniqueId: userId};
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
	const decision = decide(asked, {
		identity: identityPoliciesOf(world, identity),
		...capsOf(world, identity),
		...(resourcePolicy === undefined ? {} : {resource: resourcePolicy}),
	});
	return {request: asked, decision};
}

/** What caps the caller: its permissions boundary and the policy that its session was opened with. */
export function capsOf(
	world: World,
	identity: Identity | undefined,
): {readonly boundary?: NamedPolicy; readonly session?: NamedPolicy} {
	if (identity === undefined) return {};
	const boundary = boundaryOf(world, holderOf(identity));
	const session =
		identity.kind === 'role-session' && identity.sessionPolicy !== undefined
			? namedPolicyOf('session', identity.sessionPolicy)
			: undefined;
	return {...(boundary === undefined ? {} : {boundary}), ...(session === undefined ? {} : {session})};
}

/** The permissions boundary that is in effect now. One whose policy was deleted since allows nothing. */
export function boundaryOf(world: World, holder: PolicyHolder): NamedPolicy | undefined {
	const arn = holder.boundaryArn.inEffect(world.clock.now());
	if (arn === undefined) return undefined;
	const text = findManagedPolicy(world, arn)?.document.inEffect(world.clock.now());
	return namedPolicyOf(arn, text ?? nothing);
}

const nothing = JSON.stringify({Version: '2012-10-17', Statement: []});

export function identityPoliciesOf(world: World, identity: Identity | undefined): readonly NamedPolicy[] {
	return identity === undefined ? [] : policiesOf(world, holderOf(identity));
}

function holderOf(identity: Identity): PolicyHolder {
	return identity.kind === 'user' ? identity.user : identity.role;
}

/** The policies of a user or role that are in effect now: those in it and those attached to it. */
export function policiesOf(world: World, holder: PolicyHolder): readonly NamedPolicy[] {
	const now = world.clock.now();
	const attached = holder.attached.inEffect(now).flatMap((arn) => {
		const text = findManagedPolicy(world, arn)?.document.inEffect(now);
		return text === undefined ? [] : [namedPolicyOf(arn, text)];
	});
	return [...namedPoliciesOf(holder.policies.inEffect(now)), ...attached];
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
