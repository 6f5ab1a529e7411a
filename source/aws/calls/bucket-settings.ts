import type {PublicAccessBlockConfiguration, S3Client} from '@aws-sdk/client-s3';
import {bucketImageReader} from './bucket-image.js';
import {bucketCaller} from './call-bucket.js';
import {absent, type ClientOf} from './call-service.js';
import type {BucketSettings} from '../ports.js';
import type {Caller} from '../problems/caller.js';
import type {PublicAccessBlock} from '../../domain/observed/bucket-settings.js';

const dayMs = 24 * 60 * 60 * 1000;
/** S3 keeps the date; that a year is 365 days is expected only. */
const yearDays = 365;

/** Settings of buckets that decide whether replication works, over S3. Reads only. Source: S3 API Reference. */
export function bucketSettingsPort(client: ClientOf<S3Client>, caller: () => Caller): BucketSettings {
	const call = bucketCaller(client, caller);
	return {
		getImage: bucketImageReader(client, caller),
		async getObjectLock(reference, signal) {
			const answer = await call('GetObjectLockConfiguration', reference, {}, {signal}).catch(
				absent('ObjectLockConfigurationNotFoundError'),
			);
			const {ObjectLockEnabled: enabled, Rule: rule} = answer?.ObjectLockConfiguration ?? {};
			const {Mode: mode, Days: days, Years: years} = rule?.DefaultRetention ?? {};
			const period = days === undefined ? `years: ${years}` : `days: ${days}`;
			return {
				isEnabled: enabled === 'Enabled',
				...(mode === undefined
					? {}
					: {defaultRetention: `${mode}, ${period}`, retentionMs: (days ?? (years ?? 0) * yearDays) * dayMs}),
			};
		},
		async getEncryption(reference, signal) {
			const answer = await call('GetBucketEncryption', reference, {}, {signal}).catch(
				absent('ServerSideEncryptionConfigurationNotFoundError'),
			);
			const [rule] = answer?.ServerSideEncryptionConfiguration?.Rules ?? [];
			const {SSEAlgorithm: algorithm = 'AES256', KMSMasterKeyID: keyId} =
				rule?.ApplyServerSideEncryptionByDefault ?? {};
			const blocked = rule?.BlockedEncryptionTypes?.EncryptionType;
			return {
				algorithm,
				...(keyId === undefined ? {} : {keyId}),
				usesBucketKey: rule?.BucketKeyEnabled ?? false,
				...(blocked === undefined ? {} : {blocksCustomerKeys: blocked.includes('SSE-C')}),
			};
		},
		async getRequestPayer(reference, signal) {
			const {Payer: payer} = await call('GetBucketRequestPayment', reference, {}, {signal});
			return payer ?? 'BucketOwner';
		},
		async getOwnership(reference, signal) {
			const answer = await call('GetBucketOwnershipControls', reference, {}, {signal}).catch(
				absent('OwnershipControlsNotFoundError'),
			);
			return answer?.OwnershipControls?.Rules?.[0]?.ObjectOwnership ?? 'ObjectWriter';
		},
		async getPublicAccessBlock(reference, signal) {
			const answer = await call('GetPublicAccessBlock', reference, {}, {signal}).catch(
				absent('NoSuchPublicAccessBlockConfiguration'),
			);
			return publicAccessBlockIn(answer?.PublicAccessBlockConfiguration);
		},
		async getTags(reference, signal) {
			const answer = await call('GetBucketTagging', reference, {}, {signal}).catch(absent('NoSuchTagSet'));
			return (answer?.TagSet ?? []).map(({Key = '', Value = ''}) => ({Key, Value}));
		},
		async hasPublicPolicy(reference, signal) {
			const answer = await call('GetBucketPolicyStatus', reference, {}, {signal}).catch(
				absent('NoSuchBucketPolicy'),
			);
			return answer?.PolicyStatus?.IsPublic ?? false;
		},
	};
}

/** What S3, or S3 Control, says of Block Public Access; what it does not name, or where there is none, is off. */
export function publicAccessBlockIn(block: PublicAccessBlockConfiguration = {}): PublicAccessBlock {
	return {
		blocksPublicAcls: block.BlockPublicAcls ?? false,
		ignoresPublicAcls: block.IgnorePublicAcls ?? false,
		blocksPublicPolicy: block.BlockPublicPolicy ?? false,
		restrictsPublicBuckets: block.RestrictPublicBuckets ?? false,
	};
}
