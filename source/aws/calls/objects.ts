import type {HeadObjectCommandOutput, S3Client} from '@aws-sdk/client-s3';
import type {VersionLock} from '../../domain/observed/version-lock.js';
import type {ReplicationStatus} from '../../domain/event.js';
import {compareKeys} from '../../domain/compare-keys.js';
import {answerOf} from '../../domain/problem.js';
import {bucketCaller} from './call-bucket.js';
import {absent, type ClientOf} from './call-service.js';
import {neededText} from '../responses/needed.js';
import type {BucketReference, DescribedVersion, Objects} from '../ports.js';
import type {VersionName} from '../../domain/record/own-files.js';
import type {Caller} from '../problems/caller.js';
import {errorOf} from '../problems/problem-of.js';
import {UnexpectedAnswer} from '../responses/unexpected-answer.js';
import {versionPageIn} from '../responses/version-page-in.js';
import {Readable} from 'node:stream';
import type {CheckedClient} from '../responses/check-answer.js';

/** Objects and their versions, over S3. Every call names the bucket's expected owner. Source: S3 API Reference. */
export function objectsPort(client: ClientOf<S3Client>, caller: () => Caller): Objects {
	const call = bucketCaller(client, caller);

	/** The first key behind a marker, if there is a version or delete marker at all. */
	const firstKey = async (
		reference: BucketReference,
		from: {readonly Prefix?: string; readonly KeyMarker?: string},
		signal?: AbortSignal,
	): Promise<string | undefined> =>
		call('ListObjectVersions', reference, {...from, MaxKeys: 1}, {signal}, (page) => {
			const [first] = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
			if (first === undefined) return undefined;
			const key = neededText(first.Key, 'Key');
			if (!key.startsWith(from.Prefix ?? ''))
				throw new UnexpectedAnswer('The listing tells of a key that was not asked for.');
			if (from.KeyMarker !== undefined && compareKeys(key, from.KeyMarker) <= 0)
				throw new UnexpectedAnswer('The listing comes to the same place again and would not end.');
			return key;
		});

	const head = async (
		reference: BucketReference,
		{key, versionId}: Pick<VersionName, 'key'> & Partial<VersionName>,
		signal?: AbortSignal,
	): Promise<HeadObjectCommandOutput> =>
		call('HeadObject', reference, {Key: key, VersionId: versionId}, {key, signal});

	return {
		async put(reference, {key, body, tags, metadata, hasDigestAsTag}, signal) {
			const content = {
				Key: key,
				Body: body,
				// Without it the SDK takes empty text for a stream and warns on standard error, through the frame.
				ContentLength: Buffer.byteLength(body),
				Tagging: taggingOf(tags),
				Metadata: metadata,
				ContentType: 'text/plain',
				...(hasDigestAsTag ? {ServerSideEncryption: 'AES256' as const} : {}),
			};
			const answer = await call('PutObject', reference, content, {key, signal});
			return {versionId: answer.VersionId ?? 'null', attempts: answer.$metadata.attempts ?? 1};
		},
		async headVersion(reference, {key, versionId}, signal) {
			try {
				const answer = await head(reference, {key, versionId}, signal);
				return {
					state: 'existing',
					status: statusOf(answer.ReplicationStatus),
					metadata: answer.Metadata ?? {},
					...lockOf(answer),
				};
			} catch (error) {
				if (answerOf(error)?.httpStatus === 404) return {state: 'absent'};
				throw error;
			}
		},
		async describeVersion(reference, {key, versionId}, signal) {
			try {
				const answer = await head(reference, {key, versionId}, signal);
				return describedVersion(answer);
			} catch (error) {
				const status = answerOf(error)?.httpStatus;
				if (status === 404) return {state: 'absent'};
				// A delete marker has no headers but its own. Source: S3 API Reference, HeadObject.
				if (status === 405) return {state: 'marker', status: null};
				throw error;
			}
		},
		async read(reference, {key, from, count}, signal) {
			try {
				const input = {Key: key, Range: `bytes=${from}-${from + count - 1}`};
				const answer = await call('GetObject', reference, input, {key, prepare: giveBodyAsStream, signal});
				const bytes = (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
				// Such as `bytes 0-99/1234`; without it the answer is the whole. Source: S3 API Reference, GetObject.
				const sizeBytes = Number(/\/(\d+)$/.exec(answer.ContentRange ?? '')?.[1] ?? bytes.length);
				return {bytes, sizeBytes};
			} catch (error) {
				// Of nothing there is no first byte.
				if (answerOf(error)?.httpStatus === 416 && from === 0) return {bytes: new Uint8Array(), sizeBytes: 0};
				throw error;
			}
		},
		async getTags(reference, {key, versionId}, signal) {
			const answer = await call(
				'GetObjectTagging',
				reference,
				{Key: key, VersionId: versionId},
				{key, signal},
			);
			return (answer.TagSet ?? []).map(({Key = '', Value = ''}) => ({Key, Value}));
		},
		async listVersions(reference, {prefix, ...from}, signal) {
			const input = {
				Prefix: prefix,
				KeyMarker: from.keyMarker,
				VersionIdMarker: from.versionIdMarker,
			};
			return call('ListObjectVersions', reference, input, {signal}, (answer) => versionPageIn(answer, from));
		},
		async hasOthers(reference, prefixes, signal) {
			let behind: string | undefined;
			for (;;) {
				const from = behind === undefined ? {} : {KeyMarker: behind};
				const first = await firstKey(reference, from, signal);
				if (first === undefined) return false;
				const prefix = prefixes.find((one) => first.startsWith(one));
				if (prefix === undefined) return true;
				// Keys come in the order of their bytes: behind everything that begins with `…/` comes what begins with `…0`.
				behind = `${prefix.slice(0, -1)}0`;
				if ((await firstKey(reference, {Prefix: behind}, signal)) !== undefined) return true;
			}
		},
		async deleteVersions(reference, versions) {
			const wanted = {
				Objects: versions.map(({key, versionId}) => ({Key: key, VersionId: versionId})),
				Quiet: true,
			};
			const [{key = ''} = {}] = versions;
			const answer = await call('DeleteObjects', reference, {Delete: wanted}, {key}).catch(
				absent('NoSuchBucket'),
			);
			const refused = answer?.Errors?.[0];
			if (!refused) return;
			const target = `${reference.bucket}/${refused.Key ?? key}`;
			throw errorOf(refusal(refused), {operation: 'DeleteObjects', target, ...caller()});
		},
	};
}

function lockOf({
	ObjectLockRetainUntilDate: until,
	ObjectLockLegalHoldStatus: hold,
}: HeadObjectCommandOutput): {readonly lock?: VersionLock} {
	const hasLegalHold = hold === 'ON';
	if (until === undefined && !hasLegalHold) return {};
	return {lock: {...(until === undefined ? {} : {untilMs: until.getTime()}), hasLegalHold}};
}

/** Source: S3 API Reference, HeadObject. */
function describedVersion(answer: HeadObjectCommandOutput): DescribedVersion {
	const {SSECustomerAlgorithm: customer, ServerSideEncryption: algorithm, SSEKMSKeyId: keyArn} = answer;
	const kms = {kind: 'kms' as const, keyArn, usesBucketKey: answer.BucketKeyEnabled ?? false};
	return {
		state: 'existing',
		versionId: answer.VersionId ?? 'null',
		status: statusOf(answer.ReplicationStatus),
		// The ETag of what was uploaded in parts ends with their number.
		partCount: Number(/-(\d+)"?$/.exec(answer.ETag ?? '')?.[1] ?? 1),
		lastModified: answer.LastModified?.getTime(),
		storageClass: answer.StorageClass,
		archiveStatus: answer.ArchiveStatus,
		encryption:
			customer === undefined ? (algorithm?.startsWith('aws:kms') ? kms : {kind: 's3'}) : {kind: 'customer'},
		hasRetention: answer.ObjectLockMode !== undefined,
		hasLegalHold: answer.ObjectLockLegalHoldStatus === 'ON',
	};
}

/** Tags as the header `x-amz-tagging` has them. Source: S3 API Reference, PutObject. */
function taggingOf(tags: Readonly<Record<string, string>> = {}): string | undefined {
	const names = Object.entries(tags);
	return names.length === 0 ? undefined : new URLSearchParams(names).toString();
}

/** The SDK lists both COMPLETED and COMPLETE; the User Guide's word is COMPLETED. */
function statusOf(status: string | undefined): ReplicationStatus {
	if (status === 'COMPLETE') return 'COMPLETED';
	return (status as ReplicationStatus | undefined) ?? null;
}

/** DeleteObjects answers 200 and tells of each object that it refused. Source: S3 API Reference, DeleteObjects. */
function refusal({
	Code: code,
	Message: message,
}: {
	readonly Code?: string;
	readonly Message?: string;
}): object {
	const httpStatusCode = code === 'AccessDenied' ? 403 : 400;
	return {name: code, Code: code, message, $metadata: {httpStatusCode}};
}

type Answer = {readonly statusCode: number; body?: unknown};

/**
 * Gives the bytes of an object, which were read whole within the limits, to the SDK as the stream that it takes. What tells of an error
 * stays as it is.
 */
function giveBodyAsStream(command: CheckedClient): void {
	command.middlewareStack.add(
		(next) => async (given) => {
			const result = await next(given);
			const answer = result.response as Answer;
			if (answer.statusCode < 300 && answer.body instanceof Uint8Array)
				answer.body = Readable.from([answer.body]);
			return result;
		},
		// Next to the wire, as the look at the answer is.
		{step: 'deserialize', priority: 'low', name: 'giveBodyAsStream'},
	);
}
