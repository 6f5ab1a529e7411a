import {
	type ConditionElement,
	listOf,
	type PolicyDocument,
	type Statement,
	statementsOf,
} from '../../policy/document.js';
import type {Doubt} from '../../policy/foresee.js';
import type {Reason} from '../../policy/decision.js';
import {accountOfArn, bucketOfArn} from '../arn.js';
import {managedAlias} from '../observed/key-choices.js';
import type {ProblemDocument} from '../problem.js';
import {joined, type Need, policyFor} from '../role/duties.js';
import {doubtText, whoKnows} from '../role/doubt-text.js';
import {kindOf, staleStatements} from '../role/deleted-principals.js';
import {boundaryOf, type Case, keyNamed, keyPolicyOf, policiesOf} from './case.js';
import type {MendKind, PlacedFinding} from './finding.js';
import {type Refusal, refusalsOf} from './refusals-of.js';
import type {ReasonCode} from './reason-codes.js';
import {type Right, rightsOf} from './right.js';

/** What the role may not do of all that the rule or the object needs: one finding a reason and statement. */
export function rightsFindings(one: Case, code: ReasonCode): readonly PlacedFinding[] {
	const all = rightsOf(one).flatMap((right) => refusalsOf(one, right));
	const groups = new Map<string, Refusal[]>();
	for (const refusal of all.filter(({right}) => right.reason === code)) {
		const {right, reason, certainty, isPartial} = refusal;
		const key = JSON.stringify([right.at, certainty, isPartial, {...reason}]);
		groups.set(key, [...(groups.get(key) ?? []), refusal]);
	}

	return [...groups.values()].flatMap((group) => {
		const [first] = group;
		return first ? [findingOf(one, first, group, all)] : [];
	});
}

function findingOf(
	one: Case,
	first: Refusal,
	group: readonly Refusal[],
	all: readonly Refusal[],
): PlacedFinding {
	const {right, reason, certainty, isPartial} = first;
	const actions = [...new Set(group.map((refusal) => refusal.right.action))];
	const part = isPartial && reason.unsure === undefined ? ' for some of the objects' : '';
	return {
		reason: right.reason,
		place: Math.min(...group.map((refusal) => refusal.right.place)),
		certainty,
		headline: headlineOf(one, right, reason),
		evidence: `${evidenceOf(one, right, reason, actions)}${part}.${knowersOf(reason)}`,
		...mendOf(one, first, all),
	};
}

const thingOf = ({resource}: Right): string =>
	resource.includes(':kms:') ? resource : bucketOfArn(resource);
const holderOf = ({at}: Right, one: Case): string =>
	at === 'source' ? one.source.bucket : at === 'destination' ? one.destinationName : 'the KMS key';

function headlineOf(one: Case, right: Right, {effect, where, unsure}: Reason): string {
	const holder = holderOf(right, one);
	if (unsure !== undefined) return `Role ${one.roleName} may not reach ${holder}, by a condition`;
	if (effect === 'explicit-deny') {
		const by =
			where === 'resource' ? `The policy of ${holder}` : where === 'boundary' ? 'Its boundary' : 'A policy';
		return `${by} denies role ${one.roleName} ${right.action}`;
	}

	if (where === 'resource') return `The policy of ${holder} lacks role ${one.roleName}`;
	if (where === 'boundary') return `The boundary of ${one.roleName} lacks ${right.action}`;
	return `Role ${one.roleName} lacks ${right.action} on ${holder}`;
}

