import {
	type GetBucketOwnershipControlsOutput,
	type GetBucketOwnershipControlsRequest,
} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {s3Error} from '../errors/errors.js';

export const getBucketOwnershipControls: BucketAction<
	GetBucketOwnershipControlsRequest,
	GetBucketOwnershipControlsOutput
> = {
	name: 'GetBucketOwnershipControls',
	target: 'bucket',
	permissions: ['s3:GetBucketOwnershipControls'],
	run({bucket: {name, objectOwnership}}) {
		if (objectOwnership === undefined) {
			throw s3Error('OwnershipControlsNotFoundError', {fields: {BucketName: name}});
		}
		return {output: {OwnershipControls: {Rules: [{ObjectOwnership: objectOwnership}]}}};
	},
};
