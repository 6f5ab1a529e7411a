import type {Connection} from '../../aws/ports.js';
import {type Side} from '../../domain/answers/mode.js';
import {regionOfKey} from '../../domain/answers/key-name.js';
import {bucketOfArn, destinationOf, roleArn} from '../../domain/arn.js';
import type {CallerIdentity, Observed, ObservedRole, OwnBuckets} from '../../domain/observed/observed.js';
import type {ObservedKey} from '../../domain/observed/observed-key.js';
import {optionsIn} from '../../domain/rule/rule-options.js';
import {fixable, ProblemError} from '../../domain/problem.js';
import type {ReplicationRequest} from '../../domain/answers/request.js';
import {requestBack} from '../../domain/answers/way-back.js';
import {rolePolicyName} from '../../domain/role/role-policy-name.js';
import type {Connections} from '../connections.js';
import {opened, settled, type Settled} from '../settled.js';
import {type NamedDestination, observeDestinations} from '../observe-destinations.js';
import {type BucketReading, observeBucket} from './observe-bucket.js';
import {
	describeReplicaKey,
	describeSourceKey,
	type SourceKey,
	withKeyPolicy,
	withSourceKeyPolicy,
} from './observe-keys.js';
import {observeBoundary, observeExistingRole, observeRole, refusalOf} from './observe-role.js';

/** What is being read: each part by itself, for whoever needs no more, and all of it. Nothing of it rejects. */
export type Observing = {
	readonly callers: Readonly<Record<Side, Promise<Settled<CallerIdentity>>>>;
	readonly buckets: Readonly<Record<Side, Promise<Settled<BucketReading>>>>;
	/** The role of the name asked for. */
	readonly role: Promise<Settled<ObservedRole | undefined>>;
	/** Everything but the policies of keys: which role and which keys a plan is about. */
	readonly named: Promise<Settled<Observed>>;
	/** Everything a plan is made from, or the first thing that cannot be read, the callers' own before any other. */
	readonly all: Promise<Settled<Observed>>;
	/** The same of the way back of a two-way set-up. */
	readonly back?: Observing;
};

/**
 * Reads everything a plan is made from, in one parallel step where the credentials carry their account;
 * else the account is asked for first, because every call to a bucket names the owner it expects.
 * What is there already may take a second step: the policies of a role by their names, the role that other rules use.
 */
export function startObserving(
	request: ReplicationRequest,
	connections: Connections,
	signal?: AbortSignal,
): Observing {
	const source = startAccount(connections.source, signal);
	const destination =
		connections.destination === connections.source ? source : startAccount(connections.destination, signal);
	const bucketOf = async (side: Side, {accountId}: Account): Promise<Settled<BucketReading>> =>
		settled(accountId.then(async (id) => observeBucket(side, request, connections, id, signal)));
	const policyName = rolePolicyName(request.source.bucket, request.destination.bucket);
	const callers = {source: settled(confirmed(source)), destination: settled(confirmed(destination))};
	const buckets = {source: bucketOf('source', source), destination: bucketOf('destination', destination)};
	const role = settled(
		request.roleArn === undefined
			? observeRole(connections.source.roles, request.roleName, policyName, signal)
			: Promise.resolve(undefined),
	);
	const key = settled(
		request.rule?.kmsKey === undefined
			? Promise.resolve(undefined)
			: describeKey(request.rule.kmsKey, request, connections.destination, buckets.destination, signal),
	);
	const boundary = settled(
		request.permissionsBoundary === undefined
			? Promise.resolve(undefined)
			: observeBoundary(connections.source, request.permissionsBoundary, signal),
	);

	const wayBack = requestBack(request);
	const back =
		wayBack &&
		startObserving(wayBack, {source: connections.destination, destination: connections.source}, signal);

	async function readNamed(): Promise<Observed> {
		// Who the callers are comes first: with wrong credentials everything else fails as well, and says less.
		const [sourceCaller, destinationCaller] = [
			await opened(callers.source),
			await opened(callers.destination),
		];
		const [observedSource, observedDestination] = [
			await opened(buckets.source),
			await opened(buckets.destination),
		];
		const observedRole = await opened(role);
		const {replication, lock} = observedSource.details;
		const wantedArn =
			request.roleArn ??
			observedRole?.arn ??
			roleArn(sourceCaller.partition, sourceCaller.accountId, request.roleName, request.rolePath);
		const isOther = replication !== undefined && replication.Role !== wantedArn;
		const [existingRole, ownBuckets, sourceKey, otherDestinations, keptKey] = await Promise.all([
			isOther && request.roleArn === undefined
				? observeExistingRole(
						connections.source,
						replication.Role,
						policyName,
						sourceCaller.accountId,
						signal,
					)
				: undefined,
			isOther && request.isRoleChosen ? observeOwnBuckets(connections.source, signal) : undefined,
			asksForKeys(request, replication) && observedSource.bucket.state === 'owned'
				? describeSourceKey(
						connections.source,
						{
							bucket: request.source.bucket,
							region: observedSource.bucket.region,
							accountId: sourceCaller.accountId,
						},
						signal,
					)
				: undefined,
			observeDestinations(
				connections.source,
				otherDestinationsOf(replication, request, sourceCaller.accountId),
				signal,
			),
			describeKeptKey(request, replication, connections.destination, signal),
		]);
		return {
			source: {
				caller: sourceCaller,
				bucket: observedSource.bucket,
				replication,
				otherDestinations,
				...partsOf(sourceKey),
				objectLock: lock?.ok ? lock.value : undefined,
			},
			destination: {
				caller: destinationCaller,
				bucket: observedDestination.bucket,
				policy: observedDestination.details.policy,
				key: (await opened(key)) ?? keptKey,
			},
			role: observedRole,
			existingRole,
			boundary: await opened(boundary),
			ownBuckets,
		};
	}

	const named = settled(readNamed());

	async function everything(): Promise<Observed> {
		const observed = await opened(named);
		const {source: here, destination: there} = observed;
		const [sourceKey, replicaKey] = await Promise.all([
			here.keyArn === undefined
				? undefined
				: withSourceKeyPolicy(connections.source, {arn: here.keyArn, key: here.key}, signal),
			withKeyPolicy(connections.destination, there.key, signal),
		]);
		return {
			...observed,
			source: {...here, ...partsOf(sourceKey)},
			destination: {...there, key: replicaKey},
		};
	}

	async function withWayBack(): Promise<Observed> {
		const there = await everything();
		return back ? {...there, back: await opened(back.all)} : there;
	}

	return {callers, buckets, role, named, all: settled(withWayBack()), ...(back ? {back} : {})};
}

