import type {S3Client} from '@aws-sdk/client-s3';
import type {BucketImage, ImageSetting} from '../../domain/observed/bucket-image.js';
import {ProblemError} from '../../domain/problem.js';
import {absent, bucketCaller, type NamedBucket} from './call-bucket.js';
import {permissionOf} from '../problems/permission-of.js';
import type {BucketReference} from '../ports.js';
import type {Caller} from '../problems/caller.js';

type Sdk = typeof import('@aws-sdk/client-s3');

type Reading = {
	readonly operation: string;
	/** Codes that say that there is none. */
	readonly none?: readonly string[];
	/** Gives the setting as S3 tells it, or nothing. */
	readonly read: (sdk: Sdk, named: NamedBucket, send: S3Client['send']) => Promise<unknown>;
};

/** How each setting is read. Source: S3 API Reference, the operations named, and their "not found" codes. */
const readings: Readonly<Record<ImageSetting, Reading>> = {
	versioning: {
		operation: 'GetBucketVersioning',
		read: async ({GetBucketVersioningCommand: Command}, named, send) => {
			const {Status, MFADelete} = await send(new Command(named));
			if (Status === undefined) return undefined;
			return MFADelete === 'Enabled' ? {Status, MFADelete} : {Status};
		},
	},
	uploads: {
		operation: 'ListMultipartUploads',
		read: async ({ListMultipartUploadsCommand: Command}, named, send) => {
			// Whether there is one is all that matters, and keys of others are no matter of a record.
			const {Uploads: uploads} = await send(new Command({...named, MaxUploads: 1}));
			return uploads?.length ? {hasUploads: true} : undefined;
		},
	},
	tagging: {
		operation: 'GetBucketTagging',
		none: ['NoSuchTagSet'],
		read: async ({GetBucketTaggingCommand: Command}, named, send) =>
			filled((await send(new Command(named))).TagSet),
	},
	lifecycle: {
		operation: 'GetBucketLifecycleConfiguration',
		none: ['NoSuchLifecycleConfiguration'],
		read: async ({GetBucketLifecycleConfigurationCommand: Command}, named, send) =>
			filled((await send(new Command(named))).Rules),
	},
	notification: {
		operation: 'GetBucketNotificationConfiguration',
		read: async ({GetBucketNotificationConfigurationCommand: Command}, named, send) => {
			const {$metadata: _, ...configuration} = await send(new Command(named));
			return Object.values(configuration).some((part) => part !== undefined) ? configuration : undefined;
		},
	},
	encryption: {
		operation: 'GetBucketEncryption',
		none: ['ServerSideEncryptionConfigurationNotFoundError'],
		read: async ({GetBucketEncryptionCommand: Command}, named, send) =>
			(await send(new Command(named))).ServerSideEncryptionConfiguration?.Rules,
	},
	ownership: {
		operation: 'GetBucketOwnershipControls',
		none: ['OwnershipControlsNotFoundError'],
		read: async ({GetBucketOwnershipControlsCommand: Command}, named, send) =>
			(await send(new Command(named))).OwnershipControls?.Rules,
	},
	publicAccessBlock: {
		operation: 'GetPublicAccessBlock',
		none: ['NoSuchPublicAccessBlockConfiguration'],
		read: async ({GetPublicAccessBlockCommand: Command}, named, send) =>
			(await send(new Command(named))).PublicAccessBlockConfiguration,
	},
	website: {
		operation: 'GetBucketWebsite',
		none: ['NoSuchWebsiteConfiguration'],
		read: async ({GetBucketWebsiteCommand: Command}, named, send) => {
			const {$metadata: _, ...configuration} = await send(new Command(named));
			return configuration;
		},
	},
	cors: {
		operation: 'GetBucketCors',
		none: ['NoSuchCORSConfiguration'],
		read: async ({GetBucketCorsCommand: Command}, named, send) =>
			filled((await send(new Command(named))).CORSRules),
	},
	logging: {
		operation: 'GetBucketLogging',
		read: async ({GetBucketLoggingCommand: Command}, named, send) =>
			(await send(new Command(named))).LoggingEnabled,
	},
	inventory: {
		operation: 'ListBucketInventoryConfigurations',
		read: async ({ListBucketInventoryConfigurationsCommand: Command}, named, send) =>
			filled((await send(new Command(named))).InventoryConfigurationList),
	},
	objectLock: {
		operation: 'GetObjectLockConfiguration',
		none: ['ObjectLockConfigurationNotFoundError'],
		read: async ({GetObjectLockConfigurationCommand: Command}, named, send) =>
			(await send(new Command(named))).ObjectLockConfiguration,
	},
};

/**
 * Reads every setting of a bucket side by side. A setting that may not be read, or that the endpoint does not know, is named;
 * anything else that goes wrong is thrown.
 */
export function bucketImageReader(
	client: (region: string) => Promise<S3Client>,
	caller: Caller,
): (reference: BucketReference, signal?: AbortSignal) => Promise<BucketImage> {
	const call = bucketCaller(client, caller);

	async function readOne(
		{operation, none = [], read}: Reading,
		reference: BucketReference,
		signal?: AbortSignal,
	): Promise<unknown> {
		const value = await call(operation, reference, async (s3, sdk, named) => {
			const send = (async (command: Parameters<S3Client['send']>[0]) =>
				s3.send(command, {abortSignal: signal})) as S3Client['send'];
			return read(sdk, named, send);
		}).catch(absent(...none));
		return value ?? null;
	}

	/** A hint: what cannot be found out is left out. Of all names that begin so the bucket's own comes first. */
	async function createdAtOf(reference: BucketReference, signal?: AbortSignal): Promise<number | undefined> {
		const {Buckets: buckets = []} = await call('ListBuckets', reference, async (s3, {ListBucketsCommand}) =>
			s3.send(new ListBucketsCommand({Prefix: reference.bucket, MaxBuckets: 1}), {abortSignal: signal}),
		);
		return buckets.find(({Name: name}) => name === reference.bucket)?.CreationDate?.getTime();
	}

	return async (reference, signal) => {
		const settings: Partial<Record<ImageSetting, unknown>> = {};
		const unread: Partial<Record<ImageSetting, string>> = {};
		const created = createdAtOf(reference, signal).catch(() => undefined);
		await Promise.all(
			(Object.entries(readings) as ReadonlyArray<[ImageSetting, Reading]>).map(async ([name, reading]) => {
				try {
					settings[name] = await readOne(reading, reference, signal);
				} catch (error) {
					unread[name] = unreadBecause(error, reading.operation);
				}
			}),
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
