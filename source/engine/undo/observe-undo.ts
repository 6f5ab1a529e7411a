import type {BucketReference, Connection} from '../../aws/ports.js';
import {type RunRecord, undoableSteps} from '../../domain/run-record.js';
import {testFileFolder} from '../../domain/test-file.js';
import type {UndoBucket, UndoObserved, UndoRole} from '../../domain/undo-observed.js';

type Place = {readonly profile: string; readonly account: string; readonly region: string};

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
	const buckets = new Map<string, Place>();
	const roles = new Map<string, {readonly place: Place; readonly policyNames: Set<string>}>();
	const versioned = record.steps.filter(
		(step) => step.kind === 'operation' && step.operation.kind === 'enable-versioning',
	);
	for (const step of [...undoableSteps(record), ...versioned]) {
		if (step.kind === 'files') {
			for (const {bucket, profile, accountId, region} of step.ends)
				buckets.set(bucket, {profile, account: accountId, region});
			continue;
		}

		const {operation, profile} = step;
		const {account, region, target} = operation;
		if (operation.kind === 'create-role' || operation.kind === 'put-role-policy') {
			const role = roles.get(target) ?? {place: {profile, account, region}, policyNames: new Set()};
			if (operation.kind === 'put-role-policy') role.policyNames.add(operation.policyName);
			roles.set(target, role);
		} else {
			buckets.set(target, {profile, account, region});
		}
	}

	const prefix = testFileFolder(record.header.runId);
	const [foundBuckets, foundRoles] = await Promise.all([
		Promise.all(
			[...buckets].map(async ([bucket, {profile, account, region}]) => {
				const reference = {bucket, region, accountId: account};
				return [bucket, await observeBucket(reference, connectionOf(profile), prefix, signal)] as const;
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
	prefix: string,
	signal?: AbortSignal,
): Promise<UndoBucket> {
	const {state} = await buckets.head(reference, signal);
	// Of this name in another region: deleted, and made anew by whomever.
	if (state === 'absent' || state === 'elsewhere') return {state: 'gone'};
	if (state === 'forbidden') {
		const own = await buckets.list(reference.bucket, signal);
		if (!own.some(({name}) => name === reference.bucket)) return {state: 'gone'};
	}

	const [hasOthers, hasFiles, versioning, replication, policy] = await Promise.all([
		objects.hasOthers(reference, prefix, signal),
		objects.hasAny(reference, prefix, signal),
		buckets.getVersioning(reference, signal),
		buckets.getReplication(reference, signal),
		buckets.getPolicy(reference, signal),
	]);
	return {state: 'owned', hasOthers, hasFiles, versioning: versioning ?? 'Unversioned', replication, policy};
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
