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
import {
	type BoundedHolder,
	type Group,
	type InlinePolicies,
	type PolicyHolder,
	type Role,
	type Tag,
	type User,
} from '../world/account.js';
import {type Identity, type SessionTerms} from '../world/credential.js';
import {findManagedPolicy, type World} from '../world/world.js';
import {partitionIdIn} from '../world/partition.js';

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
		arn: `arn:${partitionIdIn(role.arn)}:sts::${role.accountId}:assumed-role/${role.roleName}/${sessionName}`,
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

/** Decides a request by the caller's policies that are in effect now and the resource's policy, by the rule of the service. */
export function decideAccess(
	world: World,
	identity: Identity | undefined,
	request: Omit<AccessRequest, 'caller'>,
	resourcePolicy?: NamedPolicy,
	rule: typeof decide = decide,
): {readonly request: AccessRequest; readonly decision: Decision} {
	const {action, resource, resourceAccountId} = request;
	const brought = identity?.kind === 'role-session' ? identity.terms.context : undefined;
	const mfa = mfaContextOf(identity, world.clock.now());
	const context = withKeys(request.context, brought === undefined ? mfa : {...mfa, ...brought});
	const asked = {caller: callerOf(identity), action, resource, resourceAccountId, context};
	const {boundary, session} = capsOf(world, identity);
	const policies = {
		identity: identityPoliciesOf(world, identity),
		boundary,
		session,
		resource: resourcePolicy,
	};
	return {request: asked, decision: rule(asked, policies)};
}

function withKeys(
	context: AccessRequest['context'],
	keys: Readonly<Record<string, string | readonly string[]>> | undefined,
): AccessRequest['context'] {
	if (keys === undefined) return context;
	return () => ({...keys, ...(typeof context === 'function' ? context() : context)});
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
export function boundaryOf(world: World, holder: BoundedHolder): NamedPolicy | undefined {
	const arn = holder.boundaryArn.inEffect(world.clock.now());
	if (arn === undefined) return undefined;
	const text = findManagedPolicy(world, arn)?.document.inEffect(world.clock.now());
	return namedPolicyOf(arn, text ?? nothing);
}

const nothing = JSON.stringify({Version: '2012-10-17', Statement: []});

export function identityPoliciesOf(world: World, identity: Identity | undefined): readonly NamedPolicy[] {
	return identity === undefined ? [] : policiesOf(world, holderOf(identity));
}

function holderOf(identity: Identity): User | Role {
	return identity.kind === 'user' ? identity.user : identity.role;
}

/**
 * The policies of a user, role or group that are in effect now: those in it, those attached to it, and a user's those
 * of its groups (IAM User Guide, reference_policies_evaluation-logic). No boundary of a group's stands against them.
 */
export function policiesOf(world: World, holder: User | Role | Group): readonly NamedPolicy[] {
	const own = ownPoliciesOf(world, holder);
	if (holder.kind !== 'user') return own;
	const ofGroups = groupsOf(world, holder).flatMap((group) =>
		ownPoliciesOf(world, group, (name) => groupPolicyName(group, name)),
	);
	return ofGroups.length === 0 ? own : [...own, ...ofGroups];
}

/** The groups that a user is in now. */
export function groupsOf(world: World, user: User): readonly Group[] {
	const groups = world.accounts.get(user.accountId)?.groups;
	if (groups === undefined || groups.size === 0) return [];
	const now = world.clock.now();
	return [...groups.values()].filter(({members}) => members.inEffect(now).includes(user));
}

/** What decisions about a user call a policy in a group of its: the user may have one of the same name. */
export function groupPolicyName({groupName}: Group, policyName: string): string {
	return `group_${groupName}_${policyName}`;
}

function ownPoliciesOf(
	world: World,
	holder: PolicyHolder,
	nameOf = (name: string): string => name,
): readonly NamedPolicy[] {
	const now = world.clock.now();
	const attached = holder.attached.inEffect(now).flatMap((arn) => {
		const text = findManagedPolicy(world, arn)?.document.inEffect(now);
		return text === undefined ? [] : [namedPolicyOf(arn, text)];
	});
	return [...inlineOf(holder.policies.inEffect(now), nameOf), ...attached];
}

function inlineOf(policies: InlinePolicies, nameOf: (name: string) => string): readonly NamedPolicy[] {
	return [...policies].map(([name, text]) => namedPolicyOf(nameOf(name), text));
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
