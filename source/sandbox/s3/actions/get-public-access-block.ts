import {type GetPublicAccessBlockOutput, type GetPublicAccessBlockRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {s3Error} from '../errors/errors.js';

export const getPublicAccessBlock: BucketAction<GetPublicAccessBlockRequest, GetPublicAccessBlockOutput> = {
	name: 'GetPublicAccessBlock',
	target: 'bucket',
	permissions: ['s3:GetBucketPublicAccessBlock'],
	run({bucket: {name, publicAccessBlock}}) {
		if (publicAccessBlock === undefined) {
			throw s3Error('NoSuchPublicAccessBlockConfiguration', {fields: {BucketName: name}});
		}
		return {output: {PublicAccessBlockConfiguration: publicAccessBlock}};
	},
};
