import {type GetObjectRetentionOutput, type GetObjectRetentionRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {s3Error} from '../errors/errors.js';
import {findObject} from '../versions/find-version.js';
import {noObjectLock} from '../objects/object-lock.js';

export const getObjectRetention: BucketAction<GetObjectRetentionRequest, GetObjectRetentionOutput> = {
	name: 'GetObjectRetention',
	target: 'object',
	permissions: ['s3:GetObjectRetention'],
	run(call) {
		if (call.bucket.objectLock === undefined) throw noObjectLock();
		const {retention, key} = findObject(call, call.input.VersionId);
		if (retention === undefined) throw s3Error('NoSuchObjectLockConfiguration', {fields: {Key: key}});
		return {
			output: {Retention: {Mode: retention.mode, RetainUntilDate: new Date(retention.untilMs)}},
		};
	},
};
