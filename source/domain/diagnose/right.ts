import type {ConditionElement} from '../../policy/document.js';
import {bucketArn, objectsArn} from '../arn.js';
import {dutiesOf, type Need} from '../role/duties.js';
import {weightOf} from '../role/need-weight.js';
import {filterOf} from '../rule/rule-filter.js';
import {type Case, dutyContextOf, keyNamed} from './case.js';
import {places} from './finding.js';
import type {ReasonCode} from './reason-codes.js';

/** Something that the role has to be allowed for a copy, and the reason of the failure where it is not. */
export type Right = {
	readonly action: string;
	/** An ARN; a pattern where no object is asked about. */
	readonly resource: string;
	readonly condition?: ConditionElement;
	readonly at: 'source' | 'destination' | 'source-key' | 'destination-key';
	readonly reason: ReasonCode;
	readonly place: number;
	/** AWS lists it, and does not say what happens without it; or it matters to some objects only. */
	readonly isMinor: boolean;
	/** It needs no Allow, but a Deny stops it. */
	readonly onlyIfDenied?: true;
	/** Only the resource's own policy is asked. */
	readonly isOfResource?: true;
};

type Entry = {readonly reason: ReasonCode; readonly place: number; readonly isMinor?: true};

const {sourceRights, destinationRights} = places;

/**
 * What S3 says where the role may not do it. Source: S3 User Guide, "Amazon S3 replication failure reasons"; what is lost without a right
 * to the source bucket itself is not documented.
 */
const reasonOfAction: Readonly<Record<string, Entry>> = {
	's3:GetReplicationConfiguration': {
		reason: 'role-lacks-source-bucket',
		place: sourceRights,
		isMinor: true,
	},
	's3:ListBucket': {reason: 'role-lacks-source-bucket', place: sourceRights, isMinor: true},
	's3:GetObjectVersionForReplication': {reason: 'SrcGetObjectNotPermitted', place: sourceRights + 1},
	's3:GetObjectVersionAcl': {reason: 'SrcGetAclNotPermitted', place: sourceRights + 2},
	's3:GetObjectVersionTagging': {reason: 'SrcGetTaggingNotPermitted', place: sourceRights + 3},
	's3:GetObjectRetention': {reason: 'SrcGetRetentionNotPermitted', place: sourceRights + 4},
	's3:GetObjectLegalHold': {reason: 'SrcGetLegalHoldNotPermitted', place: sourceRights + 5},
	's3:ReplicateObject': {reason: 'DstPutObjectNotPermitted', place: destinationRights},
	's3:ObjectOwnerOverrideToBucketOwner': {
		reason: 'DstPutObjectNotPermitted',
		place: destinationRights + 1,
	},
	's3:ReplicateTags': {reason: 'DstPutTaggingNotPermitted', place: destinationRights + 2},
	's3:ReplicateDelete': {reason: 'DstDelObjNotPermitted', place: destinationRights + 3},
	's3:PutObjectRetention': {reason: 'DstPutRetentionNotPermitted', place: destinationRights + 4},
	's3:PutObjectLegalHold': {reason: 'DstPutLegalHoldNotPermitted', place: destinationRights + 5},
	's3:GetBucketVersioning': {
		reason: 'policy-lacks-versioning',
		place: destinationRights + 6,
		isMinor: true,
	},
	's3:PutBucketVersioning': {
		reason: 'policy-lacks-versioning',
		place: destinationRights + 6,
		isMinor: true,
	},
};

/** Everything that the role has to be allowed for the rule, or for the object, in the order in which S3 asks for it. */
export function rightsOf(one: Case): readonly Right[] {
	const {rule, object, observed} = one;
	const {role, bucketPolicy} = dutiesOf(rule, dutyContextOf(one));
	const keys = role.filter(({resource}) => resource.includes(':kms:'));
	const own = role.filter((need) => !keys.includes(need)).flatMap((need) => objectRights(one, need));
	const across = one.isCrossAccount
		? bucketPolicy
				.filter(({resource}) => resource === bucketArn(observed.partition, one.destinationName))
				.flatMap((need) => objectRights(one, need))
				.map((right) => ({...right, isOfResource: true as const}))
		: [];
	const rights = [...own, ...across, ...lockRights(one), ...keys.flatMap((need) => keyRights(one, need))];
	const wanted = object?.isDeleteMarker
		? rights.filter(({action}) => action === 's3:ReplicateDelete')
		: rights.filter((right) => isAsked(one, right));
	return [...wanted].sort((left, right) => left.place - right.place);
}

function objectRights(one: Case, {actions, resource}: Need): readonly Right[] {
	const at = resource.startsWith(bucketArn(one.observed.partition, one.source.bucket))
		? 'source'
		: 'destination';
	return actions.flatMap((action) => {
		const found = reasonOfAction[action];
		if (!found) return [];
		const {reason, place, isMinor = false} = found;
		// Tags travel with ReplicateObject: AWS lists no Allow for them across accounts, and documents a Deny as the way to refuse them.
		const isTags = action === 's3:ReplicateTags';
		const right: Right = {
			action,
			resource: narrowed(one, resource),
			at: resource.startsWith(`${bucketArn(one.observed.partition, one.destinationName)}/`)
				? 'destination'
				: at,
			reason: action === 's3:ReplicateObject' ? replicateReason(one) : reason,
			place,
			isMinor,
			...(isTags && filterOf(one.rule).tags.length === 0 ? {onlyIfDenied: true as const} : {}),
		};
		return [right];
	});
}

