import type {PublicAccessBlockConfiguration} from '@aws-sdk/client-s3';
import type {PublicAccessBlock} from '../../domain/observed/bucket-settings.js';

/** What S3, or S3 Control, says of Block Public Access; what it does not name, or where there is none, is off. */
export function publicAccessBlockIn(block: PublicAccessBlockConfiguration = {}): PublicAccessBlock {
	return {
		blocksPublicAcls: block.BlockPublicAcls ?? false,
		ignoresPublicAcls: block.IgnorePublicAcls ?? false,
		blocksPublicPolicy: block.BlockPublicPolicy ?? false,
		restrictsPublicBuckets: block.RestrictPublicBuckets ?? false,
	};
}
