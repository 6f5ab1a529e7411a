import type {BucketReference, Connection} from '../../aws/ports.js';
import {regionOfKey} from '../../domain/answers/key-name.js';
import {bucketOfArn} from '../../domain/arn.js';
import type {PublicAccessBlock} from '../../domain/observed/bucket-settings.js';
import type {ObservedKey} from '../../domain/observed/observed-key.js';
import type {
	BucketPlace,
	ObservedReplication,
	Seen,
	SeenBucket,
	SeenDestination,
} from '../../domain/observed/observed-replication.js';
import {ProblemError, problemFrom} from '../../domain/problem.js';
import {rolePolicyName} from '../../domain/role/role-policy-name.js';
import type {ReplicationConfiguration} from '../../domain/rule/replication-configuration.js';
import {optionsIn} from '../../domain/rule/rule-options.js';
import {isPublicPolicy} from '../../policy/public-statements.js';
import {destinationAccountOf, type LikelyConnections} from '../likely-connections.js';
import {locateBucket} from '../locate-bucket.js';
import {observeReplicaKey} from '../observe/observe-keys.js';
import {observeExistingRole} from '../observe/observe-role.js';
import {bucketNotFound} from '../../domain/bucket-problems.js';

type ObserveReplicationOptions = {
	readonly region?: string;
	/** The keys that objects asked about are encrypted with. */
	readonly sourceKeys?: readonly string[];
	/** What the bucket had before: the destinations and the role of its rules are looked at, too. */
	readonly before?: ReplicationConfiguration;
	/** Where destinations were when they were last seen. */
	readonly places?: Readonly<Record<string, BucketPlace>>;
	/** Connections to try for destinations that the others do not see. */
	readonly likely?: LikelyConnections;
	readonly signal?: AbortSignal;
};

/**
 * Reads a replication that exists, with its role, every destination of its rules and their keys; each destination through the first
 * connection whose account owns it. What may not be read is told as such. Changes nothing. Throws the problem of a source that is absent,
 * somebody else's, or may not be read, and of a connection that does not work at all.
 */
export async function observeReplication(
	bucket: string,
	source: Connection,
	forDestinations: readonly Connection[],
	{region, sourceKeys = [], before, places = {}, likely, signal}: ObserveReplicationOptions = {},
): Promise<ObservedReplication> {
	const located = await locateBucket(bucket, source, region, signal);
	if (located.state !== 'existing')
		throw new ProblemError(bucketNotFound('diagnose', bucket, source.profile));
	const {reference} = located;
	const [caller, seen, replication] = await Promise.all([
		source.identity.getCaller(signal),
		seeBucket(reference, source, signal),
		source.buckets.getReplication(reference, signal),
	]);
	const now = replication?.Rules ?? [];
	const isNamed = (arn: string): boolean => now.some(({Destination}) => Destination.Bucket === arn);
	const rules = [...now, ...(before?.Rules ?? []).filter(({Destination}) => !isNamed(Destination.Bucket))];
	const named = replication ?? before;
	const names = [...new Set(rules.map(({Destination: {Bucket: arn}}) => bucketOfArn(arn)))];
	const connections = [...new Set([...forDestinations, source])];
	const alsoTried = new Map<string, Connection>();
	const [destinations, role] = await Promise.all([
		Promise.all(
			names.map(async (name) => {
				const more = async () => {
					const tried = (await likely?.(name, destinationAccountOf(rules, name))) ?? [];
					for (const one of tried) alsoTried.set(one.profile, one);
					return tried;
				};
				return [name, await seeDestination(name, connections, more, signal)] as const;
			}),
		),
		named && observeRole(source, named, bucket, names[0] ?? '', reference.accountId, signal),
	]);
	const destinationOf = new Map(destinations);
	const keys = await Promise.all([
		...rules.flatMap(({Destination, ...rule}) => {
			const {kmsKey} = optionsIn({...rule, Destination});
			if (kmsKey === undefined) return [];
			const place = destinationOf.get(bucketOfArn(Destination.Bucket));
			const seer = place?.state === 'existing' ? alsoTried.get(place.seen.profile) : undefined;
			const asked = seer ? [seer, ...connections] : connections;
			return [keyEntry(kmsKey, asked, place?.state === 'existing' ? place.seen.region : undefined, signal)];
		}),
		...sourceKeyNames(seen, sourceKeys).map(async (name) =>
			keyEntry(name, [source], reference.region, signal),
		),
	]);
	return {
		partition: caller.partition,
		source: seen,
		...(replication ? {replication} : {}),
		...(role ? {role} : {}),
		destinations: Object.fromEntries(destinations),
		lost: Object.fromEntries(
			destinations.flatMap(([name, {state}]) => {
				const place = Object.hasOwn(places, name) ? places[name] : undefined;
				return state === 'absent' && place ? [[name, place]] : [];
			}),
		),
		keys: Object.fromEntries(keys),
	};
}

