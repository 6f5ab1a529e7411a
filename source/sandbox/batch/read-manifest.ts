import {type JobManifest} from '@aws-sdk/client-s3-control';
import {objectArn} from '../s3/action.js';
import {requireDecrypt} from '../s3/objects/encryption.js';
import {isArchived} from '../s3/objects/archive.js';
import {readBytes} from '../world/body-store.js';
import {type ObjectData} from '../world/object-version.js';
import {type World} from '../world/world.js';
import {type BatchRole} from './batch-role.js';
import {csvRows, decodeKey} from './csv.js';
import {type JobFailedError, manifestFailure, orManifestFailure} from './job-failure.js';
import {type Task, type TaskList} from './tasks.js';

/**
 * Reads a manifest of one's own with the job's role: CSV without a header, its keys URL-encoded, all objects in one bucket (S3 User
 * Guide, batch-ops-create-job, "Specifying a manifest"). Throws JobFailedError where it is not the one that was meant, may not be
 * read, or is none; which code stands for what is guessed.
 */
export async function readManifest(world: World, role: BatchRole, manifest: JobManifest): Promise<TaskList> {
	const data = findManifest(world, role, manifest);
	const fields = manifest.Spec?.Fields ?? [];
	const [bucketAt, keyAt, versionAt] = (['Bucket', 'Key', 'VersionId'] as const).map((name) =>
		fields.indexOf(name),
	) as [number, number, number];
	const tasks: Task[] = [];
	let bucketName = '';
	for await (const row of csvRows(readBytes(data.body))) {
		const [name, key] = [row[bucketAt], row[keyAt]];
		if (name === undefined || key === undefined || name === '' || key === '' || row.length < fields.length) {
			throw manifestFailure(
				`The manifest has a line that does not fit its fields: ${row.join(',').slice(0, 200)}`,
			);
		}
		if (bucketName !== '' && bucketName !== name) {
			throw manifestFailure('All objects listed in the manifest must exist in the same bucket.');
		}
		bucketName = name;
		tasks.push({key: decodeKey(key), versionId: row[versionAt] || undefined});
	}
	if (tasks.length === 0) throw manifestFailure('The manifest is empty.');
	return {bucketName, tasks};
}

function findManifest(world: World, role: BatchRole, {Location}: JobManifest): ObjectData {
	const [, bucketName = '', key = ''] =
		/^arn:[^:]+:s3:::([^/]+)\/(.+)$/.exec(Location?.ObjectArn ?? '') ?? [];
	const {ObjectVersionId: versionId} = Location ?? {};
	const bucket = world.buckets.get(bucketName);
	if (bucket === undefined) throw manifestFailure(`The bucket ${bucketName} does not exist.`);
	const action = versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
	if (!role.may(bucket, action, objectArn(bucket, key))) throw denied(Location?.ObjectArn, action);
	const version =
		versionId === undefined ? bucket.versions.current(key) : bucket.versions.find(key, versionId);
	if (version?.data === undefined || isArchived(version.data)) {
		throw manifestFailure(`The manifest object ${Location?.ObjectArn ?? ''} cannot be read.`);
	}
	const {encryption} = version.data;
	orManifestFailure(() => requireDecrypt({world, identity: role.identity}, bucket, key, encryption));
	if (version.data.etag !== (Location?.ETag ?? '').replaceAll('"', '')) {
		throw manifestFailure('The ETag of the manifest object does not match the ETag that was specified.');
	}
	return version.data;
}

/** Words as reported of AWS for another right (third-party: MoJ analytical-platform#8496). */
export function denied(arn: string | undefined, action: string): JobFailedError {
	return manifestFailure(`Access denied when accessing ${arn ?? ''}. ${action} required for the role.`);
}
