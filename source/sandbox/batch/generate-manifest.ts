import {randomBytes} from 'node:crypto';
import {type S3JobManifestGenerator, type S3ManifestOutputLocation} from '@aws-sdk/client-s3-control';
import {bucketArn, objectArn} from '../s3/action.js';
import {encryptionOfWrite, requireDecrypt} from '../s3/objects/encryption.js';
import {type BatchJob} from '../world/batch-job.js';
import {type Bucket} from '../world/bucket.js';
import {type KmsEncryption, type ObjectVersion} from '../world/object-version.js';
import {type World} from '../world/world.js';
import {type BatchRole} from './batch-role.js';
import {csvLine, encodeKey} from './csv.js';
import {filterOf} from './generator-filter.js';
import {JobFailedError, manifestFailure, orManifestFailure} from './job-failure.js';
import {denied} from './read-manifest.js';
import {type TaskList} from './tasks.js';
import {bucketOfArn, JobFile, mayPut} from './write-object.js';

type Written = (bucket: Bucket, version: ObjectVersion) => void;

/**
 * Lists what the generator's filter takes of the source bucket: all versions, not the current ones alone. Throws JobFailedError
 * where the role may not (S3 User Guide, s3-batch-replication-policies), and where nothing is left over (s3-batch-replication-batch).
 */
export async function generateManifest(
	world: World,
	job: BatchJob,
	role: BatchRole,
	generator: S3JobManifestGenerator,
	written: Written,
): Promise<TaskList> {
	const bucket = sourceOf(world, job, generator);
	const arn = bucketArn(bucket);
	for (const action of ['s3:GetReplicationConfiguration', 's3:PutInventoryConfiguration']) {
		if (!role.may(bucket, action, arn)) throw denied(arn, action);
	}
	// Where that is told is guessed.
	if (bucket.replication === undefined) {
		throw manifestFailure(`The bucket ${bucket.name} has no replication configuration.`);
	}
	const takes = filterOf(bucket, generator.Filter);
	const tasks = bucket.versions.keys.flatMap((key) => bucket.versions.of(key).filter(takes));
	if (tasks.length === 0) {
		// The words are documented, the code is guessed.
		throw new JobFailedError(
			'ManifestGenerationFoundNoKeys',
			'Manifest generation found no keys matching the filter criteria.',
		);
	}
	if (generator.EnableManifestOutput === true && generator.ManifestOutputLocation !== undefined) {
		await output({world, job, role, generator, written}, bucket, tasks, generator.ManifestOutputLocation);
	}
	return {bucketName: bucket.name, tasks};
}

/** A bucket elsewhere, or another's, is refused while preparing (guessed: when). */
function sourceOf(world: World, job: BatchJob, generator: S3JobManifestGenerator): Bucket {
	const bucket = bucketOfArn(world, generator.SourceBucket);
	if (bucket === undefined) throw manifestFailure('The source bucket does not exist.');
	if (bucket.region !== job.region)
		throw manifestFailure('The source bucket is in another Region than the job.');
	// Of the bucket that the manifest is written to, says the API reference; that it is the source's where none is written: guessed.
	const {ExpectedBucketOwner: owner, EnableManifestOutput: isWritten} = generator;
	if (owner !== undefined && isWritten !== true && owner !== bucket.ownerAccountId) {
		throw manifestFailure('The source bucket belongs to another account than the expected one.');
	}
	return bucket;
}

type Output = {
	readonly world: World;
	readonly job: BatchJob;
	readonly role: BatchRole;
	readonly generator: S3JobManifestGenerator;
	readonly written: Written;
};

/**
 * Writes the manifest in the form of an inventory: a list of CSV files and what is in them (S3 User Guide, storage-inventory-location; the names:
 * guessed), and reads it: the role has to be let (S3 User Guide, batch-ops-iam-role-policies).
 */
async function output(
	{world, job, role, generator, written}: Output,
	source: Bucket,
	tasks: readonly ObjectVersion[],
	location: S3ManifestOutputLocation,
): Promise<void> {
	const bucket = bucketOfArn(world, location.Bucket);
	const owners = [location.ExpectedManifestBucketOwner, generator.ExpectedBucketOwner];
	const isOwner = owners.every((owner) => owner === undefined || owner === bucket?.ownerAccountId);
	const start = [location.ManifestPrefix, source.name, `job-${job.jobId}`].filter(Boolean).join('/');
	const dataKey = `${start}/data/${randomBytes(20).toString('hex')}.csv`;
	const manifestKey = `${start}/manifest.json`;
	const asked = encryptionAsked(location);
	const mayWrite = (key: string): boolean =>
		bucket !== undefined && mayPut(role, bucket, key, asked.ServerSideEncryption);
	if (bucket === undefined || !isOwner || ![dataKey, manifestKey].every(mayWrite)) {
		throw manifestFailure('Failed to write manifest');
	}
	if (!role.may(bucket, 's3:GetObject', objectArn(bucket, manifestKey))) {
		throw denied(objectArn(bucket, manifestKey), 's3:GetObject');
	}
	const encrypted = (key: string): KmsEncryption | undefined =>
		encryptionOf({world, role, bucket}, key, asked);
	const data = new JobFile(world);
	let sizeBytes = 0;
	for (const {key, versionId} of tasks) {
		const line = csvLine([source.name, encodeKey(key), versionId]);
		sizeBytes += Buffer.byteLength(line);
		await data.write(line);
	}
	const md5 = await data.store(world, bucket, dataKey, written, encrypted(dataKey));
	const manifest = new JobFile(world);
	await manifest.write(
		JSON.stringify({
			sourceBucket: source.name,
			destinationBucket: bucketArn(bucket),
			version: '2021-11-30',
			creationTimestamp: String(world.clock.now()),
			fileFormat: 'CSV',
			fileSchema: 'Bucket, Key, VersionId',
			files: [{key: dataKey, size: sizeBytes, MD5checksum: md5}],
		}),
	);
	const etag = await manifest.store(world, bucket, manifestKey, written, encrypted(manifestKey));
	job.generatedManifest = {
		Format: 'S3InventoryReport_CSV_20211130',
		Location: {ObjectArn: objectArn(bucket, manifestKey), ETag: etag},
	};
}

type Asked = {readonly ServerSideEncryption: 'AES256' | 'aws:kms'; readonly SSEKMSKeyId?: string};

/** S3's own keys where nothing is said (guessed). */
function encryptionAsked({ManifestEncryption: wanted}: S3ManifestOutputLocation): Asked {
	const keyId = wanted?.SSEKMS?.KeyId;
	return keyId === undefined
		? {ServerSideEncryption: 'AES256'}
		: {ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyId};
}

/** Has the key used for the role: it writes the file, and reads it (S3 User Guide, batch-ops-iam-role-policies). */
function encryptionOf(
	{world, role: {identity}, bucket}: Pick<Output, 'world' | 'role'> & {readonly bucket: Bucket},
	key: string,
	asked: Asked,
): KmsEncryption | undefined {
	return orManifestFailure(() => {
		const encryption = encryptionOfWrite({world, identity}, bucket, key, asked);
		requireDecrypt({world, identity}, bucket, key, encryption);
		return encryption;
	});
}
