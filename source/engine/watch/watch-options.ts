import type {BucketReference, Connection} from '../../aws/ports.js';
import type {Cause} from '../../domain/event.js';
import type {Clock} from '../clock.js';
import type {KeptFiles} from '../../domain/observed/kept-files.js';
import type {ReplicationRule} from '../../domain/rule/replication-configuration.js';
import type {Notifier} from './notifier.js';
import type {MarkerSide} from './marker-sides.js';
import type {NewObject} from './tracked-object.js';

/** A destination whose replicas can be looked at. */
export type WatchedDestination = {readonly reference: BucketReference; readonly connection: Connection};

/** A destination of the rules: absent, seen through a connection, or through the source's status alone. */
export type FollowedDestination = {
	readonly bucket: string;
	readonly watched?: WatchedDestination;
	/** There was no bucket of this name when the watch began. */
	readonly isAbsent?: boolean;
	/** Nobody named the profile that sees it: it was found. */
	readonly foundProfile?: string;
};

/** A file that is to be sent again; without a version it could not be uploaded before. */
export type ResendRequest = {readonly key: string; readonly versionId?: string; readonly sizeBytes: number};

/** A file of a person that is uploaded and followed beside the test files. */
export type OwnFile = Pick<ResendRequest, 'key' | 'sizeBytes'>;

/** What a person changes while a watch goes on. */
export type WatchControl = {
	/** How many files shall have been uploaded by now. */
	readonly filesWanted: () => number;
	/** Whether the watch goes on when every file has come to its end. */
	readonly staysOpen: () => boolean;
	readonly isPaused: () => boolean;
	/** The files to send again that were asked for since the last call. */
	readonly takeResends: () => readonly ResendRequest[];
	/** A person's own files to upload that were named since the last call. */
	readonly takeFiles: () => readonly OwnFile[];
	/** What a person's own file holds; nothing for a test file. Throws the problem that keeps it from being read. */
	readonly contentOf: (key: string) => (() => Promise<Uint8Array>) | undefined;
	/** How long until time alone changes one of these; nothing where it does not. */
	readonly nextChangeMs: () => number | undefined;
	/** Notifies when something of it has changed. */
	readonly notifier: Notifier;
};

/** An object that an earlier watch of this run followed and that has not come to its end. */
export type OpenObject = NewObject & {
	/** The destination buckets where it has been seen. */
	readonly arrivedAt: readonly string[];
};

/** How the test files are named, and the tags they need for the rules to take them. */
export type TestFiles = {
	/** What their keys begin with; nothing but files of this run does. */
	readonly folder: string;
	readonly tags: Readonly<Record<string, string>>;
	/** 0 there, n the nth way back: their names tell them apart. */
	readonly way: number;
	/** How many earlier watches of this run have sent: the numbers go on. */
	readonly sentBefore: number;
	readonly sizeBytes: number;
};

/** Notes which versions are uploaded, so that these and no others can be deleted. */
export type UploadNotes = {
	/** A request begins that may write a version. */
	readonly beginning: () => void;
	/** It wrote this one. `isOnlyOne`: and no other, because it was made once. */
	readonly uploaded: (key: string, versionId: string, isOnlyOne: boolean) => void;
};

/** Which files of others are followed. */
export type OthersWanted = {
	/** Only those below this prefix. */
	readonly prefix: string;
	/** The rules of the bucket: they say what becomes of delete markers. */
	readonly rules?: readonly ReplicationRule[];
	/** Whether replicas come into the bucket, too: nobody writes those, and they are left alone. */
	readonly hasReplicas?: boolean;
	/** Where copies of delete markers come in, too: tells those that people write. */
	readonly markers?: MarkerSide;
	/** Whether the bucket may hold too many versions to be listed again and again; then others' files are left out. */
	readonly isLimited: boolean;
};

/** A file that does not arrive: what causes are looked for with. */
export type Sample = {
	readonly key: string;
	readonly versionId: string;
	/** Where it failed; `null`: not known, or everywhere. */
	readonly destination: string | null;
	/** What the source says of it. */
	readonly status: 'FAILED' | 'PENDING' | null;
};

export type WatchOptions = {
	readonly source: WatchedDestination;
	/** The destination buckets of the rules; one without a connection is seen through the source's status alone. */
	readonly destinations: readonly FollowedDestination[];
	/** Destinations of other rules, whose filters the test files do not meet; to be told. */
	readonly leftOut?: readonly string[];
	/** Profiles given for destinations that see none of them; to be told. */
	readonly blindProfiles?: readonly string[];
	/** Buckets whose default retention keeps the files; to be told. */
	readonly keptFiles?: readonly KeptFiles[];
	/** What else was found before it begins; to be told. */
	readonly remarks?: readonly string[];
	readonly testFiles: TestFiles;
	/** Done once, before anything is sent; what it throws ends the watch. */
	readonly beforeFirstUpload: () => Promise<void>;
	readonly uploadNotes?: UploadNotes;
	readonly openObjects: readonly OpenObject[];
	readonly control: WatchControl;
	/** Whether the watch goes on without uploads where the first is not allowed: nobody asked for files from here. */
	readonly mayBeRefused?: boolean;
	/** Whether role or policy are new: then the first file goes alone. */
	readonly isSetupNew: boolean;
	/** When this run last wrote a role, policy or versioning; a file that fails soon after is sent again. */
	readonly changedAt?: number;
	/** Whether files that others write are followed as well, and which. */
	readonly others?: OthersWanted;
	/** Whether the watch goes on, too, while nothing is on its way and some files have failed: somebody may want to send them again. */
	readonly staysForFailed?: boolean;
	/** How long to wait for the files, from when nothing more is going to be uploaded. */
	readonly timeoutMs?: number;
	/** Reads the set-up and says what stands in the way of files; absent: nobody asks. Throws what keeps it from being read. */
	readonly lookForCauses?: (samples: readonly Sample[], signal: AbortSignal) => Promise<readonly Cause[]>;
	readonly clock: Clock;
	/** Ends the watch at once. */
	readonly signal: AbortSignal;
};
