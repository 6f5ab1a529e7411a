import type {ReplicationConfiguration} from '../rule/replication-configuration.js';
import type {AnyOperation} from './operation.js';
import type {UndoObserved} from './undo-observed.js';
import type {WrittenStep} from './written-step.js';

/** Where nothing is to be done: why. `gone`: it is as it was already; `stays`: somebody else needs it. */
export type UndoReason = {
	readonly kind: 'gone' | 'stays';
	readonly text: string;
	/** Whether it goes as soon as others do not need it. */
	readonly isNeeded?: true;
};

/** An operation that takes something back, and of which steps of the record. */
export type TakeBackStep<Undo extends AnyOperation> = {
	readonly operation: Undo;
	/** Whose credentials make the call: the profile of the run, if no other is given. */
	readonly profile: string;
	/** The numbers of the record's steps that are taken back with it. */
	readonly steps: readonly number[];
	readonly reason?: UndoReason;
};

/** The rules of a bucket as an undo leaves them. */
export type RestoredReplication = {
	readonly target: string;
	readonly after: ReplicationConfiguration | undefined;
	/** Rules of others, made after the run. They may need what the run made. */
	readonly rulesAddedSince: ReadonlyArray<{
		readonly role: string;
		readonly destinationBucket: string;
		/** The key for its replicas. */
		readonly keyArn?: string;
	}>;
};

/** What takes one group back. */
export type TakenBack<Undo extends AnyOperation> = {
	readonly step: TakeBackStep<Undo>;
	/** What cannot be taken back, or else is to be known, a sentence each. */
	readonly notes?: readonly string[];
	/** Of a kind that writes rules: what it leaves of them. */
	readonly replication?: RestoredReplication;
};

/** What a kind is told to take a group back: what is there, and what is taken back before it. */
export type TakeBackContext = {
	readonly observed: UndoObserved;
	/** Where its calls went, for commands that are printed; `null`: AWS, or more than one place. */
	readonly endpointUrl: string | null;
	/** The buckets that the run was about. */
	readonly endBuckets: readonly string[];
	/** The writes of all runs of this machine at this endpoint, this run's among them. */
	readonly writes: ReadonlyArray<WrittenStep<AnyOperation>>;
	/** The operations of the undo that stand before it. */
	readonly earlier: readonly AnyOperation[];
	/** The rules of the buckets whose rules have been taken back before. */
	readonly replications: ReadonlyArray<RestoredReplication & {readonly operationId: string}>;
};

/** The ids of what takes rules back: nothing that rules need goes before them. */
export function rulesBefore({replications}: TakeBackContext): readonly string[] {
	return replications.map(({operationId}) => operationId);
}

/** Rules of others that were added since the run, and stay. */
export function addedSince({replications}: TakeBackContext): RestoredReplication['rulesAddedSince'] {
	return replications.flatMap(({rulesAddedSince}) => rulesAddedSince);
}

/** The rules of every bucket that was looked at, as the undo leaves them. */
export function replicationsLeft({
	replications,
	observed: {buckets},
}: TakeBackContext): ReadonlyArray<Pick<RestoredReplication, 'target' | 'after'>> {
	const restored = new Set(replications.map(({target}) => target));
	const others = Object.entries(buckets).flatMap(([target, bucket]) =>
		bucket.state === 'owned' && !restored.has(target) ? [{target, after: bucket.replication}] : [],
	);
	return [...replications, ...others];
}

/** Nothing is to be done: it is as it was already. */
export const gone = (text: string): UndoReason => ({kind: 'gone', text});

/** Nothing may be done: somebody else needs it. */
export const stays = (text: string): UndoReason => ({kind: 'stays', text});

/** The same for as long as others need it: it is offered again when they are gone. */
export const needed = (text: string): UndoReason => ({...stays(text), isNeeded: true});
