import type {BucketReference, Connection} from '../aws/ports.js';
import {type Side} from '../domain/mode.js';
import {roleArn} from '../domain/arn.js';
import type {CallerIdentity, Observed, ObservedBucket, OwnBuckets} from '../domain/observed.js';
import {fixable, ProblemError} from '../domain/problem.js';
import type {ReplicationConfiguration} from '../domain/replication-configuration.js';
import type {ReplicationRequest} from '../domain/request.js';
import {rolePolicyName} from '../domain/role-name.js';
import type {PolicyDocument} from '../policy/document.js';
import type {Connections} from './connections.js';
import {observeBoundary, observePresentRole, observeRole, refusalOf} from './observe-role.js';

type Details = {readonly replication?: ReplicationConfiguration; readonly policy?: PolicyDocument};

/**
 * Reads everything a plan is made from, in one parallel step where the credentials carry their account;
 * else the account is asked for first, because every call to a bucket names the owner it expects.
 * What is there already may take a second step: the policies of a role by their names, the role that other rules use.
 * Throws the problem of the first thing that cannot be read, the callers' own before any other.
 */
export async function observe(
	request: ReplicationRequest,
	connections: Connections,
	signal?: AbortSignal,
): Promise<Observed> {
	const source = startAccount(connections.source, signal);
	const destination =
		connections.destination === connections.source ? source : startAccount(connections.destination, signal);
	const sourceBucket = settled(
		source.accountId.then(async (accountId) =>
			observeBucket('source', request, connections, accountId, signal),
		),
	);
	const destinationBucket = settled(
		destination.accountId.then(async (accountId) =>
			observeBucket('destination', request, connections, accountId, signal),
		),
	);
	const policyName = rolePolicyName(request.source.bucket, request.destination.bucket);
	const role = settled(observeRole(connections.source.roles, request.roleName, policyName, signal));
	const boundary = settled(
		request.permissionsBoundary === undefined
			? Promise.resolve(undefined)
			: observeBoundary(connections.source, request.permissionsBoundary, signal),
	);

	// Who the callers are comes first: with wrong credentials everything else fails as well, and says less.
	const sourceCaller = await confirmed(source);
	const destinationCaller = await confirmed(destination);
	const [observedSource, observedDestination] = [await opened(sourceBucket), await opened(destinationBucket)];
	const observedRole = await opened(role);
	const {replication} = observedSource.details;
	const wantedArn =
		observedRole?.arn ??
		roleArn(sourceCaller.partition, sourceCaller.accountId, request.roleName, request.rolePath);
	const isOther = replication !== undefined && replication.Role !== wantedArn;
	const [presentRole, ownBuckets] = await Promise.all([
		isOther
			? observePresentRole(connections.source, replication.Role, policyName, sourceCaller.accountId, signal)
			: undefined,
		isOther && request.isRoleChosen ? observeOwnBuckets(connections.source, signal) : undefined,
	]);
	return {
		source: {caller: sourceCaller, bucket: observedSource.bucket, replication},
		destination: {
			caller: destinationCaller,
			bucket: observedDestination.bucket,
			policy: observedDestination.details.policy,
		},
		role: observedRole,
		presentRole,
		boundary: await opened(boundary),
		ownBuckets,
	};
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
			`Cannot use the profile ${profile}: it is of another account than it says`,
			`The profile says account ${expected}, and its credentials belong to account ${identity.accountId} (${identity.arn}).`,
			['Correct aws_account_id (or the SSO account) of this profile.', 'Choose another profile.'],
		),
	);
}

async function observeBucket(
	side: Side,
	request: ReplicationRequest,
	connections: Connections,
	accountId: string,
	signal?: AbortSignal,
): Promise<{readonly bucket: ObservedBucket; readonly details: Details}> {
	const connection = connections[side];
	const {bucket, region = connection.homeRegion} = request[side];
	const wantsPolicy = side === 'destination' && request.mode === 'cross-account';
	return readBucket(
		{bucket, region, accountId},
		connection,
		{wantsPolicy, wantsReplication: side === 'source'},
		signal,
	);
}

async function readBucket(
	reference: BucketReference,
	connection: Connection,
	wanted: {readonly wantsPolicy: boolean; readonly wantsReplication: boolean},
	signal?: AbortSignal,
): Promise<{readonly bucket: ObservedBucket; readonly details: Details}> {
	const {buckets} = connection;
	const versioning = settled(buckets.getVersioning(reference, signal));
	const replication = settled(
		wanted.wantsReplication ? buckets.getReplication(reference, signal) : Promise.resolve(undefined),
	);
	const policy = settled(
		wanted.wantsPolicy ? buckets.getPolicy(reference, signal) : Promise.resolve(undefined),
	);
	const head = await buckets.head(reference, signal);
	switch (head.state) {
		case 'absent': {
			return {bucket: {state: 'absent'}, details: {}};
		}

		case 'elsewhere': {
			return readBucket({...reference, region: head.region}, connection, wanted, signal);
		}

		case 'forbidden': {
			// HEAD gives no reason: a bucket of this account that may not be looked at, or a bucket of another account.
			const own = await buckets.list(reference.bucket, signal);
			const listed = own.find(({name}) => name === reference.bucket);
			if (!listed) return {bucket: {state: 'foreign'}, details: {}};
			if (listed.region !== reference.region) {
				return readBucket({...reference, region: listed.region}, connection, wanted, signal);
			}

			return ownedBucket(reference, await opened(versioning), {
				replication: await opened(replication),
				policy: await opened(policy),
			});
		}

		case 'here': {
			return ownedBucket(reference, await opened(versioning), {
				replication: await opened(replication),
				policy: await opened(policy),
			});
		}
	}
}

function ownedBucket(
	reference: BucketReference,
	versioning: Awaited<ReturnType<Connection['buckets']['getVersioning']>>,
	details: Details,
): {readonly bucket: ObservedBucket; readonly details: Details} {
	return {
		bucket: {state: 'owned', region: reference.region, versioning: versioning ?? 'Unversioned'},
		details,
	};
}

type Settled<T> = {readonly ok: true; readonly value: T} | {readonly ok: false; readonly error: unknown};

/** Keeps a failure for later, so that the answers can be looked at in the order that says most. */
async function settled<T>(promise: Promise<T>): Promise<Settled<T>> {
	try {
		return {ok: true, value: await promise};
	} catch (error) {
		return {ok: false, error};
	}
}

async function opened<T>(promise: Promise<Settled<T>>): Promise<T> {
	const result = await promise;
	if (!result.ok) throw result.error;
	return result.value;
}
