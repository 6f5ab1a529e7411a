import {setMaxListeners} from 'node:events';
import {type FaultPlan} from '../faults/fault-plan.js';
import {replicationOperation} from '../faults/fault-rule.js';
import {type ReplicationEntry} from '../sandbox-types.js';
import {type Bucket} from '../world/bucket.js';
import {type CopyStatus, type ObjectVersion} from '../world/object-version.js';
import {type World} from '../world/world.js';
import {findCopyFailure} from './check-copy.js';
import {bucketNameOf} from './check-destination.js';
import {matchRules, type RuleMatch} from './match-rules.js';
import {type ReplicationDelay} from './replication-delay.js';
import {storeReplica} from './store-replica.js';

type Copy = {
	readonly bucketName: string;
	readonly version: ObjectVersion;
	readonly destination: string;
	readonly ruleId: string;
};

/** Copies versions to where the rules of their bucket want them, later, as S3 does. */
export class Replicator {
	readonly #world: World;
	readonly #nextDelayMs: ReplicationDelay;
	readonly #faults: FaultPlan;
	readonly #finished: (entry: ReplicationEntry) => void;
	readonly #closing = new AbortController();

	constructor(
		world: World,
		nextDelayMs: ReplicationDelay,
		faults: FaultPlan,
		finished: (entry: ReplicationEntry) => void,
	) {
		this.#world = world;
		this.#nextDelayMs = nextDelayMs;
		this.#faults = faults;
		this.#finished = finished;
		// Every copy that is pending listens to it; they are many on purpose, and a warning would go through the wizard's frame.
		setMaxListeners(0, this.#closing.signal);
	}

	/** Takes a version that was just written by a client and starts its copies; the version shows them as pending. */
	replicate(bucket: Bucket, version: ObjectVersion): void {
		if (bucket.replication === undefined || version.isReplica || version.versionId === 'null') return;
		for (const {rule, destination} of matchRules(bucket.replication, version)) {
			version.copies.set(destination, 'PENDING');
			void this.#run({bucketName: bucket.name, version, destination, ruleId: rule.ID ?? ''});
		}
	}

	/** Abandons what is pending. */
	close(): void {
		this.#closing.abort();
	}

	async #run(copy: Copy): Promise<void> {
		let isDone = false;
		while (!isDone) {
			try {
				await this.#world.clock.wait(
					this.#nextDelayMs(copy.destination, copy.version.data?.body.sizeBytes),
					this.#closing.signal,
				);
			} catch {
				return;
			}
			isDone = this.#closing.signal.aborted || this.#attempt(copy);
		}
	}

	/** Says whether the copy is done, well or badly; a rule that was disabled meanwhile keeps it pending. */
	#attempt(copy: Copy): boolean {
		const {version, destination} = copy;
		const source = this.#world.buckets.get(copy.bucketName);
		const configuration = source?.replication;
		if (source === undefined) return this.#finish(copy, 'SrcBucketNotFound');
		if (source.versions.find(version.key, version.versionId) !== version) {
			return this.#finish(copy, 'SrcVersionNotFound');
		}
		if (configuration === undefined) return this.#finish(copy, 'SrcBucketReplicationConfigMissing');
		const match = this.#matchOf(source, copy);
		if (match === undefined) return this.#finish(copy, 'SrcObjectNotEligible');
		if (match.rule.Status !== 'Enabled') return false;
		const target = this.#world.buckets.get(destination);
		// Trouble of the service is no failure: the copy stays pending and goes on later (S3 User Guide, replication-status).
		if (this.#isInTrouble(source, target)) return false;
		const failure = findCopyFailure(this.#world, configuration.Role ?? '', source, version, target);
		if (failure === undefined && target !== undefined) storeReplica(this.#world, version, target, match.rule);
		return this.#finish(copy, failure);
	}

	#isInTrouble(source: Bucket, target: Bucket | undefined): boolean {
		return [source, target].some(
			(bucket) =>
				bucket !== undefined &&
				this.#faults.next({
					service: 's3',
					operation: replicationOperation,
					accountId: bucket.ownerAccountId,
					bucket: bucket.name,
					region: bucket.region,
				}) !== undefined,
		);
	}

	#matchOf(source: Bucket, {version, destination}: Copy): RuleMatch | undefined {
		const configuration = source.replication ?? {Role: '', Rules: []};
		const matches = [
			...matchRules(configuration, version),
			...matchRules(configuration, version, {includesDisabled: true}),
		];
		return matches.find(({rule}) => bucketNameOf(rule.Destination?.Bucket) === destination);
	}

	#finish({bucketName, version, destination, ruleId}: Copy, failureReason: string | undefined): true {
		const outcome: Exclude<CopyStatus, 'PENDING'> = failureReason === undefined ? 'COMPLETED' : 'FAILED';
		version.copies.set(destination, outcome);
		this.#finished({
			bucket: bucketName,
			key: version.key,
			versionId: version.versionId,
			destination,
			ruleId,
			outcome,
			...(failureReason === undefined ? {} : {failureReason}),
		});
		return true;
	}
}
