import {randomBytes} from 'node:crypto';
import {type BatchJob} from '../world/batch-job.js';
import {type Bucket} from '../world/bucket.js';
import {type ObjectVersion} from '../world/object-version.js';
import {type World} from '../world/world.js';
import {type BatchRole} from './batch-role.js';
import {csvLine, encodeKey} from './csv.js';
import {JobFailedError} from './job-failure.js';
import {bucketOfArn, JobFile, mayPut} from './write-object.js';

/** In which order a report has its error code and HTTP status: AWS's schema and AWS's sample of the same page disagree. */
export type ReportColumns = 'as-schema' | 'as-sample';

type Status = 'succeeded' | 'failed';

type TaskResult = {
	readonly bucketName: string;
	readonly key: string;
	readonly versionId: string | undefined;
	readonly failure: string | undefined;
};

/** What a job tells of its tasks, written while they end: no list of them is kept. */
export class JobReport {
	readonly #world: World;
	readonly #job: BatchJob;
	readonly #columns: ReportColumns;
	readonly #files = new Map<Status, JobFile>();

	constructor(world: World, job: BatchJob, columns: ReportColumns) {
		this.#world = world;
		this.#job = job;
		this.#columns = columns;
	}

	/** Notes what became of tasks, as far as the job's report is about them. */
	async add(results: readonly TaskResult[]): Promise<void> {
		const {Report} = this.#job.request;
		if (Report?.Enabled !== true) return;
		for (const status of ['succeeded', 'failed'] as const) {
			if (status === 'succeeded' && Report.ReportScope === 'FailedTasksOnly') continue;
			const lines = results
				.filter(({failure}) => (failure === undefined) === (status === 'succeeded'))
				.map((result) => this.#lineOf(result, status));
			if (lines.length === 0) continue;
			const file = this.#files.get(status) ?? new JobFile(this.#world);
			this.#files.set(status, file);
			await file.write(lines.join(''));
		}
	}

	/**
	 * Writes the files and the manifest.json over them (S3 User Guide, batch-ops-examples-reports, batch-ops-job-status): nothing
	 * where no task was tried. Throws JobFailedError where the role may not put them (guessed: how it is told).
	 */
	async store(
		role: BatchRole | undefined,
		written: (bucket: Bucket, version: ObjectVersion) => void,
	): Promise<void> {
		const {Report} = this.#job.request;
		const isTried = this.#job.succeededCount + this.#job.failedCount > 0;
		if (Report?.Enabled !== true || !isTried) return;
		const bucket = bucketOfArn(this.#world, Report.Bucket);
		const start = [Report.Prefix?.replace(/\/$/, ''), `job-${this.#job.jobId}`].filter(Boolean).join('/');
		const manifestKey = `${start}/manifest.json`;
		const owner = Report.ExpectedBucketOwner;
		const isOwner = owner === undefined || owner === bucket?.ownerAccountId;
		if (role === undefined || bucket === undefined || !isOwner || !mayPut(role, bucket, manifestKey)) {
			await this.abandon();
			throw new JobFailedError(
				'ReportNotWritten',
				`Access denied when writing the report to ${Report.Bucket ?? ''}. s3:PutObject required for the role.`,
			);
		}
		const results = [];
		for (const [status, file] of this.#files) {
			const key = `${start}/results/${randomBytes(20).toString('hex')}.csv`;
			const md5 = await file.store(this.#world, bucket, key, written);
			results.push({TaskExecutionStatus: status, Bucket: bucket.name, MD5Checksum: md5, Key: key});
		}
		this.#files.clear();
		const manifest = new JobFile(this.#world);
		await manifest.write(
			JSON.stringify({
				Format: 'Report_CSV_20180820',
				ReportCreationDate: new Date(this.#world.clock.now()).toISOString(),
				Results: results,
				ReportSchema: 'Bucket, Key, VersionId, TaskStatus, ErrorCode, HTTPStatusCode, ResultMessage',
			}),
		);
		await manifest.store(this.#world, bucket, manifestKey, written);
	}

	/** Gives up: nothing of it stays. */
	async abandon(): Promise<void> {
		for (const file of this.#files.values()) await file.abandon();
		this.#files.clear();
	}

	/** In which column the reasons stand, and with what status and words, is guessed. */
	#lineOf({bucketName, key, versionId, failure}: TaskResult, status: Status): string {
		const [code, http] = failure === undefined ? ['', '200'] : [failure, httpStatusOf(failure)];
		const message = failure === undefined ? 'Successful' : `Replication failed: ${failure}`;
		const pair = this.#columns === 'as-schema' ? [code, http] : [http, code];
		return csvLine([bucketName, encodeKey(key), versionId ?? '', status, ...pair, message]);
	}
}

function httpStatusOf(failure: string): string {
	if (failure.endsWith('NotPermitted')) return '403';
	return failure.endsWith('NotFound') ? '404' : '400';
}
