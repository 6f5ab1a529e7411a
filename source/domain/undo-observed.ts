import type {PolicyDocument} from '../policy/document.js';
import type {VersioningStatus} from './observed.js';
import type {ReplicationConfiguration} from './replication-configuration.js';

/** What is there of a bucket of a recorded run. */
export type UndoBucket =
	/** Deleted, or somebody else's by now. */
	| {readonly state: 'gone'}
	| {
			readonly state: 'owned';
			/** Whether there is a version or delete marker besides the run's test files. */
			readonly hasOthers: boolean;
			/** Whether there is one of the run's test files. */
			readonly hasFiles: boolean;
			readonly versioning: VersioningStatus;
			readonly replication?: ReplicationConfiguration;
			readonly policy?: PolicyDocument;
	  };

export type UndoRole = {
	readonly arn: string;
	readonly trust: PolicyDocument;
	readonly description: string;
	/** The inline policies by name; only those of the record with their document. */
	readonly inline: Readonly<Record<string, PolicyDocument | null>>;
	/** How many managed policies are attached. */
	readonly attachedCount: number;
};

/** Everything an undo is planned from, read in one parallel step. */
export type UndoObserved = {
	readonly buckets: Readonly<Record<string, UndoBucket>>;
	readonly roles: Readonly<Record<string, UndoRole | undefined>>;
};
