import {type HeadBucketOutput, type HeadBucketRequest} from '@aws-sdk/client-s3';
import {type BucketAction, bucketArn} from '../action.js';

export const headBucket: BucketAction<HeadBucketRequest, HeadBucketOutput> = {
	name: 'HeadBucket',
	target: 'bucket',
	permissions: ['s3:ListBucket'],
	// Third-party: clients report this type of the answer, though it has no body.
	run: ({bucket}) => ({
		headers: {'content-type': 'application/xml'},
		output: {BucketRegion: bucket.region, BucketArn: bucketArn(bucket), AccessPointAlias: false},
	}),
};
