import {type PutObjectRequest} from '@aws-sdk/client-s3';
import {enumValues} from '../../wire/enum-values.js';
import {notImplemented, s3Error} from '../errors/errors.js';

type WriteInput = Pick<PutObjectRequest, 'SSECustomerAlgorithm' | 'StorageClass'>;

/** Throws what S3 answers to a write it does not take, and NotImplemented where the sandbox would have to pretend. */
export function refuseUnsupportedWrite(input: WriteInput): void {
	if (input.SSECustomerAlgorithm !== undefined)
		throw notImplemented('encryption with keys of the customer (SSE-C)');
	if (
		input.StorageClass !== undefined &&
		!enumValues['Destination.StorageClass']!.includes(input.StorageClass)
	) {
		throw s3Error('InvalidStorageClass');
	}
}
