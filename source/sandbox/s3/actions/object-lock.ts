import type * as s3 from '@aws-sdk/client-s3';
import {type Retention} from '../../world/object-version.js';
import {type BucketCall, objectArn, onBucket, onObject, type S3Action} from '../action.js';
import {invalidArgument, s3Error} from '../errors/errors.js';
import {noObjectLock, retentionOf} from '../objects/object-lock.js';
import {findObject} from '../versions/find-version.js';

const maxYears = 100;

export const objectLockActions: readonly S3Action[] = [
	onBucket<s3.GetObjectLockConfigurationRequest, s3.GetObjectLockConfigurationOutput>(
		'GetObjectLockConfiguration',
		({bucket: {name, objectLock}}) => {
			if (objectLock === undefined) {
				throw s3Error('ObjectLockConfigurationNotFoundError', {fields: {BucketName: name}});
			}
			return {output: {ObjectLockConfiguration: {ObjectLockEnabled: 'Enabled', Rule: objectLock.rule}}};
		},
		['s3:GetBucketObjectLockConfiguration'],
	),
	// Rules as recorded in TestS3ObjectLock::test_put_object_lock_configuration_exc and …_on_existing_bucket.
	onBucket<s3.PutObjectLockConfigurationRequest>(
		'PutObjectLockConfiguration',
		({world, bucket, input}) => {
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
		['s3:PutBucketObjectLockConfiguration'],
	),
	onObject<s3.GetObjectLegalHoldRequest, s3.GetObjectLegalHoldOutput>('GetObjectLegalHold', (call) => {
		const {legalHold, key} = findLockable(call);
		if (legalHold === undefined) throw s3Error('NoSuchObjectLockConfiguration', {fields: {Key: key}});
		return {output: {LegalHold: {Status: legalHold}}};
	}),
	onObject<s3.PutObjectLegalHoldRequest>('PutObjectLegalHold', (call) => {
		const version = findLockable(call);
		const status = call.input.LegalHold?.Status;
		if (status === undefined) throw s3Error('MalformedXML');
		version.legalHold = status;
		call.metadataChanged(call.bucket, version, 'legal-hold');
		return {};
	}),
	onObject<s3.GetObjectRetentionRequest, s3.GetObjectRetentionOutput>('GetObjectRetention', (call) => {
		const {retention, key} = findLockable(call);
		if (retention === undefined) throw s3Error('NoSuchObjectLockConfiguration', {fields: {Key: key}});
		return {
			output: {Retention: {Mode: retention.mode, RetainUntilDate: new Date(retention.untilMs)}},
		};
	}),
	// S3 User Guide, object-lock: retention may be lengthened by who may set it, shortened only in governance mode.
	onObject<s3.PutObjectRetentionRequest>('PutObjectRetention', (call) => {
		const {world, bucket, input, key, may, metadataChanged} = call;
		const version = findLockable(call);
		const now = world.clock.now();
		const {Mode, RetainUntilDate} = input.Retention ?? {};
		if ((Mode === undefined) !== (RetainUntilDate === undefined)) throw s3Error('MalformedXML');
		const wanted = Mode === undefined ? undefined : retentionOf(Mode, RetainUntilDate, now);
		const held = version.retention;
		const isHeld = held !== undefined && held.untilMs > now;
		const mayBypass = (): boolean =>
			held?.mode === 'GOVERNANCE' &&
			input.BypassGovernanceRetention === true &&
			may({action: 's3:BypassGovernanceRetention', resource: objectArn(bucket, key)});
		if (isHeld && isWeaker(wanted, held) && !mayBypass()) {
			throw s3Error('AccessDenied', {message: 'Access Denied because object protected by object lock.'});
		}
		version.retention = wanted;
		metadataChanged(bucket, version, 'retention');
		return {};
	}),
];

function findLockable(
	call: BucketCall<{readonly VersionId?: string | undefined}>,
): ReturnType<typeof findObject> {
	if (call.bucket.objectLock === undefined) throw noObjectLock();
	return findObject(call, call.input.VersionId);
}

function isRule(rule: s3.ObjectLockRule | undefined): boolean {
	if (rule === undefined) return true;
	const {Mode, Days, Years} = rule.DefaultRetention ?? {};
	return Mode !== undefined && (Days === undefined) !== (Years === undefined);
}

/** At most 100 years (S3 User Guide, object-lock-managing); words: third-party, as reported of AWS. */
function checkPeriod({Days, Years}: s3.DefaultRetention): void {
	const name = Days === undefined ? 'Years' : 'Days';
	const value = Days ?? Years ?? 1;
	if (value < 1) {
		throw invalidArgument('Default retention period must be a positive integer value.', name, String(value));
	}
	if ((Years ?? 0) > maxYears || (Days ?? 0) > maxYears * 365) {
		throw invalidArgument('Default retention period too large.', name, String(value));
	}
}

function isWeaker(wanted: Retention | undefined, held: Retention): boolean {
	if (wanted === undefined || wanted.untilMs < held.untilMs) return true;
	return held.mode === 'COMPLIANCE' && wanted.mode === 'GOVERNANCE';
}
