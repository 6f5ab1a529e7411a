import type {Tag} from '../answers/rule-values.js';
import type {Seen} from '../observed/observed-replication.js';

/** How a version is encrypted, as HEAD tells it. */
export type ObjectEncryption =
	| {readonly kind: 's3'}
	| {readonly kind: 'kms'; readonly keyArn?: string; readonly usesBucketKey: boolean}
	/** With a key that the client brings with each request. */
	| {readonly kind: 'customer'};

/**
 * What a destination has of a version. `hidden`: it is there, and a newer version or a delete marker of the destination's own lies over it.
 * Of a delete marker: whether the latest there is one.
 */
export type ReplicaState = 'existing' | 'absent' | 'hidden';

/** A version of an object at the source that is asked about, as far as it is known. */
export type DiagnosedObject = {
	readonly key: string;
	readonly versionId: string;
	readonly isDeleteMarker?: boolean;
	/** The version is not at the source: somebody deleted it. */
	readonly isGone?: boolean;
	/** Who asked may not look at it. */
	readonly isRefused?: boolean;
	/** Its `x-amz-replication-status`; `null`: it has none. Absent: nobody asked. */
	readonly status?: 'PENDING' | 'COMPLETED' | 'FAILED' | 'REPLICA' | null;
	/** How many parts it was uploaded in; one where it was not. */
	readonly partCount?: number;
	readonly tags?: Seen<readonly Tag[]>;
	/** How long ago it was written. */
	readonly ageMs?: number;
	/** `GLACIER`, `DEEP_ARCHIVE` and the like; absent: STANDARD. */
	readonly storageClass?: string;
	/** What Intelligent-Tiering put into an archive tier. */
	readonly archiveStatus?: string;
	readonly encryption?: ObjectEncryption;
	readonly hasRetention?: boolean;
	readonly hasLegalHold?: boolean;
	/** What each destination has of it, by bucket, where that was seen. */
	readonly replicas?: Readonly<Record<string, ReplicaState>>;
};

/** The same with what was seen at its destinations, where something was. */
export function withReplicas(
	object: DiagnosedObject,
	sights: Readonly<Record<string, {readonly state?: ReplicaState}>>,
): DiagnosedObject {
	const seen = Object.entries(sights).flatMap(([bucket, {state}]) =>
		state === undefined ? [] : [[bucket, state] as const],
	);
	return {...object, replicas: Object.fromEntries(seen)};
}
