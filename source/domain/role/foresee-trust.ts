import {foresee, type Foresight} from '../../policy/foresee.js';
import {accountOfArn, bucketArn, partitionOfArn} from '../arn.js';
import type {ObservedRole} from '../observed/observed.js';

/**
 * Whether the trust policy lets S3 assume the role for a source bucket. `aws:SourceAccount` and `aws:SourceArn` can only be the
 * bucket's; AWS does not document whether S3 sends them here.
 * Source: S3 User Guide, "Setting up permissions for live replication"; IAM User Guide, "The confused deputy problem".
 */
export function foreseeTrust(
	{arn, trust}: Pick<ObservedRole, 'arn' | 'trust'>,
	sourceBucket: string,
): Foresight {
	const accountId = accountOfArn(arn);
	return foresee(
		{
			caller: {kind: 'service', service: 's3.amazonaws.com'},
			action: 'sts:AssumeRole',
			resource: arn,
			resourceAccountId: accountId,
			context: {'aws:SecureTransport': 'true'},
			perhaps: {
				'aws:SourceAccount': accountId,
				'aws:SourceArn': bucketArn(partitionOfArn(arn), sourceBucket),
			},
		},
		{identity: [], resource: {name: 'trust policy', document: trust}},
		'resource-in-any-case',
	);
}