function evidenceOf(one: Case, right: Right, reason: Reason | Doubt, actions: readonly string[]): string {
	const {effect, where, policy, statement = '', unsure} = reason;
	const what = actions.join(', ');
	if (unsure !== undefined || effect === 'explicit-deny') {
		const text = doubtText({
			effect: effect === 'explicit-deny' ? 'denies' : 'allows',
			actions,
			statement,
			...(policy === undefined ? {} : {policy}),
			unsure: unsure ?? {conditions: [], keys: [], isPartial: false},
		});
		return text.replace(/\.$/, '');
	}

	if (where === 'resource') {
		const holder = holderOf(right, one);
		const document = policyAt(one, right);
		if (document === undefined) return `${holder} has no policy, and belongs to another account`;
		const stale = staleStatements(document).map(
			({name, id}) => ` (statement ${name} names ${id}, a deleted ${kindOf(id)})`,
		);
		return `No statement in the policy of ${holder} allows ${one.roleArn} ${what}${stale.join('')}`;
	}

	if (where === 'boundary') return `The boundary ${policy ?? ''} allows no ${what} on ${thingOf(right)}`;
	const names = one.role ? policiesOf(one.role).map(({name}) => name) : [];
	const read = names.length === 0 ? 'it has no policy' : `its policies are ${names.join(', ')}`;
	return `No policy of ${one.roleArn} allows ${what} on ${thingOf(right)}: ${read}`;
}

function knowersOf({unsure}: Reason): string {
	const known = unsure === undefined ? '' : whoKnows([unsure]);
	return known === '' ? '' : ` ${known}`;
}

/** The policy of the bucket or key that a right is about, where it was read and there is one. */
function policyAt({source, destination, observed}: Case, {at, resource}: Right): PolicyDocument | undefined {
	if (at.endsWith('key')) return keyPolicyOf(observed, resource);

	const bucket = at === 'source' ? source : destination.state === 'existing' ? destination.seen : undefined;
	return bucket?.policy.isRead ? bucket.policy.value : undefined;
}

type Mend = {readonly mend: string; readonly mendKind: MendKind; readonly document?: ProblemDocument};

function mendOf(one: Case, refusal: Refusal, all: readonly Refusal[]): Mend {
	const {right, reason} = refusal;
	const {effect, where} = reason;
	if (effect === 'explicit-deny') {
		const statement = statementOf(one, right, reason);
		return {
			mend: `Whoever manages ${ownerOf(one, right, reason)} can let the statement spare ${one.roleArn}.`,
			mendKind: 'document',
			...(statement ? {document: {title: 'The statement that decides', value: statement}} : {}),
		};
	}

	const needs = missingAt(all, refusal);
	// An Allow under a condition is helped by one without it; the plan leaves it, since it may hold.
	const ifNot = reason.unsure === undefined ? '' : ', unless the condition holds';
	const byPlan = reason.unsure === undefined && isPlanned(one, right) ? 'plan' : 'document';
	if (where === 'resource') {
		const isKey = right.at.endsWith('key');
		if (isKey && keyNamed(one.observed, right.resource)?.manager === 'AWS') return otherKey(right);
		const stale = staleStatements(policyAt(one, right) ?? {Version: '2012-10-17', Statement: []});
		const named = [...new Set(stale.map(({name}) => name))].join(', ');
		// S3 and KMS refuse a policy as a whole that names who does not exist.
		const first = named === '' ? '' : `Remove what names deleted roles and users (${named}) first. `;
		return {
			mend: `${first}Add this statement to the policy of ${isKey ? right.resource : holderOf(right, one)}${ifNot}.`,
			mendKind: right.at === 'source' ? 'document' : byPlan,
			document: {
				title: `Statement for the policy of ${isKey ? right.resource : holderOf(right, one)}`,
				value: resourceStatement(one, needs, isKey),
			},
		};
	}

	if (where === 'boundary') {
		return {
			mend: `Whoever manages the boundary of ${one.roleName} can allow this in it${ifNot}.`,
			mendKind: 'document',
			document: {title: `Permissions for the boundary of ${one.roleName}`, value: policyFor(needs)},
		};
	}

	return {
		mend: `Add these permissions to role ${one.roleName}${ifNot}.`,
		mendKind: byPlan,
		document: {title: `Permissions for role ${one.roleName}`, value: policyFor(needs)},
	};
}

