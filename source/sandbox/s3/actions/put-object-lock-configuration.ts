import {
	type DefaultRetention,
	type ObjectLockRule,
	type PutObjectLockConfigurationRequest,
} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {invalidArgument, s3Error} from '../errors/errors.js';

const maxYears = 100;

/** Rules as recorded in TestS3ObjectLock::test_put_object_lock_configuration_exc and …_on_existing_bucket. */
export const putObjectLockConfiguration: BucketAction<PutObjectLockConfigurationRequest, object> = {
	name: 'PutObjectLockConfiguration',
	target: 'bucket',
	permissions: ['s3:PutBucketObjectLockConfiguration'],
	run({world, bucket, input}) {
		const {ObjectLockEnabled, Rule} = input.ObjectLockConfiguration ?? {};
		if (ObjectLockEnabled === undefined || !isRule(Rule)) throw s3Error('MalformedXML');
		checkPeriod(Rule?.DefaultRetention ?? {});
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

/** At most 100 years (S3 User Guide, object-lock-managing); words: third-party, as reported of AWS. */
function checkPeriod({Days, Years}: DefaultRetention): void {
	const name = Days === undefined ? 'Years' : 'Days';
	const value = Days ?? Years ?? 1;
	if (value < 1) {
		throw invalidArgument('Default retention period must be a positive integer value.', name, String(value));
	}
	if ((Years ?? 0) > maxYears || (Days ?? 0) > maxYears * 365) {
		throw invalidArgument('Default retention period too large.', name, String(value));
	}
}
