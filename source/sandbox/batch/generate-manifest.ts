import {randomBytes} from 'node:crypto';
import {type S3JobManifestGenerator, type S3ManifestOutputLocation} from '@aws-sdk/client-s3-control';
import {bucketArn, objectArn} from '../s3/action.js';
import {type BatchJob} from '../world/batch-job.js';
import {type Bucket} from '../world/bucket.js';
import {type ObjectVersion} from '../world/object-version.js';
import {type World} from '../world/world.js';
import {type BatchRole} from './batch-role.js';
import {csvLine, encodeKey} from './csv.js';
import {filterOf} from './generator-filter.js';
import {JobFailedError, manifestFailure} from './job-failure.js';
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
		await output(world, job, role, bucket, tasks, generator.ManifestOutputLocation, written);
	}
	return {bucketName: bucket.name, tasks};
}

/** A bucket elsewhere, or another's, is refused while preparing (guessed: when). */
function sourceOf(world: World, job: BatchJob, generator: S3JobManifestGenerator): Bucket {
	const bucket = bucketOfArn(world, generator.SourceBucket);
	if (bucket === undefined) throw manifestFailure('The source bucket does not exist.');
	if (bucket.region !== job.region)
		throw manifestFailure('The source bucket is in another Region than the job.');
	const {ExpectedBucketOwner: owner} = generator;
	if (owner !== undefined && owner !== bucket.ownerAccountId) {
		throw manifestFailure('The source bucket belongs to another account than the expected one.');
	}
	return bucket;
}

/** Writes the manifest in the form of an inventory: a list of CSV files and what is in them (S3 User Guide, storage-inventory-location; the names: guessed). */
async function output(
	world: World,
	job: BatchJob,
	role: BatchRole,
	source: Bucket,
	tasks: readonly ObjectVersion[],
	location: S3ManifestOutputLocation,
	written: Written,
): Promise<void> {
	const bucket = bucketOfArn(world, location.Bucket);
	const start = [location.ManifestPrefix, source.name, `job-${job.jobId}`].filter(Boolean).join('/');
	const dataKey = `${start}/data/${randomBytes(20).toString('hex')}.csv`;
	const manifestKey = `${start}/manifest.json`;
	if (bucket === undefined || ![dataKey, manifestKey].every((key) => mayPut(role, bucket, key))) {
		throw manifestFailure('Failed to write manifest');
	}
	const data = new JobFile(world);
	let sizeBytes = 0;
	for (const {key, versionId} of tasks) {
		const line = csvLine([source.name, encodeKey(key), versionId]);
		sizeBytes += Buffer.byteLength(line);
		await data.write(line);
	}
	const md5 = await data.store(world, bucket, dataKey, written);
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
	const etag = await manifest.store(world, bucket, manifestKey, written);
	job.generatedManifest = {
		Format: 'S3InventoryReport_CSV_20211130',
		Location: {ObjectArn: objectArn(bucket, manifestKey), ETag: etag},
	};
}
