import type {S3Client} from '@aws-sdk/client-s3';
import {ProblemError} from '../../domain/problem.js';
import type {BucketReference} from '../ports.js';
import type {Caller} from '../problems/caller.js';
import {errorOf} from '../problems/problem-of.js';

type Sdk = typeof import('@aws-sdk/client-s3');

/** The bucket, and the account that must own it: what every call to a bucket that exists carries. */
export type NamedBucket = {readonly Bucket: string; readonly ExpectedBucketOwner: string};

/** Makes a call to a bucket in its region; what goes wrong is thrown as a problem that names the call. */
type CallBucket = <T>(
	operation: string,
	reference: BucketReference,
	send: (s3: S3Client, sdk: Sdk, named: NamedBucket) => Promise<T>,
	/** The key, for a call to an object. */
	key?: string,
	/** What other permissions than the call's own are about, by their names. */
	resources?: Readonly<Record<string, string>>,
) => Promise<T>;

/** Loads the SDK and makes the client when the first call comes. */
export function bucketCaller(client: (region: string) => Promise<S3Client>, caller: Caller): CallBucket {
	return async (operation, reference, send, key, resources) => {
		try {
			const named = {Bucket: reference.bucket, ExpectedBucketOwner: reference.accountId};
			return await send(await client(reference.region), await import('@aws-sdk/client-s3'), named);
		} catch (error) {
			const target = key === undefined ? reference.bucket : `${reference.bucket}/${key}`;
			throw errorOf(error, {operation, target, resources, ...caller});
		}
	};
}

/** Makes an answer of the codes that say that there is nothing. */
export function absent(...codes: readonly string[]): (error: unknown) => undefined {
	return (error) => {
		if (error instanceof ProblemError && codes.includes(error.answer?.code ?? '')) return undefined;
		throw error;
	};
}
