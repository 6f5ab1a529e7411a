import type {BucketReference, Connection} from '../../aws/ports.js';
import type {Clock} from '../clock.js';

/** A destination whose replicas can be looked at. */
export type WatchedDestination = {readonly reference: BucketReference; readonly connection: Connection};

/** A person's wishes while a watch goes on. */
export type WatchControl = {
	/** Asked again after every round: how many files shall be uploaded in all. */
	readonly filesWanted: () => number;
	/** Whether the watch goes on when every file has come to its end. */
	readonly staysOpen: () => boolean;
	/** Resolves as soon as a wish has changed. */
	readonly changed: (signal: AbortSignal) => Promise<void>;
};

export type WatchOptions = {
	readonly runId: string;
	readonly source: WatchedDestination;
	/** The destination buckets of the rules; one without a connection is seen through the source's status alone. */
	readonly destinations: ReadonlyArray<{readonly bucket: string; readonly watched?: WatchedDestination}>;
	readonly fileSizeBytes: number;
	readonly control: WatchControl;
	/** Whether role or policy are new: then the first file goes alone. */
	readonly isSetupNew: boolean;
	/** When this run last wrote a role, policy or versioning; a file that fails soon after is sent again. */
	readonly changedAt?: number;
	/** Whether files that others write appear in the list as well. */
	readonly followsOthers: boolean;
	/** Only those below this prefix; all by default. */
	readonly followPrefix?: string;
	/** How long to wait for the files, from when nothing more is going to be uploaded. */
	readonly timeoutMs?: number;
	readonly clock: Clock;
	/** Ends the watch at once. */
	readonly signal: AbortSignal;
};
