/** The services of the sandbox, as requests to them are signed; S3 Control, which is signed as S3 is, has a name of its own here. */
export const serviceNames = ['s3', 's3control', 'iam', 'sts', 'kms', 'sqs', 'monitoring'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** What can go wrong on purpose. */
export const faultNames = [
	'SlowDown',
	'InternalError',
	'ResetBeforeEffect',
	'ResetAfterEffect',
	'SlowAnswer',
	'TruncatedBody',
	'ExpiredToken',
	'AccessDenied',
	'RegionDown',
] as const;
export type FaultName = (typeof faultNames)[number];

/** The operation name under which a rule reaches the copies that S3 itself makes; no request has it. */
export const replicationOperation = 'Replication';

/**
 * Which requests meet which fault: all that fit what is given, or of these the `nth` (from 1), or each with a
 * `probability`. `bucket` also fits the destination of a copy, `account` the caller's account.
 */
export type FaultRule = {
	readonly service?: ServiceName;
	readonly operation?: string;
	readonly account?: string;
	readonly bucket?: string;
	readonly region?: string;
	readonly nth?: number;
	readonly probability?: number;
	readonly fault: FaultName;
	/** How late a SlowAnswer is; 5000. */
	readonly delayMs?: number;
};

/** What of a request decides whether it meets a fault. */
export type FaultSubject = {
	readonly service: ServiceName;
	readonly operation: string;
	readonly accountId: string | undefined;
	readonly bucket: string | undefined;
	readonly region: string;
};
