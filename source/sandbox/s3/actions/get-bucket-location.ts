import {type GetBucketLocationOutput, type GetBucketLocationRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';

/** Written by hand: the answer is the bare element that the schema would wrap (S3 API reference, GetBucketLocation). */
export const getBucketLocation: BucketAction<GetBucketLocationRequest, GetBucketLocationOutput> = {
	name: 'GetBucketLocation',
	target: 'bucket',
	permissions: ['s3:GetBucketLocation'],
	run({bucket}) {
		const text = bucket.locationConstraint ?? '';
		return {
			headers: {'content-type': 'application/xml'},
			body: Buffer.from(
				'<?xml version="1.0" encoding="UTF-8"?>\n' +
					`<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${text}</LocationConstraint>`,
			),
		};
	},
};
