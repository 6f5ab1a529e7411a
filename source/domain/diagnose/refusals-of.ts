import {allowsAll, type NamedPolicy, type PolicySet, type Reason} from '../../policy/decision.js';
import type {SameAccountRule} from '../../policy/decide.js';
import {statementsOf} from '../../policy/document.js';
import type {ForeseenRequest} from '../../policy/access-request.js';
import {type Doubt, foresee, foreseeEvery} from '../../policy/foresee.js';
import {accountOfArn, partitionOfArn} from '../arn.js';
import {replicationCalls} from '../role/replication-calls.js';
import {boundaryOf, type Case, keyPolicyOf, policiesOf} from './case.js';
import type {Certainty} from './finding.js';
import type {Right} from './right.js';

/** Why the role may not, or perhaps not: one statement, or one kind of policy in which an Allow is missing. */
export type Refusal = {
	readonly right: Right;
	readonly certainty: Certainty;
	readonly reason: Reason | Doubt;
	/** It may do so with some of the objects. */
	readonly isPartial: boolean;
};

const admitsAll: NamedPolicy = {
	name: 'everything',
	document: {
		Version: '2012-10-17',
		Statement: {Effect: 'Allow', Principal: '*', Action: '*', Resource: '*'},
	},
};

/** Weighs everything that was read as AWS does when S3 asks as the role; what was not read is taken to allow. Pure. */
export function refusalsOf(one: Case, right: Right): readonly Refusal[] {
	const {policies, rule, resourceAccountId, isResourceRead} = policiesFor(one, right);
	const calls = callsOf(one, right).map((call) => ({...call, resourceAccountId}));
	const answers = calls.map((call) => foreseeEvery(call, policies, rule));
	const refused = answers.map((answer) => answer.refused).filter(({length}) => length > 0);
	const doubts = answers.flatMap((answer) => answer.doubts);
	const isWhole = refused.length === answers.length;
	const isReached = ({where}: Reason): boolean =>
		calls.some((call) =>
			isTouched(one, {...call, resourceAccountId: accountOfArn(one.roleArn)}, where, policies),
		);
	const certain = unique(refused.flat()).filter(
		({effect}) => right.onlyIfDenied !== true || effect === 'explicit-deny',
	);
	return [
		...certain.map((reason): Refusal => {
			const isPartial = !isWhole || (reason.effect === 'missing-allow' && isReached(reason));
			const isMinor = right.isMinor || isPartial || isTagsUngranted(right, reason);
			return {
				right,
				reason,
				isPartial,
				certainty: isMinor ? 'possible' : certaintyOf(one, right, reason, isResourceRead),
			};
		}),
		...unique(doubts)
			.filter(({effect}) => right.onlyIfDenied !== true || effect === 'explicit-deny')
			.map((reason): Refusal => ({right, reason, isPartial: false, certainty: 'possible'})),
	];
}

/** Tags travel with ReplicateObject; ReplicateTags is for later changes, and is denied to refuse tags (setting-repl-config-perm-overview). */
function isTagsUngranted({action}: Right, {effect}: Reason): boolean {
	return action === 's3:ReplicateTags' && effect === 'missing-allow';
}

function certaintyOf(
	one: Case,
	{at, action}: Right,
	{effect, where}: Reason,
	isResourceRead: boolean,
): Certainty {
	// With BucketOwnerEnforced the destination's owner has its replicas without it.
	const {destination} = one;
	const isOwnershipRead = destination.state === 'existing' && destination.seen.ownership.isRead;
	if (action === 's3:ObjectOwnerOverrideToBucketOwner' && !isOwnershipRead) return 'likely';
	if (effect === 'explicit-deny' || where !== 'identity') return 'certain';
	if ((one.role?.unread.length ?? 0) > 0) return 'possible';
	// In one account the resource's own policy may allow it.
	const isOneAccount =
		at === 'source' || (at === 'destination' && !one.isCrossAccount) || at === 'source-key';
	return isOneAccount && !isResourceRead ? 'likely' : 'certain';
}

type Weighed = {
	readonly policies: PolicySet;
	readonly rule: SameAccountRule;
	readonly resourceAccountId: string;
	readonly isResourceRead: boolean;
};

