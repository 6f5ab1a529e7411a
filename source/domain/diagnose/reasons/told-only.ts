import type {Reasons} from '../reason.js';

/** What S3 alone can tell, in an event or in the report of a batch job. Source: S3 User Guide, "Amazon S3 replication failure reasons". */
export const toldReasons: Reasons = {
	AnnotationLimitExceeded: {
		means: 'The object has more annotations than S3 replicates.',
		mend: 'Remove annotations from the object.',
	},
	DstPutObjectAnnotationNotPermitted: {
		means: 'The role may not write the replica’s annotations.',
		mend: 'Let no policy deny the role s3:ReplicateObjectAnnotation at the destination.',
	},
	SrcGetObjectAnnotationNotPermitted: {
		means: 'The role may not read the object’s annotations.',
		mend: 'Allow s3:GetObjectVersionAnnotationForReplication in the role’s policies.',
	},
	SrcAnnotationEncryptionUnsupported: {
		means: 'An annotation is encrypted in a way that S3 does not replicate.',
		mend: 'Write the annotation again with another encryption.',
	},
	SrcAnnotationNotFound: {
		means: 'An annotation was deleted before it was copied.',
		mend: 'Nothing: the object itself is not concerned.',
	},
	DstBucketInvalidRegion: {
		means: 'The destination is not in the region that the batch job names.',
		mend: 'Start the batch job again with the right region.',
	},
	SrcBucketInvalidRegion: {
		means: 'The source is not in the region of the batch job.',
		mend: 'Start the batch job in the region of the source.',
	},
	InitiateReplicationNotPermitted: {
		means: 'The role of the batch job may not begin replication.',
		mend: 'Allow s3:InitiateReplication in the role of the batch job.',
	},
	DstObjectHardDeleted: {
		means: 'The replica was deleted by its version: S3 does not write that version again.',
		mend: 'Copy the object onto itself: the new version is replicated.',
	},
	SrcObjectNotEligible: {
		means: 'No rule takes the object now: by key, tags, encryption or storage class.',
		mend: 'Change the rule, or upload the object again so that a rule takes it.',
	},
	SrcReplicationNotPending: {
		means: 'S3 has replicated the object before.',
		mend: 'Nothing: it is where it belongs.',
	},
};
