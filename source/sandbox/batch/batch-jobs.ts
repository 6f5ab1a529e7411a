import {setMaxListeners} from 'node:events';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {type ReplicationDelay} from '../replication/replication-delay.js';
import {type ReplicationEntry} from '../replication/tell-copy.js';
import {describeBug} from '../wire/service-error.js';
import {type BatchJob} from '../world/batch-job.js';
import {type Bucket} from '../world/bucket.js';
import {type ObjectVersion} from '../world/object-version.js';
import {type World} from '../world/world.js';
import {assumeBatchRole, type BatchRole} from './batch-role.js';
import {generateManifest} from './generate-manifest.js';
import {JobCancelledError, JobControl} from './job-control.js';
import {JobFailedError, manifestFailure} from './job-failure.js';
import {readManifest} from './read-manifest.js';
import {JobReport, type ReportColumns} from './report.js';
import {type BegunTask, beginTask, endTask} from './run-task.js';
import {type TaskList} from './tasks.js';

type BatchSettings = {
	/** How long a step of a job takes. */
	readonly nextDelayMs: ReplicationDelay;
	/** How many objects a job copies in a second. */
	readonly objectsPerSecond: number;
	readonly reportColumns: ReportColumns;
	readonly replicated: (entry: ReplicationEntry) => void;
	/** Hears of the reports and manifests that jobs write. */
	readonly written: (bucket: Bucket, version: ObjectVersion) => void;
};

/** Carries out the jobs of S3 Batch Operations, each in its time. */
export class BatchJobs {
	readonly #world: World;
	readonly #settings: BatchSettings;
	readonly #controls = new Map<string, JobControl>();
	readonly #closing = new AbortController();

