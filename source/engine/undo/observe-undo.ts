import type {BucketReference, Connection} from '../../aws/ports.js';
import type {PlannedOperation} from '../../domain/operations/registry.js';
import type {OwnFiles} from '../../domain/own-files.js';
import {ownFilesOf, type RunRecord, undoableSteps} from '../../domain/run-record.js';
import type {SurveyedFiles, UndoBucket, UndoObserved, UndoRole} from '../../domain/undo-observed.js';
import {surveyFiles} from './survey-files.js';

type Place = {readonly profile: string; readonly account: string; readonly region: string};

/** What a bucket is looked at for: nothing is read that needs a permission for nothing. */
type Wish = 'contents' | 'replication' | 'policy';

const wishOf: Readonly<Record<PlannedOperation['kind'], readonly Wish[]>> = {
	'create-bucket': ['contents'],
	'enable-versioning': ['replication'],
	'put-bucket-policy': ['policy'],
	'put-replication': ['replication'],
	'create-role': [],
	'put-role-policy': [],
};

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
): Promise<UndoObserved> {
	const buckets = new Map<string, {readonly place: Place; readonly wishes: Set<Wish>}>();
	const lookAt = (bucket: string, place: Place, wishes: readonly Wish[]): void => {
		const present = buckets.get(bucket) ?? {place, wishes: new Set()};
		for (const wish of wishes) present.wishes.add(wish);
		buckets.set(bucket, present);
	};

	const roles = new Map<string, {readonly place: Place; readonly policyNames: Set<string>}>();
	// What cannot be taken back is said, where it is still so.
	const versioned = record.steps.filter(
		(step) => step.kind === 'operation' && step.operation.kind === 'enable-versioning',
	);
	for (const step of [...undoableSteps(record), ...versioned]) {
		if (step.kind === 'files') {
			for (const {bucket, profile, accountId, region} of step.ends)
				lookAt(bucket, {profile, account: accountId, region}, ['contents']);
			continue;
		}

		const {operation, profile} = step;
		const {account, region, target} = operation;
		if (operation.kind === 'create-role' || operation.kind === 'put-role-policy') {
			const role = roles.get(target) ?? {place: {profile, account, region}, policyNames: new Set()};
			if (operation.kind === 'put-role-policy') role.policyNames.add(operation.policyName);
			roles.set(target, role);
		} else {
			lookAt(target, {profile, account, region}, wishOf[operation.kind]);
		}
	}

	const files = ownFilesOf(record);
	const [foundBuckets, foundRoles] = await Promise.all([
		Promise.all(
			[...buckets].map(async ([bucket, {place, wishes}]) => {
				const reference = {bucket, region: place.region, accountId: place.account};
				const found = observeBucket(reference, connectionOf(place.profile), {files, wishes}, signal);
				return [bucket, await found] as const;
			}),
		),
		Promise.all(
			[...roles].map(async ([name, {place, policyNames}]) => {
				return [name, await observeRole(name, policyNames, connectionOf(place.profile), signal)] as const;
			}),
		),
	]);
	return {buckets: Object.fromEntries(foundBuckets), roles: Object.fromEntries(foundRoles)};
}

async function observeBucket(
	reference: BucketReference,
	{buckets, objects}: Connection,
	{files, wishes}: {readonly files: readonly OwnFiles[]; readonly wishes: ReadonlySet<Wish>},
	signal?: AbortSignal,
): Promise<UndoBucket> {
	const {state} = await buckets.head(reference, signal);
	// Of this name in another region: deleted, and made anew by whomever.
	if (state === 'absent' || state === 'elsewhere') return {state: 'gone'};
	if (state === 'forbidden') {
		const own = await buckets.list(reference.bucket, signal);
		if (!own.some(({name}) => name === reference.bucket)) return {state: 'gone'};
	}

	const [isShared, surveyed, versioning, replication, policy] = await Promise.all([
		wishes.has('contents') &&
			objects.hasOthers(
				reference,
				files.map(({prefix}) => prefix),
				signal,
			),
		wishes.has('contents') ? surveyFiles(objects, reference, files, signal) : noFiles,
		buckets.getVersioning(reference, signal),
		wishes.has('replication') ? buckets.getReplication(reference, signal) : undefined,
		wishes.has('policy') ? buckets.getPolicy(reference, signal) : undefined,
	]);
	return {
		state: 'owned',
		hasOthers: isShared || surveyed.othersCount > 0,
		files: surveyed,
		versioning: versioning ?? 'Unversioned',
		replication,
		policy,
	};
}

async function observeRole(
	name: string,
	policyNames: ReadonlySet<string>,
	{roles}: Connection,
	signal?: AbortSignal,
): Promise<UndoRole | undefined> {
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
