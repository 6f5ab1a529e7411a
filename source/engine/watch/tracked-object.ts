import type {ReplicationStatus} from '../../domain/event.js';

/**
 * One version of an object on its way. There may be ten thousand, so that every moment but the first is told as whole milliseconds after
 * the upload: small ones take no memory of their own.
 */
export type TrackedObject = {
	readonly key: string;
	readonly versionId: string;
	readonly sizeBytes: number;
	readonly isOurs: boolean;
	/** When its upload was finished, of others' the earliest that it can have been; milliseconds since 1970. */
	readonly uploadedAt: number;
	/** How much later that may have been. */
	readonly uploadWithinMs: number;
	/** How often the same file has been sent before. */
	readonly resends: number;
	/** What the source said last, and when it said so first; `undefined` before it was asked. */
	status: ReplicationStatus | undefined;
	statusAfterMs: number;
	/** When it was asked in vain before that. */
	statusNotBeforeMs: number;
	/** When the source was last asked, how often, and when it is asked next. */
	askedAfterMs: number;
	asks: number;
	nextAskAfterMs: number;
	/** When it was seen at the last of its destinations. */
	arrivedAfterMs: number;
	/** By destination: whether it has arrived. Replaced, never changed: most have the same. */
	hasArrived: readonly boolean[];
	/** By destination: when it was last looked for in vain. */
	readonly lookedAfterMs: number[];
	/** Nobody looked for a while since it was sent. */
	wasInterrupted: boolean;
	isUnseenTold: boolean;
	/** Who watches may not ask for its status. */
	isClosed: boolean;
	isOver: boolean;
};

export type NewObject = Pick<
	TrackedObject,
	'key' | 'versionId' | 'sizeBytes' | 'isOurs' | 'uploadedAt' | 'resends'
> &
	Partial<Pick<TrackedObject, 'uploadWithinMs' | 'wasInterrupted'>>;

/** @param hasArrived by destination */
export function newTrackedObject(given: NewObject, hasArrived: readonly boolean[]): TrackedObject {
	const {key, versionId, sizeBytes, isOurs, uploadedAt, resends} = given;
	const {uploadWithinMs = 0, wasInterrupted = false} = given;
	return {
		key,
		versionId,
		sizeBytes,
		isOurs,
		uploadedAt,
		uploadWithinMs,
		resends,
		status: undefined,
		statusAfterMs: 0,
		statusNotBeforeMs: 0,
		askedAfterMs: 0,
		asks: 0,
		nextAskAfterMs: 0,
		arrivedAfterMs: 0,
		hasArrived,
		lookedAfterMs: hasArrived.map(() => 0),
		wasInterrupted,
		isUnseenTold: false,
		isClosed: false,
		isOver: false,
	};
}
