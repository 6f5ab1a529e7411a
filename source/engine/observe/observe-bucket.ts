import type {BucketReference, Connection} from '../../aws/ports.js';
import type {Side} from '../../domain/answers/mode.js';
import type {ObjectLock} from '../../domain/observed/bucket-settings.js';
import type {ObservedBucket} from '../../domain/observed/observed.js';
import type {ReplicationConfiguration} from '../../domain/rule/replication-configuration.js';
import type {ReplicationRequest} from '../../domain/answers/request.js';
import type {PolicyDocument} from '../../policy/document.js';
import type {Connections} from '../connections.js';
import {opened, settled, type Settled} from '../settled.js';

type Details = {
	readonly replication?: ReplicationConfiguration;
	readonly policy?: PolicyDocument;
	/** Of the source; kept as it came, because a plan can be made without it. */
	readonly lock?: Settled<ObjectLock>;
};

export type BucketReading = {readonly bucket: ObservedBucket; readonly details: Details};

/** Reads a bucket of one end, in whatever region it is, with what is in the way of a plan. Throws what cannot be read. */
export async function observeBucket(
	side: Side,
	request: ReplicationRequest,
	connections: Connections,
	accountId: string,
	signal?: AbortSignal,
): Promise<BucketReading> {
	const connection = connections[side];
	const {bucket, region = connection.homeRegion} = request[side];
	const wantsPolicy = side === 'destination' && request.mode === 'cross-account';
	return readBucket(
		{bucket, region, accountId},
		connection,
		{wantsPolicy, isSource: side === 'source'},
		signal,
	);
}

async function readBucket(
	reference: BucketReference,
	connection: Connection,
	wanted: {readonly wantsPolicy: boolean; readonly isSource: boolean},
	signal?: AbortSignal,
): Promise<BucketReading> {
	const {buckets, settings} = connection;
	const versioning = settled(buckets.getVersioning(reference, signal));
	const replication = settled(
		wanted.isSource ? buckets.getReplication(reference, signal) : Promise.resolve(undefined),
	);
	const policy = settled(
		wanted.wantsPolicy ? buckets.getPolicy(reference, signal) : Promise.resolve(undefined),
	);
	const lock = wanted.isSource ? settled(settings.getObjectLock(reference, signal)) : undefined;
	const owned = async (): Promise<BucketReading> => ({
		bucket: {
			state: 'owned',
			region: reference.region,
			versioning: (await opened(versioning)) ?? 'Unversioned',
		},
		details: {replication: await opened(replication), policy: await opened(policy), lock: await lock},
	});
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

			return owned();
		}

		case 'existing': {
			return owned();
		}
	}
}
