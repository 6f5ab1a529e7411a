import {type GetBucketVersioningOutput, type GetBucketVersioningRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';

export const getBucketVersioning: BucketAction<GetBucketVersioningRequest, GetBucketVersioningOutput> = {
	name: 'GetBucketVersioning',
	target: 'bucket',
	permissions: ['s3:GetBucketVersioning'],
	run({world, bucket}) {
		const status = bucket.versioning.inEffect(world.clock.now());
		return {output: status === undefined ? {} : {Status: status}};
	},
};
