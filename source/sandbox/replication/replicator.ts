import {setMaxListeners} from 'node:events';
import {type ReplicationRule} from '@aws-sdk/client-s3';
import {type FaultPlan} from '../faults/fault-plan.js';
import {replicationOperation} from '../faults/fault-rule.js';
import {type Bucket} from '../world/bucket.js';
import {type CopyStatus, noteCopy, type ObjectVersion} from '../world/object-version.js';
import {type World} from '../world/world.js';
import {hasTimeControl, type ReplicationEventName, tellsEvents} from '../notifications/notify-replication.js';
import {type MetadataChange} from '../s3/action.js';
import {findCopyFailure} from './check-copy.js';
import {type CopyStage, firstStageOf, nextStage} from './copy-attempt.js';
import {bucketNameOf} from '../s3/replication-configuration/check-destination.js';
import {matchRules, type RuleMatch, syncsReplicas} from './match-rules.js';
import {type ReplicationDelay} from './replication-delay.js';
import {type MeasuredOperation} from '../world/measured-operation.js';
import {measure} from './measure.js';
import {followChanges, storeReplica} from './store-replica.js';
import {type ReplicationEntry, tellCopy, type ToldCopy} from './tell-copy.js';

/**
 * What is under way: a new version, whose parts are begun, uploaded and completed one after another, or changes to one
 * that was replicated before.
 */
type Copy = ToldCopy & {
	rule: ReplicationRule | undefined;
	/** How S3 RTC stands to it: nothing of it is told twice. */
	timeControl: 'none' | 'in-time' | 'missed';
	/** What CloudWatch counts of it, where its rule has metrics. */
	readonly measured: MeasuredOperation | undefined;
	readonly changes: Set<MetadataChange>;
	stage: CopyStage;
};

