import type {S3Client} from '@aws-sdk/client-s3';
import type {BucketReference} from '../ports.js';
import type {Caller} from '../problems/caller.js';
import {
	type About,
	type ClientOf,
	type InputOf,
	type OperationOf,
	type OutputOf,
	serviceCaller,
} from './call-service.js';

type Sdk = typeof import('@aws-sdk/client-s3');
export type S3Operation = OperationOf<Sdk>;
export type S3Output<Operation extends S3Operation> = OutputOf<Sdk, Operation>;

/** The bucket, and the account that must own it: what every call to a bucket that exists carries. */
type NamedBucket = {readonly Bucket: string; readonly ExpectedBucketOwner: string};

/** What is sent to a bucket beside its name and owner. */
export type S3Input<Operation extends S3Operation> = Omit<InputOf<Sdk, Operation>, keyof NamedBucket>;

/** Makes a call to a bucket in its region; what goes wrong is thrown as a problem that names the call. */
export type CallBucket = <Operation extends S3Operation, T = S3Output<Operation>>(
	operation: Operation,
	reference: BucketReference,
	input: S3Input<Operation>,
	/** `key`: of a call to an object. */
	about?: Pick<About, 'resources' | 'prepare' | 'signal'> & {readonly key?: string},
	read?: (answer: S3Output<Operation>) => T,
) => Promise<T>;

export const s3Caller = (client: ClientOf<S3Client>, caller: () => Caller) =>
	serviceCaller<Sdk>(async () => import('@aws-sdk/client-s3'), client, caller);

export function bucketCaller(client: ClientOf<S3Client>, caller: () => Caller): CallBucket {
	const {call} = s3Caller(client, caller);
	return async (operation, {bucket, region, accountId}, input, {key, ...about} = {}, read) => {
		const named: NamedBucket = {Bucket: bucket, ExpectedBucketOwner: accountId};
		const target = key === undefined ? bucket : `${bucket}/${key}`;
		const whole = {...named, ...input} as InputOf<Sdk, typeof operation>;
		return call(operation, whole, {...about, region, target}, read);
	};
}
