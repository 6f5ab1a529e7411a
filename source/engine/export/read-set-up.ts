import type {BucketReference, Connection} from '../../aws/ports.js';
import {accountOfArn, destinationOf} from '../../domain/arn.js';
import type {ExportedBucket, ExportedKey, SetUp} from '../../domain/export/set-up.js';
import {ProblemError} from '../../domain/problem.js';
import type {ReplicationConfiguration, ReplicationRule} from '../../domain/rule/replication-configuration.js';
import {optionsIn} from '../../domain/rule/rule-options.js';
import {locateBucket} from '../locate-bucket.js';
import {createReader, type Reader} from './reader.js';
import {readRole} from './read-role.js';
import {bucketNotFound, notReplicated} from '../../domain/bucket-problems.js';

type Located = {readonly reference: BucketReference; readonly connection: Connection};

/**
 * Reads a replication as it is in AWS, ours or not, for files that make the same: the source with its rules, their role, every destination
 * that a connection owns, the way back from there to the source, and the policies of keys. What may not be read is named. Changes nothing.
 * Throws the problem of a source that is absent, somebody else's or not replicated, of rules and roles that may not be read, and of a
 * connection that does not work.
 */
export async function readSetUp(
	bucket: string,
	source: Connection,
	forDestinations: readonly Connection[],
	{region, signal}: {readonly region?: string; readonly signal?: AbortSignal} = {},
): Promise<SetUp> {
	const located = await locateBucket(bucket, source, region, signal);
	if (located.state !== 'existing') throw new ProblemError(bucketNotFound('export', bucket, source.profile));
	const first = {reference: located.reference, connection: source};
	const replication = await source.buckets.getReplication(located.reference, signal);
	if (!replication || replication.Rules.length === 0)
		throw new ProblemError(
			notReplicated(
				`export ${bucket}: it has no replication rule`,
				'Rules are exported with all that they need; this bucket has none.',
			),
		);

	const reader = createReader(signal);
	const connections = [...new Set([...forDestinations, source])];
	const destinations = await destinationsOf(replication, connections, reader);
	const back = await Promise.all(destinations.map(async (one) => wayBack(one, bucket, reader)));
	const isBack = back.some((one) => one !== undefined);
	const buckets = await Promise.all([
		readBucket(first, {replication, isDestination: isBack}, reader),
		...destinations.map(async (one, index) =>
			readBucket(one, {replication: back[index], isDestination: true}, reader),
		),
	]);
	const sources = [
		{...first, replication},
		...destinations.flatMap((one, index) => {
			const found = back[index];
			return found ? [{...one, replication: found}] : [];
		}),
	];
	const roles = await Promise.all(
		sources
			.filter(
				({replication: {Role: arn}}, index) =>
					sources.findIndex((other) => other.replication.Role === arn) === index,
			)
			.map(async ({replication: {Role: arn}, reference, connection}) =>
				readRole(arn, reference, connection, reader),
			),
	);
	const keys = await keysOf(sources, buckets, connections, reader);
	return {
		buckets,
		roles: roles.flatMap((role) => role ?? []),
		keys,
		endpoints: Object.fromEntries(connections.map(({profile, endpoints}) => [profile, endpoints])),
		leftOut: reader.leftOut,
	};
}

/** The destinations of some rules, each once and through the first connection that owns it. */
async function destinationsOf(
	{Rules: rules}: ReplicationConfiguration,
	connections: readonly Connection[],
	{signal, leaveOut}: Reader,
): Promise<readonly Located[]> {
	const names = [...new Set(rules.map(destinationOf))];
	const found = await Promise.all(
		names.map(async (name): Promise<Located | undefined> => {
			for (const connection of connections) {
				const located = await locateBucket(name, connection, undefined, signal);
				if (located.state === 'existing') return {reference: located.reference, connection};
			}

			leaveOut(`Left out: the bucket ${name}, which none of the profiles owns (--destination-profile).`);
			return undefined;
		}),
	);
	return found.flatMap((one) => one ?? []);
}

