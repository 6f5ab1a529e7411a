import {
	type CopyObjectRequest,
	type HeadObjectOutput,
	type ServerSideEncryption,
	type ServerSideEncryptionConfiguration,
	type ServerSideEncryptionRule,
} from '@aws-sdk/client-s3';
import {useForService} from '../../kms/use-for-service.js';
import {managedAliasName} from '../../kms/managed-key.js';
import {ServiceError} from '../../wire/service-error.js';
import {type Bucket} from '../../world/bucket.js';
import {type Identity} from '../../world/credential.js';
import {type KmsEncryption} from '../../world/object-version.js';
import {type World} from '../../world/world.js';
import {bucketArn, objectArn} from '../action.js';
import {invalidArgument, s3Error} from '../errors/errors.js';
import {partitionOfRegion} from '../../world/partition.js';

type Given = Pick<
	CopyObjectRequest,
	'ServerSideEncryption' | 'SSEKMSKeyId' | 'SSEKMSEncryptionContext' | 'BucketKeyEnabled'
>;
type Call = {readonly world: World; readonly identity: Identity | undefined};

/** The service as key policies see it (KMS Developer Guide, conditions-kms, kms:ViaService). */
export function viaS3(region: string): string {
	return `s3.${region}.${partitionOfRegion(region).dnsSuffix}`;
}

/**
 * What S3 gives KMS as the encryption context: the object's ARN, with a bucket key the bucket's, and what the writer gave
 * (S3 User Guide, UsingKMSEncryption, bucket-key).
 */
export function contextOf(
	bucket: Pick<Bucket, 'name' | 'region'>,
	key: string,
	{usesBucketKey, context}: Pick<KmsEncryption, 'usesBucketKey' | 'context'>,
): Readonly<Record<string, string>> {
	return {...context, 'aws:s3:arn': usesBucketKey ? bucketArn(bucket) : objectArn(bucket, key)};
}

/** How a bucket encrypts what comes without a say of its own. */
export function defaultEncryptionOf(bucket: Bucket): ServerSideEncryptionRule | undefined {
	return (bucket.settings.get('encryption') as ServerSideEncryptionConfiguration | undefined)?.Rules?.[0];
}

/**
 * Gives how a write is encrypted with a key of KMS, undefined where it is with S3's own keys: as its headers say, else as the
 * bucket does. Throws where the key is not there, is not enabled, or may not be used by the caller. A key that is named without
 * an account is one of the caller's, not of the bucket's owner (S3 User Guide, UsingKMSEncryption, bucket-encryption).
 */
export function encryptionOfWrite(
	{world, identity}: Call,
	bucket: Bucket,
	key: string,
	input: Given,
): KmsEncryption | undefined {
	checkHeaders(input);
	const rule = defaultEncryptionOf(bucket);
	const byBucket = rule?.ApplyServerSideEncryptionByDefault;
	const algorithm = input.ServerSideEncryption ?? byBucket?.SSEAlgorithm ?? 'AES256';
	if (algorithm !== 'aws:kms' && algorithm !== 'aws:kms:dsse') return undefined;
	const keyId =
		(input.ServerSideEncryption === undefined ? byBucket?.KMSMasterKeyID : input.SSEKMSKeyId) ??
		managedAliasName;
	// Two layers take no bucket key (S3 User Guide, UsingDSSEncryption).
	const usesBucketKey =
		algorithm === 'aws:kms' && (input.BucketKeyEnabled ?? rule?.BucketKeyEnabled ?? false);
	const context = parseContext(input.SSEKMSEncryptionContext);
	const wanted = {usesBucketKey, context};
	const keyArn = useKey(
		{world, identity},
		bucket,
		keyId,
		'kms:GenerateDataKey',
		contextOf(bucket, key, wanted),
	);
	return {algorithm, keyArn, ...wanted};
}

/** Throws where the object cannot be decrypted for the caller: its key is gone or not enabled, or is not the caller's to use. */
export function requireDecrypt(
	call: Call,
	bucket: Bucket,
	key: string,
	encryption: KmsEncryption | undefined,
): void {
	if (encryption === undefined) return;
	useKey(call, bucket, encryption.keyArn, 'kms:Decrypt', contextOf(bucket, key, encryption));
}

type Described = Pick<HeadObjectOutput, 'ServerSideEncryption' | 'SSEKMSKeyId' | 'BucketKeyEnabled'>;

const withOwnKeys: Described = {ServerSideEncryption: 'AES256'};

/** What answers tell of an object's encryption (recorded: test_s3_bucket_encryption_sse_kms). */
export function describeEncryption(encryption: KmsEncryption | undefined): Described {
	if (encryption === undefined) return withOwnKeys;
	return {
		ServerSideEncryption: encryption.algorithm,
		SSEKMSKeyId: encryption.keyArn,
		...(encryption.usesBucketKey ? {BucketKeyEnabled: true} : {}),
	};
}

/** Throws what S3 answers to headers that contradict each other (third-party), or name what it has not. */
function checkHeaders({ServerSideEncryption: algorithm, SSEKMSKeyId, SSEKMSEncryptionContext}: Given): void {
	const known: readonly (ServerSideEncryption | undefined)[] = [
		undefined,
		'AES256',
		'aws:kms',
		'aws:kms:dsse',
	];
	if (!known.includes(algorithm)) {
		throw invalidArgument(
			'The encryption method specified is not supported',
			'x-amz-server-side-encryption',
			algorithm ?? '',
		);
	}
	const namesKey = SSEKMSKeyId !== undefined || SSEKMSEncryptionContext !== undefined;
	if (!namesKey || algorithm === 'aws:kms' || algorithm === 'aws:kms:dsse') return;
	throw invalidArgument(
		'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
		'x-amz-server-side-encryption',
		algorithm ?? 'null',
	);
}

/** The header holds JSON in base64 (S3 API reference, PutObject; the error: guessed). */
function parseContext(header: string | undefined): KmsEncryption['context'] {
	if (header === undefined) return {};
	try {
		const value = JSON.parse(Buffer.from(header, 'base64').toString('utf8')) as unknown;
		const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
		if (isMap && Object.values(value).every((text) => typeof text === 'string')) {
			return value as KmsEncryption['context'];
		}
	} catch {
		// It is told below.
	}
	throw invalidArgument(
		'The header is not the base64 of a JSON object of texts',
		'x-amz-server-side-encryption-context',
		header,
	);
}

function useKey(
	{world, identity}: Call,
	{region}: Bucket,
	keyId: string,
	action: string,
	encryptionContext: Readonly<Record<string, string>>,
): string {
	if (identity === undefined) {
		// Third-party: the answer to requests that are not signed.
		throw invalidArgument(
			'Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.',
			'Authorization',
			'null',
		);
	}
	const place = {accountId: identity.accountId, region};
	const used = useForService(world, identity, keyId, place, {
		action,
		viaService: viaS3(region),
		encryptionContext,
	});
	if (used.ok) return used.key.arn;
	const {code, status, message} = used.error;
	// Recorded: test_s3_sse_validate_kms_key, test_s3_sse_validate_kms_key_state.
	throw code === 'AccessDeniedException'
		? s3Error('AccessDenied', {message})
		: new ServiceError(`KMS.${code}`, status, message);
}
