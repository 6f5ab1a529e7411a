import type {S3Client} from '@aws-sdk/client-s3';
import type {BucketImage, ImageSetting} from '../../domain/observed/bucket-image.js';
import {ProblemError} from '../../domain/problem.js';
import {permissionOf} from '../problems/permission-of.js';
import type {BucketReference} from '../ports.js';
import type {Caller} from '../problems/caller.js';
import {
	bucketCaller,
	type CallBucket,
	s3Caller,
	type S3Input,
	type S3Operation,
	type S3Output,
} from './call-bucket.js';
import {absent, type ClientOf} from './call-service.js';

type Reading = {
	readonly operation: string;
	/** Gives the setting as S3 tells it, or nothing. */
	readonly read: (call: CallBucket, reference: BucketReference, signal?: AbortSignal) => Promise<unknown>;
};

/** @param none the codes that say that there is none */
const reading = <Operation extends S3Operation>(
	operation: Operation,
	none: readonly string[],
	settingIn: (answer: S3Output<Operation>) => unknown,
): Reading => ({
	operation,
	read: async (call, reference, signal) =>
		call(operation, reference, {} as S3Input<Operation>, {signal}, settingIn).catch(absent(...none)),
});

/** How each setting is read. Source: S3 API Reference, the operations named, and their "not found" codes. */
const readings: Readonly<Record<ImageSetting, Reading>> = {
	versioning: reading('GetBucketVersioning', [], ({Status, MFADelete}) => {
		if (Status === undefined) return undefined;
		return MFADelete === 'Enabled' ? {Status, MFADelete} : {Status};
	}),
	uploads: {
		operation: 'ListMultipartUploads',
		// Whether there is one is all that matters, and keys of others are no matter of a record.
		read: async (call, reference, signal) =>
			call('ListMultipartUploads', reference, {MaxUploads: 1}, {signal}, ({Uploads: uploads}) =>
				uploads?.length ? {hasUploads: true} : undefined,
			),
	},
	tagging: reading('GetBucketTagging', ['NoSuchTagSet'], ({TagSet}) => filled(TagSet)),
	lifecycle: reading('GetBucketLifecycleConfiguration', ['NoSuchLifecycleConfiguration'], ({Rules}) =>
		filled(Rules),
	),
	notification: reading('GetBucketNotificationConfiguration', [], ({$metadata: _, ...configuration}) =>
		Object.values(configuration).some((part) => part !== undefined) ? configuration : undefined,
	),
	encryption: reading(
		'GetBucketEncryption',
		['ServerSideEncryptionConfigurationNotFoundError'],
		({ServerSideEncryptionConfiguration: found}) => found?.Rules,
	),
	ownership: reading(
		'GetBucketOwnershipControls',
		['OwnershipControlsNotFoundError'],
		({OwnershipControls: found}) => found?.Rules,
	),
	publicAccessBlock: reading(
		'GetPublicAccessBlock',
		['NoSuchPublicAccessBlockConfiguration'],
		({PublicAccessBlockConfiguration: found}) => found,
	),
	website: reading(
		'GetBucketWebsite',
		['NoSuchWebsiteConfiguration'],
		({$metadata: _, ...configuration}) => configuration,
	),
	cors: reading('GetBucketCors', ['NoSuchCORSConfiguration'], ({CORSRules}) => filled(CORSRules)),
	logging: reading('GetBucketLogging', [], ({LoggingEnabled}) => LoggingEnabled),
	inventory: reading('ListBucketInventoryConfigurations', [], ({InventoryConfigurationList: list}) =>
		filled(list),
	),
	objectLock: reading(
		'GetObjectLockConfiguration',
		['ObjectLockConfigurationNotFoundError'],
		({ObjectLockConfiguration: found}) => found,
	),
};

/**
 * Reads every setting of a bucket side by side. A setting that may not be read, or that the endpoint does not know, is named;
 * anything else that goes wrong is thrown.
 */
export function bucketImageReader(
	client: ClientOf<S3Client>,
	caller: () => Caller,
): (reference: BucketReference, signal?: AbortSignal) => Promise<BucketImage> {
	const call = bucketCaller(client, caller);

	/** A hint: what cannot be found out is left out. Of all names that begin so the bucket's own comes first. */
	async function createdAtOf(
		{bucket, region}: BucketReference,
		signal?: AbortSignal,
	): Promise<number | undefined> {
		const {call: ask} = s3Caller(client, caller);
		const input = {Prefix: bucket, MaxBuckets: 1};
		const {Buckets: buckets = []} = await ask('ListBuckets', input, {region, target: bucket, signal});
		return buckets.find(({Name: name}) => name === bucket)?.CreationDate?.getTime();
	}

	return async (reference, signal) => {
		const settings: Partial<Record<ImageSetting, unknown>> = {};
		const unread: Partial<Record<ImageSetting, string>> = {};
		const created = createdAtOf(reference, signal).catch(() => undefined);
		await Promise.all(
			(Object.entries(readings) as ReadonlyArray<[ImageSetting, Reading]>).map(
				async ([name, {operation, read}]) => {
					try {
						settings[name] = (await read(call, reference, signal)) ?? null;
					} catch (error) {
						unread[name] = unreadBecause(error, operation);
					}
				},
			),
		);
		const createdAt = await created;
		return {settings, unread, ...(createdAt === undefined ? {} : {createdAt})};
	};
}

/** The permission that is missing, or the answer of an endpoint that does not have the setting. */
function unreadBecause(error: unknown, operation: string): string {
	if (!(error instanceof ProblemError)) throw error;
	const {httpStatus, code = ''} = error.answer ?? {};
	if (httpStatus === 403) return permissionOf(operation);
	// S3-compatible stores answer so to what they do not have. Source: S3 API Reference, "List of error codes".
	if (httpStatus === 501 || httpStatus === 405) return `${operation}: ${code}`;
	throw error;
}

function filled<T>(list: readonly T[] | undefined): readonly T[] | undefined {
	return list?.length ? list : undefined;
}
