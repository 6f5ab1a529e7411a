const status = ['Enabled', 'Disabled'] as const;

const storageClasses = [
	'STANDARD',
	'REDUCED_REDUNDANCY',
	'STANDARD_IA',
	'ONEZONE_IA',
	'INTELLIGENT_TIERING',
	'GLACIER',
	'DEEP_ARCHIVE',
	'GLACIER_IR',
] as const;

const coldClasses = [
	'GLACIER',
	'STANDARD_IA',
	'ONEZONE_IA',
	'INTELLIGENT_TIERING',
	'DEEP_ARCHIVE',
	'GLACIER_IR',
] as const;

/** Values that S3's schemas allow, by shape and element: the SDK's schemas do not carry them (S3 API reference). */
export const enumValues: Readonly<Record<string, readonly string[]>> = {
	'VersioningConfiguration.Status': ['Enabled', 'Suspended'],
	'VersioningConfiguration.MfaDelete': status,
	'ReplicationRule.Status': status,
	'DeleteMarkerReplication.Status': status,
	'SseKmsEncryptedObjects.Status': status,
	'ReplicaModifications.Status': status,
	'ReplicationTime.Status': status,
	'Metrics.Status': status,
	'ExistingObjectReplication.Status': status,
	'AccessControlTranslation.Owner': ['Destination'],
	'Destination.StorageClass': storageClasses,
	'AccelerateConfiguration.Status': ['Enabled', 'Suspended'],
	'RequestPaymentConfiguration.Payer': ['Requester', 'BucketOwner'],
	'OwnershipControlsRule.ObjectOwnership': ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'],
	'ServerSideEncryptionByDefault.SSEAlgorithm': ['AES256', 'aws:kms', 'aws:kms:dsse', 'aws:fsx'],
	'LifecycleRule.Status': status,
	'Transition.StorageClass': coldClasses,
	'NoncurrentVersionTransition.StorageClass': coldClasses,
	'ObjectLockConfiguration.ObjectLockEnabled': ['Enabled'],
	'DefaultRetention.Mode': ['GOVERNANCE', 'COMPLIANCE'],
	'ObjectLockRetention.Mode': ['GOVERNANCE', 'COMPLIANCE'],
	'GlacierJobParameters.Tier': ['Standard', 'Bulk', 'Expedited'],
	'RestoreRequest.Tier': ['Standard', 'Bulk', 'Expedited'],
	'Grant.Permission': ['FULL_CONTROL', 'READ', 'READ_ACP', 'WRITE', 'WRITE_ACP'],
	'TargetGrant.Permission': ['FULL_CONTROL', 'READ', 'WRITE'],
	'ObjectLockLegalHold.Status': ['ON', 'OFF'],
};
