import {hasAcls} from '../s3/acl/object-owner.js';
import {type Bucket} from '../world/bucket.js';
import {type CopyAttempt, type CopyStage} from './copy-attempt.js';

/** An action that the role needs for a copy, and the reason of the failure where it may not. */
export type CopyStep = {
	readonly action: string;
	readonly bucket: Bucket;
	readonly failure: string;
	/** It needs no Allow, but a Deny stops it. */
	readonly onlyIfDenied?: boolean;
};

/** What the role must be allowed at the source, in order (S3 User Guide, setting-repl-config-perm-overview). */
export function sourceSteps({source: bucket, version, stage}: CopyAttempt): readonly CopyStep[] {
	if (version.data === undefined) return [];
	return [
		{
			action: 's3:GetObjectVersionForReplication',
			bucket,
			// For what was copied before, S3 looks at the headers alone (replication-metrics-events names both; which of
			// them when is our reading).
			failure: stage === 'change' ? 'SrcHeadObjectNotPermitted' : 'SrcGetObjectNotPermitted',
		},
		{action: 's3:GetObjectVersionAcl', bucket, failure: 'SrcGetAclNotPermitted'},
		{action: 's3:GetObjectVersionTagging', bucket, failure: 'SrcGetTaggingNotPermitted'},
		...(bucket.objectLock === undefined
			? []
			: [
					{action: 's3:GetObjectRetention', bucket, failure: 'SrcGetRetentionNotPermitted'},
					{action: 's3:GetObjectLegalHold', bucket, failure: 'SrcGetLegalHoldNotPermitted'},
				]),
	];
}

const replicateFailures: Readonly<Record<Exclude<CopyStage, 'change'>, string>> = {
	put: 'DstPutObjectNotPermitted',
	'multipart-init': 'DstMultipartInitNotPermitted',
	'multipart-upload': 'DstMultipartUploadNotPermitted',
	'multipart-complete': 'DstMultipartCompleteNotPermitted',
};

/** The reason where the replica itself is refused, be it by its key (S3 User Guide, replication-metrics-events). */
export function replicateFailureOf({stage}: CopyAttempt): string {
	return stage === 'change' ? 'DstPutObjectNotPermitted' : replicateFailures[stage];
}

/** What the role must be allowed at the destination, in order. */
export function destinationSteps(attempt: CopyAttempt, bucket: Bucket): readonly CopyStep[] {
	const {version, stage, changes} = attempt;
	if (version.data === undefined)
		return [{action: 's3:ReplicateDelete', bucket, failure: 'DstDelObjNotPermitted'}];
	if (stage === 'change') {
		return [
			// Without a say of its own about ACLs, the documentation blames ReplicateObject (replication-metrics-events).
			...(changes.has('acl') && copiesAcl(attempt, bucket)
				? [{action: 's3:ReplicateObject', bucket, failure: 'DstPutAclNotPermitted'}]
				: []),
			// Later changes of tags take ReplicateTags, granted (S3 User Guide, setting-repl-config-perm-overview).
			...(changes.has('tags')
				? [{action: 's3:ReplicateTags', bucket, failure: 'DstPutTaggingNotPermitted'}]
				: []),
			...lockSteps(bucket, changes.has('retention'), changes.has('legal-hold')),
		];
	}
	return [
		{action: 's3:ReplicateObject', bucket, failure: replicateFailures[stage]},
		...(takesOwnership(attempt, bucket)
			? [{action: 's3:ObjectOwnerOverrideToBucketOwner', bucket, failure: 'DstPutObjectNotPermitted'}]
			: []),
		// Tags travel with ReplicateObject; ReplicateTags is asked for later changes, and to refuse tags it is denied
		// (S3 User Guide, setting-repl-config-perm-overview).
		...(version.tags.length > 0
			? [{action: 's3:ReplicateTags', bucket, failure: 'DstPutTaggingNotPermitted', onlyIfDenied: true}]
			: []),
		...lockSteps(bucket, version.retention !== undefined, version.legalHold !== undefined),
	];
}

/** That these fail where they are refused is documented (replication-metrics-events), that they need a grant is not. */
function lockSteps(bucket: Bucket, hasRetention: boolean, hasLegalHold: boolean): readonly CopyStep[] {
	const retention = {action: 's3:PutObjectRetention', bucket, failure: 'DstPutRetentionNotPermitted'};
	const legalHold = {action: 's3:PutObjectLegalHold', bucket, failure: 'DstPutLegalHoldNotPermitted'};
	return [...(hasRetention ? [retention] : []), ...(hasLegalHold ? [legalHold] : [])].map((step) => ({
		...step,
		onlyIfDenied: true,
	}));
}

/** A rule that changes the owner copies no ACLs, and a bucket without ACLs takes none (S3 User Guide, replication-change-owner). */
export function copiesAcl({rule}: Pick<CopyAttempt, 'rule'>, destination: Bucket): boolean {
	return hasAcls(destination) && rule.Destination?.AccessControlTranslation === undefined;
}

/** With BucketOwnerEnforced the destination's owner has its replicas anyway (S3 User Guide, replication-change-owner). */
function takesOwnership({rule}: CopyAttempt, destination: Bucket): boolean {
	return rule.Destination?.AccessControlTranslation !== undefined && hasAcls(destination);
}
