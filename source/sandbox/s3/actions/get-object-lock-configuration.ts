import {
	type GetObjectLockConfigurationOutput,
	type GetObjectLockConfigurationRequest,
} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {s3Error} from '../errors/errors.js';

export const getObjectLockConfiguration: BucketAction<
	GetObjectLockConfigurationRequest,
	GetObjectLockConfigurationOutput
> = {
	name: 'GetObjectLockConfiguration',
	target: 'bucket',
	permissions: ['s3:GetBucketObjectLockConfiguration'],
	run({bucket: {name, objectLock}}) {
		if (objectLock === undefined) {
			throw s3Error('ObjectLockConfigurationNotFoundError', {fields: {BucketName: name}});
		}
		return {
			output: {
				ObjectLockConfiguration: {
					ObjectLockEnabled: 'Enabled',
					...(objectLock.rule === undefined ? {} : {Rule: objectLock.rule}),
				},
			},
		};
	},
};