function policiesFor(one: Case, right: Right): Weighed {
	const {role, roleArn} = one;
	const identity = role === undefined || right.isOfResource ? [allowsAll] : policiesOf(role);
	const boundary = role === undefined || right.isOfResource ? undefined : boundaryOf(role);
	const own = {identity, ...(boundary ? {boundary} : {})};
	const {document, accountId} = resourcePolicyOf(one, right);
	const isKey = right.at.endsWith('key');
	const resource =
		document === 'unread'
			? isKey || accountId !== accountOfArn(roleArn)
				? keyOrForeign(isKey, roleArn, accountId)
				: undefined
			: document;
	return {
		policies: {...own, ...(resource ? {resource} : {})},
		rule: isKey ? 'resource-in-any-case' : 'either-side',
		resourceAccountId: accountId,
		isResourceRead: document !== 'unread',
	};
}

/** A policy that was not read is taken to let in, a key's of the same account as KMS writes it by default: it leaves it to IAM. */
function keyOrForeign(isKey: boolean, roleArn: string, accountId: string): NamedPolicy {
	if (!isKey || accountOfArn(roleArn) !== accountId) return admitsAll;
	const Principal = {AWS: `arn:${partitionOfArn(roleArn)}:iam::${accountId}:root`};
	return {
		name: 'key policy',
		document: {
			Version: '2012-10-17',
			Statement: {Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*'},
		},
	};
}

type ResourcePolicy = {
	readonly document: NamedPolicy | undefined | 'unread';
	readonly accountId: string;
};

/** The policy of what is asked for, and whose it is. */
function resourcePolicyOf(one: Case, {at, resource}: Right): ResourcePolicy {
	const {source, destination, observed, rule} = one;
	if (at === 'source-key' || at === 'destination-key') {
		const accountId = /:kms:[^:]*:(\d+):/.exec(resource)?.[1] ?? source.accountId;
		const document = keyPolicyOf(observed, resource);
		if (document === undefined) return {document: 'unread', accountId};
		return {document: {name: `the policy of ${resource}`, document}, accountId};
	}

	const bucket = at === 'source' ? source : destination.state === 'existing' ? destination.seen : undefined;
	const accountId = bucket?.accountId ?? rule.Destination.Account ?? source.accountId;
	if (!bucket?.policy.isRead) return {document: 'unread', accountId};
	const {value: document} = bucket.policy;
	return {document: document && {name: `the policy of ${bucket.bucket}`, document}, accountId};
}

function callsOf(one: Case, {action, resource, condition}: Right) {
	const {source, destination, destinationName, roleArn, options, object} = one;
	const there = destination.state === 'existing' ? destination.seen : undefined;
	const kms = object?.encryption?.kind;
	const calls = replicationCalls(
		roleArn,
		action,
		{actions: [action], resource, ...(condition ? {condition} : {})},
		{
			[source.bucket]: {accountId: source.accountId, region: source.region},
			[destinationName]: {
				accountId: there?.accountId ?? one.rule.Destination.Account,
				...(there ? {region: there.region} : {}),
				replicaKeys: options.kmsKey === undefined || kms === 's3' ? [] : [options.kmsKey],
			},
		},
	);
	// Of an object it is known how its replica is encrypted.
	const encrypted = calls.filter(({perhaps}) => perhaps?.['s3:x-amz-server-side-encryption'] === 'aws:kms');
	return kms === 'kms' && encrypted.length > 0 ? encrypted : calls;
}

/**
 * Whether an Allow where one is missing reaches a part of what is asked for: then some objects are allowed. Asked by reading every Allow as a Deny of
 * somebody who may do everything.
 */
function isTouched(
	{object}: Case,
	call: ForeseenRequest,
	where: Reason['where'],
	{identity, resource}: PolicySet,
): boolean {
	if (object !== undefined || !call.resource.includes('*')) return false;
	const flipped = ({name, document}: NamedPolicy): NamedPolicy => ({
		name,
		document: {
			...document,
			Statement: statementsOf(document)
				.filter(({Effect}) => Effect === 'Allow')
				.map((statement) => ({...statement, Effect: 'Deny' as const})),
		},
	});
	const answer = foresee(call, {
		identity: [allowsAll, ...(where === 'identity' ? identity.map(flipped) : [])],
		...(resource && where === 'resource' ? {resource: flipped(resource)} : {}),
	});
	return answer.outcome === 'open' && answer.doubts.some(({unsure}) => unsure.isPartial);
}

function unique<T>(reasons: readonly T[]): readonly T[] {
	return [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()];
}
