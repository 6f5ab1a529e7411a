import {type ObjectLockRule, type PutObjectLockConfigurationRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {s3Error} from '../errors.js';

/** Rules as recorded in TestS3ObjectLock::test_put_object_lock_configuration_exc and …_on_existing_bucket. */
export const putObjectLockConfiguration: BucketAction<PutObjectLockConfigurationRequest, object> = {
	target: 'bucket',
	permissions: ['s3:PutBucketObjectLockConfiguration'],
	run({world, bucket, input}) {
		const {ObjectLockEnabled, Rule} = input.ObjectLockConfiguration ?? {};
		if (ObjectLockEnabled === undefined || !isRule(Rule)) throw s3Error('MalformedXML');
		if (bucket.versioning.inEffect(world.clock.now()) !== 'Enabled') {
			throw s3Error('InvalidBucketState', {
				message: "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
			});
		}
		bucket.objectLock = {rule: Rule};
		return {};
	},
};

function isRule(rule: ObjectLockRule | undefined): boolean {
	if (rule === undefined) return true;
	const {Mode, Days, Years} = rule.DefaultRetention ?? {};
	return Mode !== undefined && (Days === undefined) !== (Years === undefined);
}
