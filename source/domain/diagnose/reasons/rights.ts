import {profileOption} from '../../answers/profile-option.js';
import {places} from '../finding.js';
import type {Reason, Reasons} from '../reason.js';
import type {ReasonCode} from '../reason-codes.js';
import {rightsFindings} from '../rights-findings.js';
import type {Case} from '../case.js';
import {restricted} from './restricted-policy.js';

/**
 * What the role may not do. Source of the meanings: S3 User Guide, "Amazon S3 replication failure reasons".
 */
const right = (code: ReasonCode, means: string, mend: string): Reason => ({
	means,
	mend,
	recognise: (one) => rightsFindings(one, code),
});

const readSource = 'Allow it in the role’s policies; no policy of the source may deny it.';
const writeReplica = 'Allow it in the role’s policies and, across accounts, in the destination’s policy.';

export const rightsReasons: Reasons = {
	'role-lacks-source-bucket': right(
		'role-lacks-source-bucket',
		'The role may not read the bucket’s rules or list it; what S3 does then is not documented.',
		'Allow s3:GetReplicationConfiguration and s3:ListBucket on the source bucket.',
	),
	SrcGetObjectNotPermitted: right(
		'SrcGetObjectNotPermitted',
		'The role may not read the object (s3:GetObjectVersionForReplication), or not decrypt it.',
		readSource,
	),
	SrcHeadObjectNotPermitted: {
		means: 'The role may not read the object’s headers (s3:GetObjectVersionForReplication).',
		mend: readSource,
	},
	SrcGetAclNotPermitted: {
		means: 'The role may not read the object’s ACL, or another account owns the object.',
		mend: 'Allow s3:GetObjectVersionAcl; with objects of other accounts set BucketOwnerEnforced at the source.',
		recognise: (one) => [...rightsFindings(one, 'SrcGetAclNotPermitted'), ...foreign(one)],
	},
	SrcGetTaggingNotPermitted: right(
		'SrcGetTaggingNotPermitted',
		'The role may not read the object’s tags (s3:GetObjectVersionTagging).',
		readSource,
	),
	SrcGetRetentionNotPermitted: right(
		'SrcGetRetentionNotPermitted',
		'The role may not read the object’s retention (s3:GetObjectRetention).',
		readSource,
	),
	SrcGetLegalHoldNotPermitted: right(
		'SrcGetLegalHoldNotPermitted',
		'The role may not read the object’s legal hold (s3:GetObjectLegalHold).',
		readSource,
	),
	DstPutObjectNotPermitted: {
		means: 'The role may not write, encrypt or hand over the replica.',
		mend: writeReplica,
		recognise: (one) => [
			...rightsFindings(one, 'DstPutObjectNotPermitted'),
			...payer(one),
			...restricted(one),
		],
	},
	DstMultipartInitNotPermitted: right(
		'DstMultipartInitNotPermitted',
		'The role may not begin to write a large replica (s3:ReplicateObject).',
		writeReplica,
	),
	DstMultipartUploadNotPermitted: {
		means: 'The role may not write a part of a large replica (s3:ReplicateObject).',
		mend: writeReplica,
	},
	DstMultipartPartUploadNotPermitted: {
		means: 'The role may not write a part of a large replica (s3:ReplicateObject); the name of 2023.',
		mend: writeReplica,
	},
	DstMultipartCompleteNotPermitted: {
		means: 'The role may not finish a large replica (s3:ReplicateObject).',
		mend: writeReplica,
	},
	DstPutAclNotPermitted: {
		means: 'The role may not write the replica’s ACL (s3:ReplicateObject).',
		mend: writeReplica,
	},
	DstPutTaggingNotPermitted: right(
		'DstPutTaggingNotPermitted',
		'The role may not write the replica’s tags (s3:ReplicateTags).',
		writeReplica,
	),
	DstDelObjNotPermitted: right(
		'DstDelObjNotPermitted',
		'The role may not replicate delete markers (s3:ReplicateDelete).',
		writeReplica,
	),
	DstPutRetentionNotPermitted: right(
		'DstPutRetentionNotPermitted',
		'The role may not write the replica’s retention (s3:PutObjectRetention).',
		'Let no policy deny the role s3:PutObjectRetention at the destination.',
	),
	DstPutLegalHoldNotPermitted: right(
		'DstPutLegalHoldNotPermitted',
		'The role may not write the replica’s legal hold (s3:PutObjectLegalHold).',
		'Let no policy deny the role s3:PutObjectLegalHold at the destination.',
	),
	'policy-lacks-versioning': right(
		'policy-lacks-versioning',
		'The destination’s policy lacks what AWS lists for versioning; whether it matters is not documented.',
		'Allow s3:GetBucketVersioning and s3:PutBucketVersioning in the destination’s policy.',
	),
};

/** Across accounts nobody but the owner may pay for requests to the destination (S3 User Guide, replication-requirements). */
function payer({destination, destinationName, isCrossAccount}: Case) {
	if (destination.state !== 'existing' || !isCrossAccount) return [];
	const {payer: read, profile} = destination.seen;
	if (!read.isRead || read.value !== 'Requester') return [];
	return [
		{
			reason: 'DstPutObjectNotPermitted' as const,
			place: places.destinationState + 3,
			certainty: 'certain' as const,
			headline: `${destinationName} makes the requester pay`,
			evidence: `Its request payment is Requester; a destination of another account has to be BucketOwner.`,
			mend: `Whoever owns ${destinationName} can set its payer to the owner: aws s3api put-bucket-request-payment --bucket ${destinationName} --request-payment-configuration Payer=BucketOwner${profileOption(profile)}`,
			mendKind: 'advice' as const,
		},
	];
}

/** S3 copies what the bucket's owner may read, ACL included (S3 User Guide, replication-what-is-isnot-replicated); whoever wrote it may own it. */
function foreign({object, source}: Case) {
	const {bucket, ownership} = source;
	if (!object?.isRefused || !ownership.isRead || ownership.value === 'BucketOwnerEnforced') return [];
	return [
		{
			reason: 'SrcGetAclNotPermitted' as const,
			place: places.sourceRights + 2,
			certainty: 'possible' as const,
			headline: 'The object may belong to another account',
			evidence: `HEAD of ${object.key} (version ${object.versionId}) is refused, and the ACLs of ${bucket} count (${ownership.value}). Who wrote the object knows whose it is.`,
			mend: `Whoever manages ${bucket} can set its ownership to BucketOwnerEnforced: then every object belongs to the bucket’s owner.`,
			mendKind: 'advice' as const,
		},
	];
}
