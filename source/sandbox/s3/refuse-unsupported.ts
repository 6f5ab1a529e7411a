import {type PutObjectRequest} from '@aws-sdk/client-s3';
import {type Bucket} from '../world/bucket.js';
import {enumValues} from '../wire/enum-values.js';
import {notImplemented, s3Error} from './errors.js';

type WriteInput = Pick<
	PutObjectRequest,
	| 'ACL'
	| 'GrantFullControl'
	| 'GrantRead'
	| 'GrantReadACP'
	| 'GrantWriteACP'
	| 'ServerSideEncryption'
	| 'SSECustomerAlgorithm'
	| 'StorageClass'
>;

/** With BucketOwnerEnforced, new buckets' setting, only these say nothing new (S3 User Guide, about-object-ownership). */
const harmlessAcls: readonly string[] = ['private', 'bucket-owner-full-control'];

/** Throws what S3 answers to a write it does not take, and NotImplemented where the sandbox would have to pretend. */
export function refuseUnsupportedWrite(input: WriteInput, {objectOwnership}: Bucket): void {
	const grants = input.GrantFullControl ?? input.GrantRead ?? input.GrantReadACP ?? input.GrantWriteACP;
	if (grants !== undefined || (input.ACL !== undefined && !harmlessAcls.includes(input.ACL))) {
		if (objectOwnership !== 'BucketOwnerEnforced') throw notImplemented('access control lists');
		throw s3Error('AccessControlListNotSupported');
	}
	if (input.ServerSideEncryption !== undefined && input.ServerSideEncryption !== 'AES256') {
		throw notImplemented(`server-side encryption with ${input.ServerSideEncryption}`);
	}
	if (input.SSECustomerAlgorithm !== undefined)
		throw notImplemented('encryption with keys of the customer (SSE-C)');
	if (
		input.StorageClass !== undefined &&
		!enumValues['Destination.StorageClass']!.includes(input.StorageClass)
	) {
		throw s3Error('InvalidRequest', {message: 'The storage class you specified is not valid'});
	}
}
