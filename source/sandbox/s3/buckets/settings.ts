import {
	type BucketLifecycleConfiguration,
	type GetBucketLifecycleConfigurationOutput,
	type ServerSideEncryptionConfiguration,
	type ServerSideEncryptionRule,
	type Tag,
	type Tagging,
} from '@aws-sdk/client-s3';
import {checkBucketTags} from '../tags/tags.js';
import {checkNotifications, storedNotifications, tryNotifications} from './notifications.js';
import {notImplemented, s3Error} from '../errors/errors.js';
import {type Setting} from './setting-actions.js';

const usualEncryption = {
	Rules: [{ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'AES256'}, BucketKeyEnabled: false}],
};

/**
 * The settings that are stored; none of them has an effect beyond what its comment says (S3 API reference). Those that replication does
 * not ask for are taken as they come, if only their XML is one of the operation's: what S3 would refuse in them proves nothing here.
 */
export const settings: readonly Setting[] = [
	{
		name: 'tagging',
		operations: {put: 'PutBucketTagging', get: 'GetBucketTagging', delete: 'DeleteBucketTagging'},
		permissions: {put: 's3:PutBucketTagging', get: 's3:GetBucketTagging'},
		member: 'Tagging',
		check: (_call, {TagSet}) => {
			checkBucketTags((TagSet ?? []) as readonly Tag[]);
		},
		// Recorded: test_put_bucket_tagging_none_value.
		stored: (_call, value) => ((value as Tagging).TagSet?.length ? value : undefined),
		unset: () => s3Error('NoSuchTagSet'),
		putStatus: 204,
	},
	{
		// Objects that ask for no other encryption get it.
		name: 'encryption',
		operations: {put: 'PutBucketEncryption', get: 'GetBucketEncryption', delete: 'DeleteBucketEncryption'},
		permissions: {put: 's3:PutEncryptionConfiguration', get: 's3:GetEncryptionConfiguration'},
		member: 'ServerSideEncryptionConfiguration',
		isMemberOfOutput: true,
		check: (_call, {Rules}) => {
			checkEncryption((Rules ?? []) as readonly ServerSideEncryptionRule[]);
		},
		// Shown even where it was not given (recorded: test_s3_default_bucket_encryption).
		stored: (_call, value) => ({
			Rules: (value as ServerSideEncryptionConfiguration).Rules?.map((rule) => ({
				BucketKeyEnabled: false,
				...rule,
			})),
		}),
		unset: usualEncryption,
	},
	{
		name: 'lifecycle',
		operations: {
			put: 'PutBucketLifecycleConfiguration',
			get: 'GetBucketLifecycleConfiguration',
			delete: 'DeleteBucketLifecycle',
		},
		permissions: {put: 's3:PutLifecycleConfiguration', get: 's3:GetLifecycleConfiguration'},
		member: 'LifecycleConfiguration',
		// S3 API reference, LifecycleRule ("ID") and PutBucketLifecycleConfiguration (the default of the minimum size).
		stored: ({world, input}, value) => ({
			Rules: (value as BucketLifecycleConfiguration).Rules?.map((rule) => ({
				...rule,
				ID: rule.ID ?? world.ids.uuid(),
			})),
			TransitionDefaultMinimumObjectSize:
				input['TransitionDefaultMinimumObjectSize'] ?? 'all_storage_classes_128K',
		}),
		answer: (stored) => {
			const {TransitionDefaultMinimumObjectSize} = stored as GetBucketLifecycleConfigurationOutput;
			return {TransitionDefaultMinimumObjectSize};
		},
		unset: () => s3Error('NoSuchLifecycleConfiguration'),
	},
	{
		// Events go to its queues (notifications/).
		name: 'notification',
		operations: {put: 'PutBucketNotificationConfiguration', get: 'GetBucketNotificationConfiguration'},
		permissions: {put: 's3:PutBucketNotification', get: 's3:GetBucketNotification'},
		member: 'NotificationConfiguration',
		check: checkNotifications,
		stored: ({world}, value) => storedNotifications(value, () => world.ids.uuid()),
		done: tryNotifications,
		unset: {},
	},
	{
		name: 'accelerate',
		operations: {put: 'PutBucketAccelerateConfiguration', get: 'GetBucketAccelerateConfiguration'},
		permissions: {put: 's3:PutAccelerateConfiguration', get: 's3:GetAccelerateConfiguration'},
		member: 'AccelerateConfiguration',
		unset: {},
	},
	{
		name: 'logging',
		operations: {put: 'PutBucketLogging', get: 'GetBucketLogging'},
		permissions: {put: 's3:PutBucketLogging', get: 's3:GetBucketLogging'},
		member: 'BucketLoggingStatus',
		unset: {},
	},
	{
		name: 'website',
		operations: {put: 'PutBucketWebsite', get: 'GetBucketWebsite', delete: 'DeleteBucketWebsite'},
		permissions: {
			put: 's3:PutBucketWebsite',
			get: 's3:GetBucketWebsite',
			delete: 's3:DeleteBucketWebsite',
		},
		member: 'WebsiteConfiguration',
		unset: () => s3Error('NoSuchWebsiteConfiguration'),
	},
	{
		name: 'cors',
		operations: {put: 'PutBucketCors', get: 'GetBucketCors', delete: 'DeleteBucketCors'},
		permissions: {put: 's3:PutBucketCORS', get: 's3:GetBucketCORS'},
		member: 'CORSConfiguration',
		unset: () => s3Error('NoSuchCORSConfiguration'),
	},
	{
		// A destination that lets the requester pay takes no replicas of another account (replication-requirements).
		name: 'requestPayment',
		operations: {put: 'PutBucketRequestPayment', get: 'GetBucketRequestPayment'},
		permissions: {put: 's3:PutBucketRequestPayment', get: 's3:GetBucketRequestPayment'},
		member: 'RequestPaymentConfiguration',
		unset: {Payer: 'BucketOwner'},
	},
];

/** Recorded: TestS3BucketEncryption::test_s3_default_bucket_encryption_exc. */
function checkEncryption(rules: readonly ServerSideEncryptionRule[]): void {
	const [rule, ...others] = rules;
	if (rule === undefined || others.length > 0) throw s3Error('MalformedXML');
	const {SSEAlgorithm = 'AES256', KMSMasterKeyID} = rule.ApplyServerSideEncryptionByDefault ?? {};
	if (SSEAlgorithm === 'AES256' && KMSMasterKeyID !== undefined) {
		throw s3Error('InvalidArgument', {
			message:
				'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
			fields: {ArgumentName: 'ApplyServerSideEncryptionByDefault'},
		});
	}
	// Whether the key is there nobody asks before the first object comes (S3 API reference, PutBucketEncryption).
	if (SSEAlgorithm === 'aws:fsx') throw notImplemented(`server-side encryption with ${SSEAlgorithm}`);
}