/** What the rule takes of a bucket's objects, or the one object. */
function narrowed({object, rule}: Case, resource: string): string {
	if (!resource.endsWith('/*')) return resource;
	const all = resource.slice(0, -1);
	return object ? `${all}${object.key}` : `${all}${filterOf(rule).prefix}*`;
}

/** A large object is written in parts, each with a reason of its own; the first is met first. */
function replicateReason({object}: Case): ReasonCode {
	return (object?.partCount ?? 1) > 1 ? 'DstMultipartInitNotPermitted' : 'DstPutObjectNotPermitted';
}

/** Whether S3 asks for it at all, for the rule or the object. */
function isAsked({object, rule, options, destination}: Case, {action}: Right): boolean {
	switch (action) {
		case 's3:ReplicateDelete': {
			return object === undefined && weightOf(action, rule).level !== 'none';
		}

		// With BucketOwnerEnforced the owner of the destination has its replicas anyway (S3 User Guide, replication-change-owner).
		case 's3:ObjectOwnerOverrideToBucketOwner': {
			const ownership = destination.state === 'existing' ? destination.seen.ownership : undefined;
			return !(ownership?.isRead && ownership.value === 'BucketOwnerEnforced');
		}

		case 's3:ReplicateTags': {
			return object?.tags?.isRead ? object.tags.value.length > 0 : true;
		}

		case 'kms:Decrypt':
		case 'kms:Encrypt':
		case 'kms:GenerateDataKey': {
			return (
				options.kmsKey !== undefined && (object?.encryption === undefined || object.encryption.kind === 'kms')
			);
		}

		default: {
			return true;
		}
	}
}

/** That these fail where they are denied is documented (replication-metrics-events), that they need an Allow is not. */
function lockRights(one: Case): readonly Right[] {
	const {source, object, observed, destinationName} = one;
	if (!source.lock.isRead || !source.lock.value.isEnabled) return [];
	const resource = narrowed(one, objectsArn(observed.partition, destinationName));
	const actions = [
		...((object?.hasRetention ?? true) ? ['s3:PutObjectRetention'] : []),
		...((object?.hasLegalHold ?? true) ? ['s3:PutObjectLegalHold'] : []),
	];
	return actions.flatMap((action) => {
		const found = reasonOfAction[action];
		return found
			? [
					{
						action,
						resource,
						at: 'destination' as const,
						reason: found.reason,
						place: found.place,
						isMinor: object === undefined,
						onlyIfDenied: true as const,
					},
				]
			: [];
	});
}

/** What it does with keys. The encryption context is the object's ARN, or the bucket's where a bucket key is used. */
function keyRights(one: Case, {actions, resource, condition}: Need): readonly Right[] {
	const {object, observed, source, destinationName} = one;
	const sourceObjects = objectsArn(observed.partition, source.bucket);
	const isSource = JSON.stringify(condition).includes(`"${sourceObjects}"`);
	const bucket = isSource ? source.bucket : destinationName;
	const context = object && contextAt(one, bucket, isSource);
	return actions.map((action) => ({
		action,
		resource: keyNamed(observed, resource)?.arn ?? resource,
		condition: context === undefined ? condition : withContext(condition, context),
		at: isSource ? ('source-key' as const) : ('destination-key' as const),
		reason: isSource ? ('SrcGetObjectNotPermitted' as const) : replicateReason(one),
		place: isSource ? places.sourceKey : places.destinationKey,
		isMinor:
			!isSource &&
			(action === 'kms:GenerateDataKey' || (action === 'kms:Decrypt' && !replicaUsesBucketKey(one))),
	}));
}

/** The one encryption context of the object; nothing where it is not known which of the two counts. */
function contextAt(one: Case, bucket: string, isSource: boolean): string | undefined {
	const {object, observed} = one;
	const ofBucket = bucketArn(observed.partition, bucket);
	const isKeyOfBucket = object?.encryption?.kind === 'kms' && object.encryption.usesBucketKey;
	if (isSource ? isKeyOfBucket : replicaUsesBucketKey(one)) return ofBucket;
	// Whose setting of bucket keys counts for a replica is not documented.
	return isKeyOfBucket ? undefined : `${ofBucket}/${object?.key ?? '*'}`;
}

/** Replicas get a bucket key where their bucket has one by default (S3 User Guide, "Replicating encrypted objects"). */
function replicaUsesBucketKey({destination}: Case): boolean {
	if (destination.state !== 'existing') return false;
	const {encryption} = destination.seen;
	return encryption.isRead && encryption.value.usesBucketKey;
}

function withContext(condition: ConditionElement | undefined, arn: string): ConditionElement {
	return {StringLike: {...condition?.['StringLike'], 'kms:EncryptionContext:aws:s3:arn': arn}};
}
