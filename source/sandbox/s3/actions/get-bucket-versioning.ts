import {type GetBucketVersioningOutput, type GetBucketVersioningRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';

/** Written by hand: the renderer writes nothing for an output without members, S3 writes the empty element. */
export const getBucketVersioning: BucketAction<GetBucketVersioningRequest, GetBucketVersioningOutput> = {
	name: 'GetBucketVersioning',
	target: 'bucket',
	permissions: ['s3:GetBucketVersioning'],
	run({world, bucket}) {
		const status = bucket.versioning.inEffect(world.clock.now());
		return {
			headers: {'content-type': 'application/xml'},
			body: Buffer.from(
				'<?xml version="1.0" encoding="UTF-8"?>\n' +
					'<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">' +
					(status === undefined ? '' : `<Status>${status}</Status>`) +
					'</VersioningConfiguration>',
			),
		};
	},
};
