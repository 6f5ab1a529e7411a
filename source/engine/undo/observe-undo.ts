import type {BucketReference, Connection, KeyReference} from '../../aws/ports.js';
import {answerOf} from '../../domain/problem.js';
import type {PolicyDocument} from '../../policy/document.js';
import type {UndoReading} from '../../domain/operations/kind.js';
import {bucketOfArn} from '../../domain/arn.js';
import {disabledRules} from '../../domain/rule/blocked-rules.js';
import {plannedKindOf} from '../../domain/operations/registry.js';
import type {OwnFiles} from '../../domain/record/own-files.js';
import {isOperation, ownFilesOf, type RunRecord, undoableSteps} from '../../domain/record/run-record.js';
import type {
	SurveyedFiles,
	UndoBucket,
	UndoJob,
	UndoObserved,
	UndoRole,
} from '../../domain/take-back/undo-observed.js';
import {observeDestinations} from '../observe-destinations.js';
import {observeUsers, rulesWithRole} from './observe-users.js';
import {surveyFiles} from './survey-files.js';
import type {ReportReading} from '../../domain/batch/batch-event.js';
import {type JobPlace, jobOfStep, observeRunningJobs} from './observe-job.js';
import {throwUnlessRefused} from './unless-refused.js';

type Place = {readonly profile: string; readonly account: string; readonly region: string};

const noFiles: SurveyedFiles = {hasOwn: false, othersCount: 0, isWhole: true};

/** The connection that goes with a recorded profile. */
export type ConnectionOf = (profile: string) => Connection;

/**
 * Reads what is there of everything that a run wrote, in one parallel step.
 * Throws the problem of the first thing that cannot be read.
 */
export async function observeUndo(
	record: RunRecord,
	connectionOf: ConnectionOf,
	signal?: AbortSignal,
	/** The other runs of this machine at this endpoint: their rules may use this run's role. */
	others: readonly RunRecord[] = [],
	/** Milliseconds since 1970: locks that have ended hold nothing. */
	nowMs = 0,
	/** Is told that the report of a job is read. */
	onReading: (reading: ReportReading) => void = () => undefined,
): Promise<UndoObserved> {
	const buckets = new Map<string, {readonly place: Place; readonly readings: Set<UndoReading>}>();
	const lookAt = (bucket: string, place: Place, readings: readonly UndoReading[]): void => {
		const existing = buckets.get(bucket) ?? {place, readings: new Set()};
		for (const reading of readings) existing.readings.add(reading);
		buckets.set(bucket, existing);
	};

	const roles = new Map<string, {readonly place: Place; readonly policyNames: Set<string>}>();
	const keys = new Map<string, Place>();
	const queues = new Map<string, Place>();
	const jobs = new Map<string, Promise<UndoJob | undefined>>();
	const jobPlaces = new Map<string, JobPlace>();
	const lookForJobs = (profile: string, accountId: string, region: string): void =>
		void jobPlaces.set(`${accountId} ${region}`, {profile, accountId, region});
	// What cannot be taken back is said, where it is still so.
	const rest = record.steps.filter(
		(step) => step.kind === 'operation' && plannedKindOf(step.operation.kind).notesOnRest,
	);
	for (const step of [...undoableSteps(record), ...rest]) {
		if (step.kind === 'files') {
			for (const {bucket, profile, accountId, region} of step.ends)
				lookAt(bucket, {profile, account: accountId, region}, ['contents']);
			continue;
		}

		const {operation, profile} = step;
		const {account, region, target} = operation;
		const {on, partOf, undoReadings} = plannedKindOf(operation.kind);
		if (on === 'role') {
			const role = roles.get(target) ?? {place: {profile, account, region}, policyNames: new Set()};
			const policyName = partOf?.(operation);
			if (policyName !== undefined) role.policyNames.add(policyName);
			roles.set(target, role);
		} else if (on === 'key') {
			keys.set(target, {profile, account, region});
		} else if (on === 'job') {
			for (const [token, found] of jobOfStep(step, connectionOf, onReading, signal)) jobs.set(token, found);
			// A job of another run may use this run's role or bucket; where jobs were made is known from the records.
			for (const {operation: made} of others.flatMap(({steps}) => steps.filter(isOperation)))
				if (plannedKindOf(made.kind).on === 'job' && made.account === account)
					lookForJobs(profile, account, made.region);
			lookForJobs(profile, account, region);
		} else if (on === 'queue') {
			queues.set(target, {profile, account, region});
		} else {
			lookAt(target, {profile, account, region}, undoReadings);
		}
	}

	const files = ownFilesOf(record);
	const [foundQueues, foundBuckets, foundRoles, destinations, foundKeys] = await Promise.all([
		readEach(queues, async (name, {profile, region}) => {
			const found = await connectionOf(profile).queues.find({name, region}, signal);
			return found !== undefined;
		}),
		readEach(buckets, async (bucket, {place, readings}) => {
			const reference = {bucket, region: place.region, accountId: place.account};
			return observeBucket(reference, connectionOf(place.profile), {files, readings, nowMs}, signal);
		}),
		readEach(roles, async (name, {place, policyNames}) => {
			const connection = connectionOf(place.profile);
			const users = rulesWithRole([record, ...others], name, place.account);
			const unseen = users.filter(({bucket}) => !buckets.has(bucket));
			const [found, usage] = await Promise.all([
				observeRole(name, policyNames, connection, signal),
				observeUsers(name, unseen, connection, signal),
			]);
			return found && {...found, ...usage, users};
		}),
		Promise.all(
			record.steps.map(async (step) => {
				if (step.kind !== 'operation') return [];
				const {before, after} = plannedKindOf(step.operation.kind).rulesIn?.(step.operation) ?? {};
				const {account} = step.operation;
				const disabled = disabledRules(before, after).map(({Destination: named}) => ({
					bucket: bucketOfArn(named.Bucket),
					accountId: named.Account ?? account,
				}));
				return observeDestinations(connectionOf(step.profile), disabled, signal);
			}),
		),
		readEach(keys, async (key, {profile, region}) =>
			keyPolicyThere(connectionOf(profile), {key, region}, signal),
		),
	]);
	const foundJobs = await readEach(jobs, async (_token, found) => found);
	const ownIds = new Set(Object.values(foundJobs).flatMap((job) => job?.jobId ?? []));
	return {
		buckets: foundBuckets,
		roles: foundRoles,
		queues: foundQueues,
		destinations: destinations.flat(),
		keys: foundKeys,
		jobs: foundJobs,
		runningJobs: await observeRunningJobs([...jobPlaces.values()], ownIds, connectionOf, signal),
	};
}

