import type {PolicyDocument} from '../../policy/document.js';
import {bucketArn, objectsArn} from '../arn.js';

/**
 * Lets S3 assume the role. No condition: AWS documents none for replication roles, and a wrong one fails silently.
 * Source: S3 User Guide, "Setting up permissions for live replication".
 */
export const trustPolicy: PolicyDocument = {
	Version: '2012-10-17',
	Statement: [{Effect: 'Allow', Principal: {Service: 's3.amazonaws.com'}, Action: 'sts:AssumeRole'}],
};

/**
 * What S3 may do as the role: read these objects here (with Object Lock at the source their retention and legal hold too),
 * write their replicas there, and nothing else.
 * Source: S3 User Guide, "Setting up permissions for live replication".
 */
export function rolePermissions(
	partition: string,
	sourceBucket: string,
	destinationBucket: string,
	isSourceLocked = false,
): PolicyDocument {
	return {
		Version: '2012-10-17',
		Statement: [
			{
				Effect: 'Allow',
				Action: ['s3:GetReplicationConfiguration', 's3:ListBucket'],
				Resource: bucketArn(partition, sourceBucket),
			},
			{
				Effect: 'Allow',
				Action: [
					's3:GetObjectVersionForReplication',
					's3:GetObjectVersionAcl',
					's3:GetObjectVersionTagging',
					...(isSourceLocked ? ['s3:GetObjectRetention', 's3:GetObjectLegalHold'] : []),
				],
				Resource: objectsArn(partition, sourceBucket),
			},
			{
				Effect: 'Allow',
				Action: ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'],
				Resource: objectsArn(partition, destinationBucket),
			},
		],
	};
}