/** The rules of a destination, where one of them goes to the source: then both ways are one set-up. */
async function wayBack(
	{reference, connection}: Located,
	source: string,
	{signal, allowed}: Reader,
): Promise<ReplicationConfiguration | undefined> {
	const found = await allowed(
		connection.buckets.getReplication(reference, signal),
		`the rules of ${reference.bucket} (s3:GetReplicationConfiguration)`,
	);
	const isBack = found?.Rules.some((rule) => destinationOf(rule) === source);
	return isBack ? found : undefined;
}

async function readBucket(
	{reference, connection}: Located,
	{
		replication,
		isDestination,
	}: {readonly replication?: ReplicationConfiguration; readonly isDestination: boolean},
	{signal, allowed}: Reader,
): Promise<ExportedBucket> {
	const {bucket, region, accountId} = reference;
	const {profile, buckets, settings} = connection;
	const [versioning, tags, lock, policy] = await Promise.all([
		allowed(buckets.getVersioning(reference, signal), `the versioning of ${bucket} (s3:GetBucketVersioning)`),
		allowed(settings.getTags(reference, signal), `the tags of ${bucket} (s3:GetBucketTagging)`),
		allowed(
			settings.getObjectLock(reference, signal),
			`Object Lock of ${bucket} (s3:GetBucketObjectLockConfiguration)`,
		),
		isDestination
			? allowed(buckets.getPolicy(reference, signal), `the policy of ${bucket} (s3:GetBucketPolicy)`)
			: undefined,
	]);
	return {
		...{bucket, region, accountId, profile},
		versioning: versioning ?? 'Unversioned',
		tags: tags ?? [],
		isLocked: lock?.isEnabled ?? false,
		...(policy ? {policy} : {}),
		...(replication ? {replication} : {}),
	};
}

/** The policies of the keys that rules name, and of those that sources encrypt with by default. A key of AWS's has none to change. */
async function keysOf(
	sources: ReadonlyArray<Located & {readonly replication: ReplicationConfiguration}>,
	buckets: readonly ExportedBucket[],
	connections: readonly Connection[],
	reader: Reader,
): Promise<readonly ExportedKey[]> {
	const keysIn = (rule: ReplicationRule): readonly string[] => {
		const {kmsKey} = optionsIn(rule);
		return kmsKey === undefined ? [] : [kmsKey];
	};
	const named = await Promise.all(
		sources.map(async ({replication: {Rules: rules}, reference, connection}) => {
			const keys = rules.flatMap(keysIn);
			if (keys.length === 0) return [];
			const encryption = await reader.allowed(
				connection.settings.getEncryption(reference, reader.signal),
				`the encryption of ${reference.bucket} (s3:GetEncryptionConfiguration)`,
			);
			const own = encryption?.keyId;
			return [...(own?.startsWith('arn:') ? [own] : []), ...keys];
		}),
	);
	const found = await Promise.all(
		[...new Set(named.flat())].map(async (arn) => {
			const accountId = accountOfArn(arn);
			const region = arn.split(':')[3] ?? '';
			const owner = buckets.find((one) => one.accountId === accountId);
			const connection = connections.find(({profile}) => profile === owner?.profile);
			if (!connection) {
				reader.leaveOut(`Left out: the policy of ${arn}, whose account none of the profiles is in.`);
				return [];
			}

			const reference = {key: arn, region};
			const what = `the policy of ${arn} (kms:DescribeKey, kms:GetKeyPolicy)`;
			const key = await reader.allowed(connection.keys.describe(reference, reader.signal), what);
			if (!key || key.manager === 'AWS') return [];
			const policy = await reader.allowed(connection.keys.getPolicy(reference, reader.signal), what);
			return policy ? [{arn: key.arn, accountId, region, profile: connection.profile, policy}] : [];
		}),
	);
	return found.flat();
}
