import {type GetObjectLegalHoldOutput, type GetObjectLegalHoldRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {s3Error} from '../errors/errors.js';
import {findObject} from '../versions/find-version.js';
import {noObjectLock} from '../objects/object-lock.js';

export const getObjectLegalHold: BucketAction<GetObjectLegalHoldRequest, GetObjectLegalHoldOutput> = {
	name: 'GetObjectLegalHold',
	target: 'object',
	permissions: ['s3:GetObjectLegalHold'],
	run(call) {
		if (call.bucket.objectLock === undefined) throw noObjectLock();
		const {legalHold, key} = findObject(call, call.input.VersionId);
		if (legalHold === undefined) throw s3Error('NoSuchObjectLockConfiguration', {fields: {Key: key}});
		return {output: {LegalHold: {Status: legalHold}}};
	},
};