/** What is read of each, by its name. */
async function readEach<Place, Found>(
	places: ReadonlyMap<string, Place>,
	read: (name: string, place: Place) => Promise<Found>,
): Promise<Readonly<Record<string, Found>>> {
	const found = [...places].map(async ([name, place]) => [name, await read(name, place)] as const);
	return Object.fromEntries(await Promise.all(found));
}

async function keyPolicyThere(
	{keys}: Connection,
	reference: KeyReference,
	signal?: AbortSignal,
): Promise<PolicyDocument | undefined> {
	try {
		return await keys.getPolicy(reference, signal);
	} catch (error) {
		if (answerOf(error)?.code === 'NotFoundException') return undefined;
		throw error;
	}
}

async function observeBucket(
	reference: BucketReference,
	{buckets, objects, settings}: Connection,
	{
		files,
		readings,
		nowMs,
	}: {
		readonly files: readonly OwnFiles[];
		readonly readings: ReadonlySet<UndoReading>;
		readonly nowMs: number;
	},
	signal?: AbortSignal,
): Promise<UndoBucket> {
	const {state} = await buckets.head(reference, signal);
	// Of this name in another region: deleted, and made anew by whomever.
	if (state === 'absent' || state === 'elsewhere') return {state: 'gone'};
	if (state === 'forbidden') {
		const own = await buckets.list(reference.bucket, signal);
		if (!own.some(({name}) => name === reference.bucket)) return {state: 'gone'};
	}

	const unread: string[] = [];
	/** A document that the run did not write is looked at only to see whether the bucket is still its own. */
	const readDocument = async <T>(
		reading: UndoReading,
		what: string,
		read: () => Promise<T | undefined>,
	): Promise<T | undefined> => {
		if (readings.has(reading)) return read();
		if (!readings.has('own')) return undefined;
		return read().catch((error: unknown) => {
			throwUnlessRefused(error);
			unread.push(what);
			return undefined;
		});
	};

	const survey = async (): Promise<SurveyedFiles> => {
		const lock = await settings.getObjectLock(reference, signal).catch((error: unknown) => {
			throwUnlessRefused(error);
			return undefined;
		});
		return surveyFiles(objects, reference, files, lock?.isEnabled ? nowMs : undefined, signal);
	};

	const [isShared, surveyed, versioning, replication, policy, notifications, image] = await Promise.all([
		readings.has('contents') &&
			objects.hasOthers(
				reference,
				files.map(({prefix}) => prefix),
				signal,
			),
		readings.has('contents') && files.length > 0 ? survey() : noFiles,
		buckets.getVersioning(reference, signal),
		readDocument(
			'replication',
			'its replication rules cannot be read (s3:GetReplicationConfiguration)',
			async () => buckets.getReplication(reference, signal),
		),
		readDocument('policy', 'its policy cannot be read (s3:GetBucketPolicy)', async () =>
			buckets.getPolicy(reference, signal),
		),
		readings.has('notifications') ? buckets.getNotifications(reference, signal) : undefined,
		readings.has('own') ? settings.getImage(reference, signal) : undefined,
	]);
	return {
		state: 'owned',
		hasOthers: isShared || surveyed.othersCount > 0,
		files: surveyed,
		versioning: versioning ?? 'Unversioned',
		replication,
		policy,
		notifications,
		image,
		unread,
	};
}

async function observeRole(
	name: string,
	policyNames: ReadonlySet<string>,
	{roles}: Connection,
	signal?: AbortSignal,
): Promise<Omit<UndoRole, 'usedBy' | 'unreadUsers' | 'users'> | undefined> {
	const [role, inline, attached, documents] = await Promise.all([
		roles.get(name, signal),
		roles.listPolicies(name, signal),
		roles.listAttachedPolicies(name, signal),
		Promise.all(
			[...policyNames].map(
				async (policyName) => [policyName, await roles.getPolicy(name, policyName, signal)] as const,
			),
		),
	]);
	if (!role) return undefined;
	const read = new Map(documents);
	return {
		...role,
		inline: Object.fromEntries(inline.map((policyName) => [policyName, read.get(policyName) ?? null])),
		attachedCount: attached.length,
	};
}
