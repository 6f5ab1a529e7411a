import type {BucketReference, Connection} from '../../aws/ports.js';
import type {DiagnosedObject, ReplicaState} from '../../domain/diagnose/diagnosed-object.js';
import type {ObservedReplication, SeenDestination} from '../../domain/observed/observed-replication.js';

/** What a destination has of a version; `text` for people. `state` is absent where it was not seen. */
export type ReplicaSight = {readonly text: string; readonly state?: ReplicaState};

/**
 * Looks for a version at every destination, through whoever sees it; reads only.
 *
 * @param isLatest whether it is the latest at the source: then a newer one at a destination hides it there
 */
export async function seeReplicas(
	{destinations}: ObservedReplication,
	connectionOf: (profile: string) => Promise<Connection>,
	object: DiagnosedObject,
	isLatest: boolean,
	signal?: AbortSignal,
): Promise<Readonly<Record<string, ReplicaSight>>> {
	const sights = await Promise.all(
		Object.entries(destinations).map(async ([bucket, destination]) => {
			const sight = await seeReplica(bucket, destination, connectionOf, object, isLatest, signal).catch(
				(): ReplicaSight => ({text: 'may not be looked at'}),
			);
			signal?.throwIfAborted();
			return [bucket, sight] as const;
		}),
	);
	return Object.fromEntries(sights);
}

async function seeReplica(
	bucket: string,
	destination: SeenDestination,
	connectionOf: (profile: string) => Promise<Connection>,
	{key, versionId, isDeleteMarker = false, status}: DiagnosedObject,
	isLatest: boolean,
	signal?: AbortSignal,
): Promise<ReplicaSight> {
	if (destination.state !== 'existing') return {text: 'not seen'};
	const {region, accountId, profile} = destination.seen;
	const {objects} = await connectionOf(profile);
	const reference: BucketReference = {bucket, region, accountId};
	const there = await objects.describeVersion(reference, {key, versionId}, signal);
	if (there.state === 'marker') return {text: 'a delete marker', state: 'existing'};
	const latest = async () =>
		objects.describeVersion(reference, {key}, signal).catch(() => ({state: 'refused'}) as const);
	if (isDeleteMarker) {
		// S3 does not document which version id the copy of a marker has: what counts is whether an object is the latest.
		const {state} = await latest();
		if (state === 'refused') return {text: 'may not be looked at'};
		return state === 'existing'
			? {text: 'its latest version is an object', state: 'absent'}
			: {text: 'no object', state: 'existing'};
	}

	if (there.state === 'absent') return {text: 'not there', state: 'absent'};
	const text = there.status ?? 'there, without a status';
	const top = isLatest && status === 'COMPLETED' ? await latest() : undefined;
	const isHidden =
		top?.state === 'absent' || (top?.state === 'existing' && top.versionId !== there.versionId);
	return isHidden
		? {
				text: `${text}, below ${top.state === 'absent' ? 'a delete marker' : 'a newer version'}`,
				state: 'hidden',
			}
		: {text, state: 'existing'};
}
