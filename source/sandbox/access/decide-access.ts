import {
	decide,
	type AccessRequest,
	type Caller,
	type Decision,
	type NamedPolicy,
	type PolicySet,
} from '../../policy/decide.js';
import {type PrincipalTags} from '../../policy/access-request.js';
import {type PolicyDocument} from '../../policy/document.js';
import {mfaContextOf} from '../mfa/mfa-context.js';
import {type InlinePolicies, type PolicyHolder, type Role, type Tag, type User} from '../world/account.js';
import {type Identity, type SessionTerms} from '../world/credential.js';
import {findManagedPolicy, type World} from '../world/world.js';

/** Takes whose key signed the request, gives the caller as policies see it. */
export function callerOf(identity: Identity | undefined): Caller {
	if (identity === undefined) return {kind: 'anonymous'};
	if (identity.kind === 'user') {
		return userCallerOf(identity.user);
	}
	return sessionCallerOf(identity.role, identity.sessionName, identity.terms.tags);
}

/** The caller that a user is. */
export function userCallerOf({accountId, arn, userId, tags}: User): Caller {
	return {kind: 'user', accountId, arn, uniqueId: userId, tags: recordOf(tags)};
}

/** The caller that somebody is who has assumed the role. */
export function sessionCallerOf(role: Role, sessionName: string, sessionTags: readonly Tag[] = []): Caller {
	return {
		kind: 'role-session',
		accountId: role.accountId,
		arn: `arn:aws:sts::${role.accountId}:assumed-role/${role.roleName}/${sessionName}`,
		roleArn: role.arn,
		uniqueId: `${role.roleId}:${sessionName}`,
		tags: recordOf(withSessionTags(role.tags, sessionTags)),
	};
}

/** Tags of the session stand in place of the role's, whatever their case (IAM User Guide, id_session-tags). */
function withSessionTags(ofRole: readonly Tag[], ofSession: readonly Tag[]): readonly Tag[] {
	if (ofSession.length === 0) return ofRole;
	const keys = new Set(ofSession.map(({Key}) => Key.toLowerCase()));
	return [...ofRole.filter(({Key}) => !keys.has(Key.toLowerCase())), ...ofSession];
}

function recordOf(tags: readonly Tag[]): PrincipalTags {
	return tags.length === 0 ? noTags : Object.fromEntries(tags.map(({Key, Value}) => [Key, Value]));
}

const noTags: PrincipalTags = {};

/** Decides a request by the caller's policies that are in effect now and the resource's policy. */
export function decideAccess(
	world: World,
	identity: Identity | undefined,
	request: Omit<AccessRequest, 'caller'>,
	resourcePolicy?: NamedPolicy,
): {readonly request: AccessRequest; readonly decision: Decision} {
	const {action, resource, resourceAccountId} = request;
	const context = withMfa(request.context, mfaContextOf(identity, world.clock.now()));
	const asked = {caller: callerOf(identity), action, resource, resourceAccountId, context};
	const {boundary, session} = capsOf(world, identity);
	const policies = {
		identity: identityPoliciesOf(world, identity),
		boundary,
		session,
		resource: resourcePolicy,
	};
	return {request: asked, decision: decide(asked, policies)};
}

function withMfa(
	context: AccessRequest['context'],
	mfa: Readonly<Record<string, string>> | undefined,
): AccessRequest['context'] {
	if (mfa === undefined) return context;
	return () => ({...mfa, ...(typeof context === 'function' ? context() : context)});
}

/** What caps the caller: its permissions boundary and the policy that its session was opened with. */
export function capsOf(
	world: World,
	identity: Identity | undefined,
): Pick<PolicySet, 'boundary' | 'session'> {
	if (identity === undefined) return {};
	const boundary = boundaryOf(world, holderOf(identity));
	const session = identity.kind === 'role-session' ? sessionPoliciesOf(world, identity.terms) : [];
	return {boundary, session};
}

function sessionPoliciesOf(world: World, {policy, policyArns}: SessionTerms): readonly NamedPolicy[] {
	if (policy === undefined && policyArns.length === 0) return [];
	const texts = policyArns.map(
		(arn) => findManagedPolicy(world, arn)?.document.inEffect(world.clock.now()) ?? nothing,
	);
	return [...(policy === undefined ? [] : [policy]), ...texts].map((text) => namedPolicyOf('session', text));
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