/** Reads everything a plan is made from. Throws the problem of the first thing that cannot be read. */
export async function observe(
	request: ReplicationRequest,
	connections: Connections,
	signal?: AbortSignal,
): Promise<Observed> {
	return opened(startObserving(request, connections, signal).all);
}

const partsOf = (found: SourceKey | undefined) => ({keyArn: found?.arn, key: found?.key});

/** Whether a rule that is wanted or there replicates what is encrypted with keys of KMS. */
function asksForKeys({rule}: ReplicationRequest, replication: Observed['source']['replication']): boolean {
	const kept = replication?.Rules ?? [];
	return rule?.kmsKey !== undefined || kept.some((one) => optionsIn(one).kmsKey !== undefined);
}

/** Where enabled rules replicate to, each bucket once; the destination asked for is looked at anyway. */
function otherDestinationsOf(
	replication: Observed['source']['replication'],
	{destination}: ReplicationRequest,
	sourceAccountId: string,
): readonly NamedDestination[] {
	const found = new Map<string, NamedDestination>();
	for (const {Status: status, Destination: named} of replication?.Rules ?? []) {
		const bucket = bucketOfArn(named.Bucket);
		if (status === 'Enabled' && bucket !== destination.bucket)
			found.set(bucket, {bucket, accountId: named.Account ?? sourceAccountId});
	}

	return [...found.values()];
}

/** The key for replicas, in the region where the destination's bucket is or shall be. */
async function describeKey(
	name: string,
	request: ReplicationRequest,
	connection: Connection,
	reading: Promise<Settled<BucketReading>>,
	signal?: AbortSignal,
): Promise<ObservedKey> {
	const asked = request.destination.region;
	if (asked !== undefined) return describeReplicaKey(connection, {name, region: asked}, signal);
	const {bucket} = await opened(reading);
	const region = bucket.state === 'owned' ? bucket.region : connection.homeRegion;
	return describeReplicaKey(connection, {name, region}, signal);
}

/** The key of a rule to the destination that is there, where none is asked for: a rule that is kept needs as much as one that is made. */
async function describeKeptKey(
	{rule, destination}: ReplicationRequest,
	replication: Observed['source']['replication'],
	connection: Connection,
	signal?: AbortSignal,
): Promise<ObservedKey | undefined> {
	if (rule?.kmsKey !== undefined) return undefined;
	const name = (replication?.Rules ?? [])
		.filter((rule) => destinationOf(rule) === destination.bucket)
		.map((one) => optionsIn(one).kmsKey)
		.find((key) => key !== undefined);
	const region = name === undefined ? undefined : regionOfKey(name);
	if (name === undefined || region === undefined) return undefined;
	return describeReplicaKey(connection, {name, region}, signal);
}

async function observeOwnBuckets({buckets}: Connection, signal?: AbortSignal): Promise<OwnBuckets> {
	try {
		const own = await buckets.list(undefined, signal);
		return {state: 'read', names: own.map(({name}) => name)};
	} catch (error) {
		return {state: 'unreadable', cause: refusalOf(error)};
	}
}

type Account = {
	readonly profile: string;
	/** What the calls expect to own the buckets. */
	readonly accountId: Promise<string>;
	readonly caller: Promise<Settled<CallerIdentity>>;
};

function startAccount({identity, profile}: Connection, signal?: AbortSignal): Account {
	const caller = settled(identity.getCaller(signal));
	const accountId = identity
		.knownAccountId()
		.then(async (known) => known ?? (await opened(caller)).accountId);
	accountId.catch(() => undefined);
	return {profile, accountId, caller};
}

/** The caller, if it is of the account that its profile says: what was read names that account as the owner. */
async function confirmed({profile, accountId, caller}: Account): Promise<CallerIdentity> {
	const identity = await opened(caller);
	const expected = await accountId;
	if (expected === identity.accountId) return identity;
	throw new ProblemError(
		fixable(
			'another-account',
			`Cannot use profile ${profile}: its account is another one`,
			`The profile says account ${expected}, and its credentials belong to account ${identity.accountId} (${identity.arn}).`,
			['Correct aws_account_id (or the SSO account) of this profile.', 'Choose another profile.'],
		),
	);
}
