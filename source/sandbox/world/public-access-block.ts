import {type PublicAccessBlockConfiguration} from '@aws-sdk/client-s3';
import {type Bucket} from './bucket.js';

type Setting = keyof PublicAccessBlockConfiguration;

/**
 * Says whether Block Public Access has a setting on for a bucket: its own or that of its account, whichever is stricter
 * (S3 User Guide, access-control-block-public-access).
 */
export function isBlocked(bucket: Pick<Bucket, 'publicAccessBlock' | 'owner'>, setting: Setting): boolean {
	return bucket.publicAccessBlock?.[setting] === true || bucket.owner.publicAccessBlock?.[setting] === true;
}

/** What is kept of a setting that was put: what it does not say is off. */
export function completeAccessBlock(
	given: PublicAccessBlockConfiguration = {},
): PublicAccessBlockConfiguration {
	const {BlockPublicAcls = false, IgnorePublicAcls = false} = given;
	const {BlockPublicPolicy = false, RestrictPublicBuckets = false} = given;
	return {BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets};
}
