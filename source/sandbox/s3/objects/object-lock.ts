import {type DefaultRetention, type PutObjectRequest} from '@aws-sdk/client-s3';
import {type Bucket} from '../../world/bucket.js';
import {dayMs} from '../../world/clock.js';
import {type ObjectVersion, type Retention} from '../../world/object-version.js';
import {type BucketCall, objectArn} from '../action.js';
import {invalidArgument, invalidRequest, s3Error} from '../errors/errors.js';

const yearDays = 365;

export type LockState = Pick<ObjectVersion, 'retention' | 'legalHold'>;

type LockInput = Pick<
	PutObjectRequest,
	'ObjectLockMode' | 'ObjectLockRetainUntilDate' | 'ObjectLockLegalHoldStatus'
>;

/**
 * Takes what a write says of Object Lock, gives what the version gets: its own retention, or else the bucket's default.
 * Throws InvalidRequest or InvalidArgument (S3 API reference, PutObject; S3 User Guide, object-lock).
 */
export function lockStateOf(bucket: Bucket, input: LockInput, nowMs: number): LockState {
	const {ObjectLockMode, ObjectLockRetainUntilDate, ObjectLockLegalHoldStatus} = input;
	const isAsked = (ObjectLockMode ?? ObjectLockRetainUntilDate ?? ObjectLockLegalHoldStatus) !== undefined;
	if (isAsked && bucket.objectLock === undefined) throw noObjectLock();
	if ((ObjectLockMode === undefined) !== (ObjectLockRetainUntilDate === undefined)) {
		throw s3Error('InvalidArgument', {
			message: 'x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied',
		});
	}
	const retention =
		ObjectLockMode === undefined
			? defaultRetentionOf(bucket, nowMs)
			: retentionOf(ObjectLockMode, ObjectLockRetainUntilDate, nowMs);
	return {retention, legalHold: ObjectLockLegalHoldStatus};
}

/** Takes a mode and a time, gives the retention; throws where the time has gone by. */
export function retentionOf(mode: string, until: Date | undefined, nowMs: number): Retention {
	if (mode !== 'GOVERNANCE' && mode !== 'COMPLIANCE') {
		throw s3Error('InvalidArgument', {message: 'Unknown wormMode directive.'});
	}
	const untilMs = until?.getTime() ?? Number.NaN;
	if (!(untilMs > nowMs)) {
		throw invalidArgument(
			'The retain until date must be in the future!',
			'x-amz-object-lock-retain-until-date',
			until?.toISOString() ?? '',
		);
	}
	return {mode, untilMs};
}

/** The retention that the bucket gives to what is written now, if it gives any. */
export function defaultRetentionOf({objectLock}: Bucket, nowMs: number): Retention | undefined {
	const retention = objectLock?.rule?.DefaultRetention;
	if (retention?.Mode === undefined) return undefined;
	return {mode: retention.Mode, untilMs: nowMs + durationMsOf(retention)};
}

function durationMsOf({Days, Years}: DefaultRetention): number {
	return (Days ?? (Years ?? 0) * yearDays) * dayMs;
}

/**
 * Says whether Object Lock keeps the version from being removed now. Who may, and asks for it, gets around governance
 * mode (S3 User Guide, object-lock, "Governance mode").
 */
export function isLocked(
	{world, bucket, may, input}: BucketCall<{readonly BypassGovernanceRetention?: boolean | undefined}>,
	{retention, legalHold, key}: ObjectVersion,
): boolean {
	if (legalHold === 'ON') return true;
	if (retention === undefined || retention.untilMs <= world.clock.now()) return false;
	if (retention.mode === 'COMPLIANCE' || input.BypassGovernanceRetention !== true) return true;
	return !may({action: 's3:BypassGovernanceRetention', resource: objectArn(bucket, key)});
}

/** What S3 answers where the bucket has no Object Lock. */
export function noObjectLock(): Error {
	return invalidRequest('Bucket is missing Object Lock Configuration');
}

/** Recorded: TestS3ObjectLock::test_delete_object_with_no_locking. */
export function checkBypass({bucket, request}: BucketCall<unknown>): void {
	if (bucket.objectLock === undefined && request.headers['x-amz-bypass-governance-retention'] !== undefined) {
		throw s3Error('InvalidArgument', {
			message: 'x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.',
			fields: {ArgumentName: 'x-amz-bypass-governance-retention'},
		});
	}
}
