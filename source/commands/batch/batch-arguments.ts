import {type ArgumentsOf, optionTable} from '../../command-line/options.js';
import {roleArnFault} from '../../domain/answers/role-name.js';
import {type BatchStatus, batchStatuses, usualStatuses} from '../../domain/observed/batch-job.js';
import {regionFault} from '../../domain/region.js';
import type {BatchSpan} from '../../session/actions/batch/verify-actions.js';

type Given = ArgumentsOf<'batch'>;

/** What a job alone is told; what chooses objects, and what a list of one's own says already. */
const ofMaking = ['jobStatus', 'jobStorageClass', 'manifest', 'reportBucket', 'jobRole'] as const;
const ofSpan = ['jobPrefix', 'createdAfter', 'createdBefore'] as const;
const ofVerify = ['maxObjects', 'lag'] as const;
const ofFollowing = ['poll', 'jobReportFile', 'yes'] as const;

/** Options of `batch` that say no or nothing together. */
export function batchFaults(given: Given): readonly string[] {
	const faults: string[] = [];
	const {sourceRegion: region, jobRole, jobStatus, job, manifest, verify} = given;
	const regionIs = region === undefined ? undefined : regionFault(region);
	if (regionIs !== undefined) faults.push(`--source-region cannot be used. ${regionIs}`);
	const roleIs = jobRole === undefined ? undefined : roleArnFault(jobRole);
	if (roleIs !== undefined) faults.push(`--role-arn cannot be used. ${roleIs}`);
	if (jobStatus !== undefined && !statusesIn(jobStatus))
		faults.push(`--status is a list of none, failed, completed and replica, not “${jobStatus}”.`);
	for (const name of ['createdAfter', 'createdBefore'] as const) {
		const text = given[name];
		if (text !== undefined && timeOf(text) === undefined)
			faults.push(
				`--${optionTable[name].flag} is a day or a time such as 2026-11-28 or 2026-11-28T12:00:00Z, not “${text}”.`,
			);
	}

	const [after, before] = [timeOf(given.createdAfter), timeOf(given.createdBefore)];
	if (after !== undefined && before !== undefined && after >= before)
		faults.push('--created-after is before --created-before.');
	const refuse = (names: ReadonlyArray<keyof Given & keyof typeof optionTable>, why: string): void => {
		for (const name of names)
			if (given[name] !== undefined) faults.push(`--${optionTable[name].flag} ${why}`);
	};

	const comparing = given.verifyAfter ? [] : ofVerify;
	if (verify && given.verifyAfter)
		faults.push('--verify compares at once and --verify-after follows a job: leave one out.');
	if (job !== undefined) {
		refuse(
			[...ofMaking, ...ofSpan, ...comparing],
			'is no matter of a job that exists: leave it or --job out.',
		);
		if (verify) faults.push('--verify makes no job: leave out --job.');
	} else if (verify) {
		refuse([...ofMaking, ...ofFollowing], 'is about a job, and --verify makes none.');
	} else {
		refuse(comparing, 'is about --verify or --verify-after, which were not given.');
		if (manifest !== undefined)
			refuse(['jobStatus', 'jobStorageClass', ...ofSpan], 'chooses objects, and --manifest lists them.');
	}

	return faults;
}

/** Which of the objects were written when, and begin how. */
export function spanOf({jobPrefix, createdAfter, createdBefore}: Given): BatchSpan {
	const [after, before] = [timeOf(createdAfter), timeOf(createdBefore)];
	return {prefix: jobPrefix, createdAfter: after, createdBefore: before};
}

/** The statuses of the objects that a job takes; by default those that were never tried, and those that failed. */
export function statusesOf({jobStatus}: Given): readonly BatchStatus[] {
	return (jobStatus === undefined ? undefined : statusesIn(jobStatus)) ?? usualStatuses;
}

/** A day or a time in UTC, in milliseconds since 1970. */
function timeOf(text: string | undefined): number | undefined {
	if (text === undefined || !/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(text))
		return undefined;
	const time = Date.parse(text);
	return Number.isNaN(time) ? undefined : time;
}

/** The statuses that a list names; nothing where it names another. */
function statusesIn(text: string): readonly BatchStatus[] | undefined {
	const words = text.toUpperCase().split(',');
	const known = words.flatMap((word) => batchStatuses.find((status) => status === word) ?? []);
	return known.length === words.length ? [...new Set(known)] : undefined;
}
