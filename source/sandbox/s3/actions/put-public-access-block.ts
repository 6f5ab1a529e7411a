import {type PutPublicAccessBlockRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';

export const putPublicAccessBlock: BucketAction<PutPublicAccessBlockRequest, object> = {
	name: 'PutPublicAccessBlock',
	target: 'bucket',
	permissions: ['s3:PutBucketPublicAccessBlock'],
	run({bucket, input}) {
		const wanted = input.PublicAccessBlockConfiguration;
		bucket.publicAccessBlock = {
			BlockPublicAcls: wanted?.BlockPublicAcls ?? false,
			IgnorePublicAcls: wanted?.IgnorePublicAcls ?? false,
			BlockPublicPolicy: wanted?.BlockPublicPolicy ?? false,
			RestrictPublicBuckets: wanted?.RestrictPublicBuckets ?? false,
		};
		return {};
	},
};