/** Copies versions to where the rules of their bucket want them, later, as S3 does. */
export class Replicator {
	readonly #world: World;
	readonly #nextDelayMs: ReplicationDelay;
	readonly #faults: FaultPlan;
	readonly #finished: (entry: ReplicationEntry) => void;
	readonly #pending = new WeakMap<ObjectVersion, Map<string, Copy>>();
	readonly #closing = new AbortController();
	#openCopies = 0;

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
			this.#begin(bucket, version, {rule, destination});
		}
	}

	/**
	 * Takes a version that was changed after it was written, and has its replicas follow: where they are, not where rules
	 * would want it only now (S3 User Guide, replication-what-is-isnot). What is pending already goes with its state then.
	 */
	follow(bucket: Bucket, version: ObjectVersion, change: MetadataChange): void {
		if (bucket.replication === undefined) return;
		if (version.isReplica) {
			this.#followBack(bucket, version, change);
			return;
		}
		for (const [destination, status] of version.copies) {
			if (status === 'PENDING') {
				this.#pending.get(version)?.get(destination)?.changes.add(change);
				continue;
			}
			const rule = matchRules(bucket.replication, version).find(
				(match) => match.destination === destination,
			)?.rule;
			this.#begin(bucket, version, {rule, destination}, change);
		}
	}

	/**
	 * Has what a replica was changed in go to where the rules of its own bucket sync replicas, if the version is there: mostly
	 * back to its source. What is written there so is no change of its own, hence there are no loops (S3 User Guide,
	 * replication-for-metadata-changes).
	 */
	#followBack(bucket: Bucket, version: ObjectVersion, change: MetadataChange): void {
		for (const match of matchRules(bucket.replication ?? {Role: '', Rules: []}, version)) {
			const {destination, rule} = match;
			const target = this.#world.buckets.get(destination);
			if (!syncsReplicas(rule) || target?.versions.find(version.key, version.versionId) === undefined)
				continue;
			const pending = this.#pending.get(version)?.get(destination);
			if (pending === undefined) this.#begin(bucket, version, match, change);
			else pending.changes.add(change);
		}
	}

	/** Whether a copy waits or is made: what was written is not settled yet. */
	get isReplicating(): boolean {
		return this.#openCopies > 0;
	}

	/** Abandons what is pending. */
	close(): void {
		this.#closing.abort();
	}

	#begin(
		bucket: Bucket,
		version: ObjectVersion,
		{rule, destination}: {readonly rule: ReplicationRule | undefined; readonly destination: string},
		change?: MetadataChange,
	): void {
		const copy: Copy = {
			bucketName: bucket.name,
			version,
			destination,
			ruleId: rule?.ID ?? '',
			rule,
			requestedMs: this.#world.clock.now(),
			measured: measure(this.#world, bucket, version, destination, rule),
			timeControl: rule !== undefined && hasTimeControl(rule) ? 'in-time' : 'none',
			changes: new Set(change === undefined ? [] : [change]),
			stage: change === undefined ? firstStageOf(version) : 'change',
		};
		noteCopy(version, destination, 'PENDING');
		const pending = this.#pending.get(version) ?? new Map<string, Copy>();
		this.#pending.set(version, pending.set(destination, copy));
		this.#openCopies++;
		void this.#run(copy).finally(() => this.#openCopies--);
	}

	async #run(copy: Copy): Promise<void> {
		let isDone = false;
		while (!isDone) {
			try {
				await this.#wait(copy, this.#nextDelayMs(copy.destination, copy.version.data?.body.sizeBytes));
			} catch {
				return;
			}
			isDone = this.#closing.signal.aborted || this.#attempt(copy);
		}
	}

	/** Waits, and tells on the way of a copy that is not made in the time that S3 RTC promises. */
	async #wait(copy: Copy, delayMs: number): Promise<void> {
		const {clock} = this.#world;
		const untilMs = clock.now() + delayMs;
		const thresholdMs = copy.requestedMs + timeControlMs;
		if (copy.timeControl === 'in-time' && untilMs > thresholdMs) {
			await clock.wait(Math.max(0, thresholdMs - clock.now()), this.#closing.signal);
			const source = this.#world.buckets.get(copy.bucketName);
			const rule = source === undefined ? undefined : this.#matchOf(source, copy)?.rule;
			if (rule !== undefined) this.#track(copy, rule);
			if (copy.timeControl === 'in-time') {
				copy.timeControl = 'missed';
				this.#tell(copy, 'PENDING', 'OperationMissedThreshold');
			}
		}
		await clock.wait(Math.max(0, untilMs - clock.now()), this.#closing.signal);
	}

	/** Says whether the copy is done, well or badly; a rule that was disabled meanwhile keeps it pending. */
	#attempt(copy: Copy): boolean {
		const {version, destination} = copy;
		const source = this.#world.buckets.get(copy.bucketName);
		const configuration = source?.replication;
		if (source === undefined) return this.#finish(copy, 'SrcBucketNotFound');
		if (source.versions.find(version.key, version.versionId) !== version) {
			// Which of the two reasons stands for what is our reading (S3 User Guide, replication-metrics-events).
			const isKeyThere = source.versions.current(version.key) !== undefined;
			return this.#finish(copy, isKeyThere ? 'SrcVersionNotFound' : 'SrcObjectNotFound');
		}
		if (configuration === undefined) return this.#finish(copy, 'SrcBucketReplicationConfigMissing');
		const match = this.#matchOf(source, copy);
		const isEligible = match !== undefined && (!version.isReplica || syncsReplicas(match.rule));
		if (!isEligible) return this.#finish(copy, 'SrcObjectNotEligible');
		this.#track(copy, match.rule);
		if (match.rule.Status !== 'Enabled') return false;
		const target = this.#world.buckets.get(destination);
		// Trouble of the service is no failure: the copy stays pending and goes on later (S3 User Guide, replication-status).
		if (this.#isInTrouble(source, target)) return false;
		const failure = findCopyFailure(
			this.#world,
			{
				roleArn: configuration.Role ?? '',
				source,
				version,
				rule: match.rule,
				stage: copy.stage,
				changes: copy.changes,
			},
			target,
		);
		const next = failure === undefined ? nextStage[copy.stage] : undefined;
		if (next !== undefined) {
			copy.stage = next;
			return false;
		}
		if (failure === undefined && target !== undefined) {
			if (copy.stage === 'change') followChanges(version, source, target, match.rule);
			else storeReplica(this.#world, version, source, target, match.rule);
		}
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
		const enabled = matchRules(configuration, version);
		const matches = [...enabled, ...matchRules(configuration, version, {includesDisabled: true})];
		return matches.find(({rule}) => bucketNameOf(rule.Destination?.Bucket) === destination);
	}

	/** What its rule promises no longer is not tracked any more, and S3 says so (S3 User Guide, replication-metrics-events). */
	#track(copy: Copy, rule: ReplicationRule): void {
		const isTracked = rule.Status === 'Enabled' && hasTimeControl(rule) && tellsEvents(rule);
		if (copy.timeControl !== 'none' && !isTracked) {
			copy.timeControl = 'none';
			this.#tell(copy, 'PENDING', 'OperationNotTracked');
		}
		copy.rule = rule;
	}

	#finish(copy: Copy, failureReason: string | undefined): true {
		const {version, destination, timeControl} = copy;
		const outcome: Exclude<CopyStatus, 'PENDING'> = failureReason === undefined ? 'COMPLETED' : 'FAILED';
		noteCopy(version, destination, outcome);
		if (copy.measured !== undefined) {
			copy.measured.finishedMs = this.#world.clock.now();
			copy.measured.hasFailed = outcome === 'FAILED';
		}
		this.#pending.get(version)?.delete(destination);
		const late = timeControl === 'missed' ? 'OperationReplicatedAfterThreshold' : undefined;
		this.#tell(
			copy,
			outcome,
			failureReason === undefined ? late : 'OperationFailedReplication',
			failureReason,
		);
		return true;
	}

	#tell(copy: Copy, outcome: CopyStatus, event?: ReplicationEventName, failureReason?: string): void {
		const source = this.#world.buckets.get(copy.bucketName);
		tellCopy(this.#world, source, copy, this.#finished, outcome, event, failureReason);
	}
}

/** S3 User Guide, replication-time-control. */
const timeControlMs = 15 * 60 * 1000;
