import {type PutObjectLegalHoldRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {s3Error} from '../errors/errors.js';
import {findObject} from '../versions/find-version.js';
import {noObjectLock} from '../objects/object-lock.js';

export const putObjectLegalHold: BucketAction<PutObjectLegalHoldRequest, object> = {
	name: 'PutObjectLegalHold',
	target: 'object',
	permissions: ['s3:PutObjectLegalHold'],
	run(call) {
		if (call.bucket.objectLock === undefined) throw noObjectLock();
		const version = findObject(call, call.input.VersionId);
		const status = call.input.LegalHold?.Status;
		if (status === undefined) throw s3Error('MalformedXML');
		version.legalHold = status;
		call.metadataChanged(call.bucket, version, 'legal-hold');
		return {};
	},
};
