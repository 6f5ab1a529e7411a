import {type PutBucketVersioningRequest} from '@aws-sdk/client-s3';
import {seenFromMs} from '../../world/world.js';
import {type BucketAction} from '../action.js';
import {notImplemented, s3Error} from '../errors/errors.js';

export const putBucketVersioning: BucketAction<PutBucketVersioningRequest, object> = {
	name: 'PutBucketVersioning',
	target: 'bucket',
	permissions: ['s3:PutBucketVersioning'],
	run({world, bucket, input}) {
		const status = input.VersioningConfiguration?.Status;
		if (input.VersioningConfiguration?.MFADelete === 'Enabled') throw notImplemented('MFA delete');
		if (status === undefined) throw s3Error('IllegalVersioningConfigurationException');
		if (status === 'Suspended' && bucket.replication !== undefined) {
			throw s3Error('InvalidBucketState', {
				message:
					'A replication configuration is present on this bucket, so you cannot change the versioning state. To change the versioning state, first delete the replication configuration.',
			});
		}
		if (status === 'Suspended' && bucket.objectLock !== undefined) {
			throw s3Error('InvalidBucketState', {
				message:
					'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.',
			});
		}
		if (status !== bucket.versioning.written) bucket.versioning.write(status, seenFromMs(world));
		return {};
	},
};
