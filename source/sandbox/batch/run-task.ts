import {beginCopies, type BegunCopy, endCopy} from '../replication/copy-now.js';
import {type ReplicationEntry} from '../replication/tell-copy.js';
import {objectArn} from '../s3/action.js';
import {type BatchJob} from '../world/batch-job.js';
import {type World} from '../world/world.js';
import {type BatchRole} from './batch-role.js';
import {type Task} from './tasks.js';

/** A task that was begun: its copies are pending, or its failure is known. */
export type BegunTask = {
	readonly task: Task;
	/** The version that was found, or that the manifest names. */
	readonly versionId: string | undefined;
	readonly copies: readonly BegunCopy[];
	readonly failure: string | undefined;
};

/** Begins the copies of one object by every rule of its bucket. The reasons: S3 User Guide, replication-metrics-events. */
export function beginTask(
	world: World,
	job: BatchJob,
	role: BatchRole | undefined,
	bucketName: string,
	task: Task,
): BegunTask {
	const {key} = task;
	const failed = (failure: string): BegunTask => ({task, versionId: task.versionId, copies: [], failure});
	const source = world.buckets.get(bucketName);
	if (source === undefined) return failed('SrcBucketNotFound');
	if (source.region !== job.region) return failed('SrcBucketInvalidRegion');
	if (source.replication === undefined) return failed('SrcBucketReplicationConfigMissing');
	const current = source.versions.current(key);
	const version = task.versionId === undefined ? current : source.versions.find(key, task.versionId);
	// Which of the two stands for what is our reading.
	if (version === undefined) return failed(current === undefined ? 'SrcKeyNotFound' : 'SrcVersionNotFound');
	// Without its role the service can do nothing (guessed: which reason is told).
	if (role?.may(source, 's3:InitiateReplication', objectArn(source, key)) !== true) {
		return failed('InitiateReplicationNotPermitted');
	}
	const begun = beginCopies(world, source, version);
	const {versionId} = version;
	return 'failure' in begun
		? {...failed(begun.failure), versionId}
		: {task, versionId, copies: begun.copies, failure: undefined};
}

/** Ends a task; gives the reason of its failure: of several rules the first that fails, while the others are carried out. */
export function endTask(
	world: World,
	{copies, failure}: BegunTask,
	finished: (entry: ReplicationEntry) => void,
): string | undefined {
	const failures = copies.map((copy) => endCopy(world, copy, finished));
	return failure ?? failures.find((reason) => reason !== undefined);
}
