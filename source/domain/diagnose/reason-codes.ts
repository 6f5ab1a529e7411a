/**
 * Every reason that S3 gives for a failed replication. Source: S3 User Guide, "Amazon S3 replication failure reasons"
 * (replication-metrics-events).
 */
export const awsReasons = [
	'AnnotationLimitExceeded',
	'AssumeRoleNotPermitted',
	'DstBucketInvalidRegion',
	'DstBucketNotFound',
	'DstBucketObjectLockConfigMissing',
	'DstBucketUnversioned',
	'DstDelObjNotPermitted',
	'DstKmsKeyInvalidState',
	'DstKmsKeyNotFound',
	'DstMultipartCompleteNotPermitted',
	'DstMultipartInitNotPermitted',
	'DstMultipartPartUploadNotPermitted',
	'DstMultipartUploadNotPermitted',
	'DstObjectHardDeleted',
	'DstPutAclNotPermitted',
	'DstPutLegalHoldNotPermitted',
	'DstPutObjectAnnotationNotPermitted',
	'DstPutObjectNotPermitted',
	'DstPutRetentionNotPermitted',
	'DstPutTaggingNotPermitted',
	'DstVersionNotFound',
	'InitiateReplicationNotPermitted',
	'SrcAnnotationEncryptionUnsupported',
	'SrcAnnotationNotFound',
	'SrcBucketInvalidRegion',
	'SrcBucketNotFound',
	'SrcBucketReplicationConfigMissing',
	'SrcGetAclNotPermitted',
	'SrcGetLegalHoldNotPermitted',
	'SrcGetObjectAnnotationNotPermitted',
	'SrcGetObjectNotPermitted',
	'SrcGetRetentionNotPermitted',
	'SrcGetTaggingNotPermitted',
	'SrcHeadObjectNotPermitted',
	'SrcKeyNotFound',
	'SrcKmsKeyInvalidState',
	'SrcObjectNotEligible',
	'SrcObjectNotFound',
	'SrcReplicationNotPending',
	'SrcVersionNotFound',
] as const;

export type AwsReason = (typeof awsReasons)[number];

/** Reasons of ours, where S3 does nothing at all and says nothing, or where something could not be read. */
export const ownReasons = [
	'archived',
	'delete-marker-not-replicated',
	'destination-not-read',
	'is-a-replica',
	'key-not-read',
	'kms-not-replicated',
	'no-cause-seen',
	'not-due-yet',
	'null-version',
	'other-prefix',
	'other-rule-goes-first',
	'other-tags',
	'owner-override-alone',
	'policy-lacks-versioning',
	'replica-changes-one-way',
	'replica-hidden',
	'replica-missing',
	'replicas-of-source-account',
	'role-lacks-source-bucket',
	'role-not-read',
	'rule-changed-since',
	'rule-disabled',
	'rule-replaced',
	'source-not-read',
	'source-unversioned',
	'sse-c',
	'unlikely-prefix',
	'version-deleted',
	'written-before-rule',
] as const;

export type OwnReason = (typeof ownReasons)[number];

export type ReasonCode = AwsReason | OwnReason;

/** Whether S3 gives this reason itself: it has failed then. Where nothing happens at all, the mend says what becomes of the object. */
export function isOfS3(code: string): boolean {
	return (awsReasons as readonly string[]).includes(code);
}