/** The role that the rules name; one whose parts may not be read is unreadable, whatever the refusal was about. */
async function observeRole(
	source: Connection,
	{Role: arn}: ReplicationConfiguration,
	bucket: string,
	destination: string,
	accountId: string,
	signal?: AbortSignal,
) {
	return observeExistingRole(source, arn, rolePolicyName(bucket, destination), accountId, signal);
}

async function seeDestination(
	name: string,
	connections: readonly Connection[],
	more: () => Promise<readonly Connection[]>,
	signal?: AbortSignal,
): Promise<SeenDestination> {
	let isThere = false;
	let cause = `None of the profiles ${connections.map(({profile}) => profile).join(', ')} owns ${name}.`;
	for (const connection of connections) {
		const located = await seen(locateBucket(name, connection, undefined, signal), signal);
		if (!located.isRead) ({cause} = located);
		else if (located.value.state === 'existing')
			return {state: 'existing', seen: await seeWithRules(located.value.reference, connection, signal)};
		// S3 says whether there is a bucket of this name to everybody.
		else if (located.value.state === 'absent') return {state: 'absent'};
		else isThere = true;
	}

	for (const connection of await more()) {
		const located = await seen(locateBucket(name, connection, undefined, signal), signal);
		if (located.isRead && located.value.state === 'existing')
			return {state: 'existing', seen: await seeWithRules(located.value.reference, connection, signal)};
	}

	return {state: 'unseen', cause: isThere ? `${name} exists. ${cause}` : cause};
}

/** A destination, and its own rules. */
async function seeWithRules(
	reference: BucketReference,
	connection: Connection,
	signal?: AbortSignal,
): Promise<SeenBucket> {
	const [bucket, replication] = await Promise.all([
		seeBucket(reference, connection, signal),
		seen(connection.buckets.getReplication(reference, signal), signal),
	]);
	return {...bucket, replication};
}

async function seeBucket(
	reference: BucketReference,
	connection: Connection,
	signal?: AbortSignal,
): Promise<SeenBucket> {
	const {profile, buckets, settings} = connection;
	const {bucket, region, accountId} = reference;
	const [versioning, policy, lock, encryption, payer, ownership] = await Promise.all([
		seen(
			buckets.getVersioning(reference, signal).then((status) => status ?? 'Unversioned'),
			signal,
		),
		seen(buckets.getPolicy(reference, signal), signal),
		seen(settings.getObjectLock(reference, signal), signal),
		seen(settings.getEncryption(reference, signal), signal),
		seen(settings.getRequestPayer(reference, signal), signal),
		seen(settings.getOwnership(reference, signal), signal),
	]);
	const isPublic = policy.isRead && policy.value !== undefined && isPublicPolicy(policy.value);
	return {
		...{bucket, region, accountId, profile, versioning, policy, lock, encryption, payer, ownership},
		...(isPublic ? {restrictsPublic: await seeRestriction(reference, connection, signal)} : {}),
	};
}

/** Who restricts buckets that are public: S3 takes the stricter of the two. Source: S3 User Guide, "Blocking public access to your Amazon S3 storage". */
async function seeRestriction(
	reference: BucketReference,
	{settings, accounts}: Connection,
	signal?: AbortSignal,
): Promise<NonNullable<SeenBucket['restrictsPublic']>> {
	const isOn = async (block: Promise<PublicAccessBlock>): Promise<boolean> =>
		(await block).restrictsPublicBuckets;
	const [bucket, account] = await Promise.all([
		seen(isOn(settings.getPublicAccessBlock(reference, signal)), signal),
		seen(isOn(accounts.getPublicAccessBlock(reference, signal)), signal),
	]);
	return {bucket, account};
}

/** The key that objects have by default, and those that are asked about. */
function sourceKeyNames({encryption}: SeenBucket, asked: readonly string[]): readonly string[] {
	const byDefault =
		encryption.isRead && encryption.value.algorithm.startsWith('aws:kms')
			? [encryption.value.keyId ?? 'alias/aws/s3']
			: [];
	return [...new Set([...byDefault, ...asked])];
}

/** A key through the first connection that may look at it. */
async function keyEntry(
	name: string,
	connections: readonly Connection[],
	region: string | undefined,
	signal?: AbortSignal,
): Promise<readonly [string, ObservedKey]> {
	let found: ObservedKey = {state: 'unreadable', cause: 'Nobody has looked at it.'};
	for (const connection of connections) {
		const place = {name, region: region ?? regionOfKey(name) ?? connection.homeRegion, wantsPolicy: true};
		const one = await seen(observeReplicaKey(connection, place, signal), signal);
		found = one.isRead ? one.value : {state: 'unreadable', cause: one.cause};
		if (found.state === 'existing' || found.state === 'elsewhere') break;
	}

	return [name, found];
}

/** An answer, or why there is none. Rejects by the signal only, and by what is our fault. */
async function seen<T>(reading: Promise<T>, signal?: AbortSignal): Promise<Seen<T>> {
	try {
		return {isRead: true, value: await reading};
	} catch (error) {
		if (signal?.aborted) throw error;
		const {kind, headline, cause} = problemFrom(error);
		if (kind === 'bug') throw error;
		return {isRead: false, cause: `${headline}: ${cause}`};
	}
}