	constructor(world: World, settings: BatchSettings) {
		this.#world = world;
		this.#settings = settings;
		setMaxListeners(0, this.#closing.signal);
	}

	/** Begins a job that was made; what becomes of it stands in it. */
	start(job: BatchJob): void {
		const control = new JobControl(this.#closing.signal);
		this.#controls.set(job.jobId, control);
		void this.#live(job, control).finally(() => this.#controls.delete(job.jobId));
	}

	/** Lets a suspended job go on. */
	confirm({jobId}: BatchJob): void {
		this.#controls.get(jobId)?.confirm();
	}

	/** Stops a job; tasks that were begun are ended. */
	cancel(job: BatchJob): void {
		job.status = 'Cancelling';
		this.#controls.get(job.jobId)?.cancel();
	}

	/** Abandons what is under way. */
	close(): void {
		this.#closing.abort();
	}

	async #live(job: BatchJob, control: JobControl): Promise<void> {
		const report = new JobReport(this.#world, job, this.#settings.reportColumns);
		try {
			await this.#step(job, control);
			job.status = 'Preparing';
			await this.#step(job, control);
			const {bucketName, tasks} = await this.#prepare(job);
			job.taskCount = tasks.length;
			control.check();
			if (job.request.ConfirmationRequired === true) {
				job.status = 'Suspended';
				job.suspendedMs = this.#world.clock.now();
				await control.confirmed();
			}
			job.status = 'Ready';
			await this.#step(job, control);
			job.status = 'Active';
			await this.#runTasks(job, control, {bucketName, tasks}, report);
			job.status = 'Completing';
			await this.#step(job, control);
			await report.store(this.#roleOf(job), this.#settings.written);
			job.status = 'Complete';
		} catch (error) {
			await this.#end(job, report, error);
		}
		job.terminatedMs = this.#world.clock.now();
	}

	/** A job that fails or is cancelled tells of the tasks that it tried, too (S3 User Guide, batch-ops-examples-reports). */
	async #end(job: BatchJob, report: JobReport, error: unknown): Promise<void> {
		if (this.#closing.signal.aborted) return report.abandon();
		const isCancelled = error instanceof JobCancelledError;
		if (!isCancelled) {
			const {code, message} =
				error instanceof JobFailedError ? error : {code: 'InternalError', message: describeBug(error)};
			job.failures = [{FailureCode: code, FailureReason: message}];
		}
		job.status = isCancelled ? 'Cancelling' : 'Failing';
		try {
			await this.#world.clock.wait(this.#delayMs(job), this.#closing.signal);
			await report.store(this.#roleOf(job), this.#settings.written);
		} catch {
			// It may not be written, or the sandbox ends: the job ends all the same.
			await report.abandon();
		}
		job.status = isCancelled ? 'Cancelled' : 'Failed';
	}

	async #prepare(job: BatchJob): Promise<TaskList> {
		const role = this.#roleOf(job);
		// Where a role that cannot be assumed is told is guessed.
		if (role === undefined) throw manifestFailure(`Could not assume the role ${job.request.RoleArn ?? ''}.`);
		const {Manifest, ManifestGenerator} = job.request;
		if (Manifest !== undefined) return readManifest(this.#world, role, Manifest);
		const generator = ManifestGenerator?.S3JobManifestGenerator;
		if (generator === undefined) throw manifestFailure('There is no manifest.');
		return generateManifest(this.#world, job, role, generator, this.#settings.written);
	}

	async #runTasks(job: BatchJob, control: JobControl, list: TaskList, report: JobReport): Promise<void> {
		const {clock} = this.#world;
		const {tasks} = list;
		let done = 0;
		while (done < tasks.length) {
			await this.#giveWay(job, control);
			const startedMs = clock.now();
			const {objectsPerSecond} = this.#settings;
			const delayMs = this.#delayMs(job);
			// A slow job takes an object at a time, and its time for it.
			const isSlow = delayMs * objectsPerSecond < 1000;
			const stepMs = isSlow ? 1000 / objectsPerSecond : delayMs;
			const count = isSlow ? 1 : Math.ceil((delayMs / 1000) * objectsPerSecond);
			const end = Math.min(tasks.length, done + count, done + maxStepTasks);
			const role = this.#roleOf(job);
			const begun = tasks
				.slice(done, end)
				.map((task) => beginTask(this.#world, job, role, list.bucketName, task));
			try {
				// What was begun is ended, even where the job is cancelled meanwhile.
				await clock.wait(stepMs, control.signal);
			} catch {
				await nextTurn();
			}
			if (this.#closing.signal.aborted) throw new JobCancelledError();
			await this.#endTasks(job, list.bucketName, begun, report);
			job.activeMs += clock.now() - startedMs;
			done = end;
			refuseTooManyFailures(job);
			control.check();
		}
	}

	/** A job is paused while another of a higher priority is active (S3 User Guide, batch-ops-job-status; that it goes on by itself: guessed). */
	async #giveWay(job: BatchJob, control: JobControl): Promise<void> {
		while (isOutranked(this.#world, job)) {
			job.status = job.status === 'Active' ? 'Pausing' : 'Paused';
			await this.#step(job, control);
		}
		job.status = 'Active';
	}

	async #endTasks(
		job: BatchJob,
		bucketName: string,
		begun: readonly BegunTask[],
		report: JobReport,
	): Promise<void> {
		const results = begun.map((each) => ({
			bucketName,
			key: each.task.key,
			versionId: each.versionId,
			failure: endTask(this.#world, each, this.#settings.replicated),
		}));
		const failedCount = results.filter(({failure}) => failure !== undefined).length;
		job.failedCount += failedCount;
		job.succeededCount += results.length - failedCount;
		await report.add(results);
	}

	#roleOf({request, region}: BatchJob): BatchRole | undefined {
		return assumeBatchRole(this.#world, request.RoleArn ?? '', region);
	}

	#delayMs({region}: BatchJob): number {
		return this.#settings.nextDelayMs(`batch/${region}`);
	}

	async #step(job: BatchJob, control: JobControl): Promise<void> {
		try {
			await this.#world.clock.wait(this.#delayMs(job), control.signal);
		} catch {
			// Somebody wants it to stop.
		}
		control.check();
	}
}

/** Requests are answered between two steps. */
const maxStepTasks = 1000;

function isOutranked(world: World, job: BatchJob): boolean {
	return [...world.batchJobs.values()].some(
		({accountId, region, status, priority}) =>
			accountId === job.accountId && region === job.region && status === 'Active' && priority > job.priority,
	);
}

const minFailedTasks = 1000;

/** More than half of them failed, after 1,000 (S3 User Guide, batch-ops-job-status, "Job failure"; the code: guessed). */
function refuseTooManyFailures({succeededCount, failedCount}: BatchJob): void {
	const tried = succeededCount + failedCount;
	if (tried < minFailedTasks || failedCount <= tried / 2) return;
	throw new JobFailedError(
		'JobFailureThresholdExceeded',
		'More than 50% of the tasks failed after at least 1000 tasks were attempted.',
	);
}