/** A plan gives the role the key of the source's default encryption, else those of the account; older objects may have another. */
function isPlanned({source, observed}: Case, {at, resource}: Right): boolean {
	if (at !== 'source-key') return true;
	const {encryption, accountId} = source;
	const byDefault =
		encryption.isRead && encryption.value.algorithm.startsWith('aws:kms')
			? keyNamed(observed, encryption.value.keyId ?? managedAlias)?.arn
			: undefined;
	return byDefault === undefined ? accountOfArn(resource) === accountId : byDefault === resource;
}

/** Nobody changes the policy of a key that AWS manages: it lets in no other account. Source: S3 User Guide, "Troubleshooting replication" (across accounts); that nobody changes it is not verified. */
function otherKey({at}: Right): Mend {
	const isSource = at === 'source-key';
	return {
		mend: isSource
			? 'Encrypt the source with a customer managed key: AWS manages this one, with its policy.'
			: 'Name a customer managed key of the destination in the rule: AWS manages this one, with its policy.',
		mendKind: 'advice',
	};
}

/** Everything that is missing in the same place, or hangs on conditions there: one document closes it. */
function missingAt(all: readonly Refusal[], {right: at, reason: first}: Refusal): readonly Need[] {
	const {where} = first;
	const missing = all.filter(
		({reason, right}) =>
			reason.effect === first.effect &&
			(reason.unsure === undefined) === (first.unsure === undefined) &&
			reason.where === where &&
			(where !== 'resource' ||
				(right.at === at.at && right.resource.includes(':kms:') === at.resource.includes(':kms:'))),
	);
	return joined(
		missing.map(({right: {action, resource, condition, at: place}}) => ({
			actions: [action],
			// What one object needs, the others need as well.
			resource: place.endsWith('key') ? resource : resource.replace(/^([^/]*)\/.*$/, '$1/*'),
			...(condition === undefined ? {} : {condition: ofAllObjects(condition)}),
		})),
	);
}

/** The context of one object's key is that of any: of the bucket, with bucket keys, or of an object in it. */
function ofAllObjects(condition: ConditionElement): ConditionElement {
	const context = 'kms:EncryptionContext:aws:s3:arn';
	return Object.fromEntries(
		Object.entries(condition).map(([operator, keys]) => {
			const {[context]: arn} = keys;
			if (typeof arn !== 'string') return [operator, keys];
			const [bucket = ''] = arn.split('/');
			return [operator, {...keys, [context]: [bucket, `${bucket}/*`]}];
		}),
	);
}

/** KMS and S3 refuse a principal that does not exist: where the role is gone, its account is one that does. */
function resourceStatement(one: Case, needs: readonly Need[], isKey: boolean): unknown {
	const [, partition, , , account] = one.roleArn.split(':');
	if (isKey) {
		return {
			Sid: 'S3Replication',
			Effect: 'Allow',
			Principal: {AWS: `arn:${partition}:iam::${account}:root`},
			Action: [...new Set(needs.flatMap(({actions}) => actions))],
			Resource: '*',
			Condition: {ArnEquals: {'aws:PrincipalArn': one.roleArn}},
		};
	}

	const statements = needs.map(({actions, resource}) => ({
		Effect: 'Allow',
		Principal: {AWS: one.roleArn},
		Action: actions,
		Resource: resource,
	}));
	return statements.length === 1 ? statements[0] : statements;
}

function statementOf(one: Case, right: Right, {where, policy, statement}: Reason): Statement | undefined {
	const boundary = one.role && boundaryOf(one.role);
	const document =
		where === 'resource'
			? policyAt(one, right)
			: [...(one.role ? policiesOf(one.role) : []), ...(boundary ? [boundary] : [])].find(
					({name}) => name === policy,
				)?.document;
	if (document === undefined) return undefined;
	return listOf(statementsOf(document)).find(({Sid}, index) => (Sid ?? String(index + 1)) === statement);
}

function ownerOf(one: Case, right: Right, {where, policy}: Reason): string {
	if (where !== 'resource') return policy ?? `role ${one.roleName}`;
	return right.at.endsWith('key')
		? `the policy of ${right.resource}`
		: `the policy of ${holderOf(right, one)}`;
}
