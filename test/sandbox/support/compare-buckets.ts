import {
	GetObjectCommand,
	GetObjectTaggingCommand,
	ListObjectVersionsCommand,
	type S3Client,
} from '@aws-sdk/client-s3';
import {type ModelVersion, type ReplicationModel} from './replication-model.js';

/** A version as a client sees it, in S3's order: by key, newest first. */
type SeenVersion = {
	readonly key: string;
	readonly versionId: string;
	readonly isLatest: boolean;
	/** Of delete markers there is nothing more to see. */
	readonly object?: {
		readonly content: string;
		readonly status: string;
		readonly storageClass: string;
		readonly team: string | undefined;
	};
};

/** Reads all versions of a bucket with what a client sees of each. */
export async function readBucket(client: S3Client, bucket: string): Promise<readonly SeenVersion[]> {
	const {Versions = [], DeleteMarkers = []} = await client.send(
		new ListObjectVersionsCommand({Bucket: bucket}),
	);
	const objects = Versions.map(async ({Key: key = '', VersionId: versionId = '', IsLatest}) => {
		const input = {Bucket: bucket, Key: key, VersionId: versionId};
		const [read, {TagSet = []}] = await Promise.all([
			client.send(new GetObjectCommand(input)),
			client.send(new GetObjectTaggingCommand(input)),
		]);
		const object = {
			content: (await read.Body?.transformToString()) ?? '',
			status: read.ReplicationStatus ?? 'none',
			storageClass: read.StorageClass ?? 'STANDARD',
			team: TagSet[0]?.Value,
		};
		return {key, versionId, isLatest: IsLatest ?? false, object};
	});
	const markers = DeleteMarkers.map(({Key: key = '', VersionId: versionId = '', IsLatest}) => ({
		key,
		versionId,
		isLatest: IsLatest ?? false,
	}));
	return [...(await Promise.all(objects)), ...markers].sort(byKeyAndId);
}

/** What a client is to see of a bucket by the model. */
export function demandedOf(model: ReplicationModel, bucket: string): readonly SeenVersion[] {
	const versions = model.buckets.get(bucket)?.versions ?? [];
	const newestOf = (key: string) =>
		Math.max(...versions.filter((version) => version.key === key).map(({order}) => order));
	return versions
		.map((version) => ({
			key: version.key,
			versionId: version.versionId,
			isLatest: version.order === newestOf(version.key),
			...(version.content === undefined
				? {}
				: {
						object: {
							content: version.content,
							status: statusOf(version),
							storageClass: version.storageClass,
							team: version.team,
						},
					}),
		}))
		.sort(byKeyAndId);
}

function statusOf({isReplica, copies}: ModelVersion): string {
	if (isReplica) return 'REPLICA';
	const statuses = new Set(copies.values());
	return ['PENDING', 'FAILED', 'COMPLETED'].find((status) => statuses.has(status as never)) ?? 'none';
}

/** Lists have objects and markers apart, so their common order is not seen: `isLatest` tells the newest. */
function byKeyAndId(left: SeenVersion, right: SeenVersion): number {
	return `${left.key} ${left.versionId}` < `${right.key} ${right.versionId}` ? -1 : 1;
}
