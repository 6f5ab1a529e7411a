import {listOf, type PolicyDocument, type Statement, statementsOf} from '../../policy/document.js';
import {maxBucketNameLength} from '../answers/bucket-name.js';
import {maxRoleNameLength} from '../answers/role-name.js';
import {bucketArn, objectsArn} from '../arn.js';
import {stableName} from '../stable-name.js';

/** Who assumes the role of a job. Source: S3 User Guide, "Configuring an IAM role for S3 Batch Replication". */
export const batchService = 'batchoperations.s3.amazonaws.com';

/** Lets S3 Batch Operations assume the role, and nobody else. Source: S3 User Guide, "Configuring an IAM role for S3 Batch Replication". */
export const batchTrust: PolicyDocument = {
	Version: '2012-10-17',
	Statement: [{Effect: 'Allow', Principal: {Service: batchService}, Action: 'sts:AssumeRole'}],
};

/** What the policy of a job's role is about. */
type BatchRolePlaces = {
	readonly partition: string;
	readonly sourceBucket: string;
	/** Where the report goes, and a manifest of one's own comes from. */
	readonly reportBucket: string;
	readonly reportPrefix: string;
	/** The key of a manifest of one's own in the report bucket; without it S3 lists the source. */
	readonly manifestKey?: string;
	/** The ARN of the key that the report bucket encrypts with, where it is one of KMS. */
	readonly reportKeyArn?: string;
};

/**
 * What the role of a job may do, and nothing else: begin replication, list what there is or read the manifest, write the report. What is
 * read and written of the objects themselves the role of the rules does.
 * Source: S3 User Guide, "Configuring an IAM role for S3 Batch Replication" (with a generated manifest, and with one of one's own).
 */
export function batchRolePolicy(places: BatchRolePlaces): PolicyDocument {
	const {partition, sourceBucket, reportBucket, reportPrefix, manifestKey, reportKeyArn} = places;
	const below = `${bucketArn(partition, reportBucket)}/${reportPrefix}/*`;
	const listed: readonly Statement[] =
		manifestKey === undefined
			? [
					{
						Effect: 'Allow',
						Action: ['s3:GetReplicationConfiguration', 's3:PutInventoryConfiguration'],
						Resource: bucketArn(partition, sourceBucket),
					},
				]
			: [];
	const read: readonly Statement[] =
		manifestKey === undefined
			? []
			: [
					{
						Effect: 'Allow',
						Action: ['s3:GetObject', 's3:GetObjectVersion'],
						Resource: `${bucketArn(partition, reportBucket)}/${manifestKey}`,
					},
				];
	const keys: readonly Statement[] =
		reportKeyArn === undefined
			? []
			: [{Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: reportKeyArn}];
	return {
		Version: '2012-10-17',
		Statement: [
			{Effect: 'Allow', Action: 's3:InitiateReplication', Resource: objectsArn(partition, sourceBucket)},
			...listed,
			...read,
			{Effect: 'Allow', Action: 's3:PutObject', Resource: below},
			...keys,
		],
	};
}

/** The names of what a job needs, each of a run alone: an undo takes away what this run made, and nothing of another. */
export function batchRoleName(runId: string): string {
	return stableName(`s3-replicate-batch-${runId}`, maxRoleNameLength);
}

export const batchPolicyName = 's3-replicate-batch';

/** A bucket's name that nobody else has: with the account and the run. */
export function reportBucketName(accountId: string, runId: string): string {
	return stableName(`s3-replicate-reports-${accountId}-${runId.toLowerCase()}`, maxBucketNameLength);
}

/** What all keys of a run's job in the report bucket begin with. */
export function batchFolder(runId: string): string {
	return `s3-replicate-batch/${runId}`;
}

/** Whether a trust policy lets S3 Batch Operations assume its role. */
export function trustsBatch(trust: PolicyDocument): boolean {
	return statementsOf(trust).some(
		({Effect, Principal: principal}) =>
			Effect === 'Allow' && typeof principal === 'object' && listOf(principal.Service).includes(batchService),
	);
}
