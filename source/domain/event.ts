import type {BatchEvent, ReportReading} from './batch/batch-event.js';
import type {Check, CheckHead} from './checks/check.js';
import type {Side} from './answers/mode.js';
import type {CallerIdentity} from './observed/observed.js';
import type {Certainty, Finding} from './diagnose/finding.js';
import type {ReasonCode} from './diagnose/reason-codes.js';
import type {Plan} from './plan/plan.js';
import type {Change} from './take-back/operation.js';
import type {OperationKind, PlannedOperation, UndoOperation} from './operations/registry.js';
import type {Problem, ProblemDocument} from './problem.js';
import type {ProfileEndpoints} from './endpoint/service-endpoints.js';
import type {
	CauseCounts,
	Command,
	DelayFigures,
	ObjectCounts,
	OperationCounts,
	Outcome,
} from './run-figures.js';
import type {FailureReason} from './failure-reason.js';
import type {ReplicationMetrics} from './replication-metrics.js';
import type {UndoPlan} from './undo/undo-plan.js';
import type {Direction} from './direction.js';
import type {KeptFiles} from './observed/kept-files.js';

export type {
	CauseCounts,
	Command,
	DelayFigures,
	ObjectCounts,
	OperationCounts,
	Outcome,
} from './run-figures.js';

/** What an object's `x-amz-replication-status` says; `null` where the object carries none. */
export type ReplicationStatus = 'PENDING' | 'COMPLETED' | 'FAILED' | 'REPLICA' | null;

type OperationReference = {readonly id: string; readonly kind: OperationKind; readonly target: string};

/** The next time that a failed file is sent by itself: the first of three is number 1. */
export type NextSend = {readonly number: number; readonly of: number; readonly delayMs: number};

/** `direction`: the file goes the other way in a two-way run, from a destination, which `from` names, to the source. */
type Directed = {readonly direction?: Direction; readonly from?: string};

type ObjectReference = Directed & {readonly key: string; readonly versionId: string};

/** What happens in a run and what the contract promises: each is a line of `--json`. Fields may be added, none renamed or removed. */
export type ContractEvent =
	| {
			readonly type: 'run-started';
			readonly runId: string;
			readonly command: Command;
			readonly sandbox: boolean;
			readonly endpointUrl: string | null;
			/** Where the calls of the profiles go: of those that are named, else of all that are known. */
			readonly endpoints?: readonly ProfileEndpoints[];
	  }
	| ({readonly type: 'check-finished'} & Check)
	| {
			readonly type: 'plan-made';
			readonly plan: Plan;
			/** Where the calls of its profiles go. */
			readonly endpoints?: readonly ProfileEndpoints[];
	  }
	/** The contract calls it `plan-made` as well. */
	| {
			readonly type: 'undo-planned';
			readonly plan: UndoPlan;
			readonly endpoints?: readonly ProfileEndpoints[];
	  }
	| ({readonly type: 'operation-started'} & OperationReference)
	| ({
			readonly type: 'operation-retried';
			readonly reason: string;
			/** The number of the try that comes next: 2 for the first retry. */
			readonly attempt: number;
			readonly delayMs: number;
	  } & OperationReference)
	/** Somebody changed the document meanwhile: what was there just before, and what is written in the place of what was planned. */
	| ({
			readonly type: 'operation-merged';
			/** `keep`: what was to be written is there already. */
			readonly change: Change;
			readonly before: unknown;
			readonly after: unknown;
	  } & OperationReference)
	| ({
			readonly type: 'operation-finished';
			readonly change: Change;
			readonly durationMs: number;
			/** What is to be known of its end, in sentences: what it has left, for one. */
			readonly notes?: readonly string[];
	  } & OperationReference)
	| ({readonly type: 'operation-failed'; readonly problem: Problem} & OperationReference)
	| ({
			readonly type: 'object-uploaded';
			readonly sizeBytes: number;
			readonly isOurs: boolean;
	  } & ObjectReference)
	| ({
			readonly type: 'object-resent';
			readonly replaces: string;
			readonly sizeBytes: number;
	  } & ObjectReference)
	| ({
			readonly type: 'object-replicated';
			readonly destination: string | null;
			readonly delayMs: number;
			readonly uncertaintyMs: number;
			/** Nobody looked for a while before it was seen (a pause, a clock that was set): its delay says nothing about S3. */
			readonly wasInterrupted?: boolean;
	  } & ObjectReference)
	| ({
			readonly type: 'object-failed';
			readonly key: string;
			/** `null`: it could not even be uploaded. */
			readonly versionId: string | null;
			readonly destination: string | null;
			readonly problem: Problem;
			/** The same file is sent again by itself. */
			readonly sendingAgain?: NextSend;
	  } & Directed)
	/** Somebody deleted an object at the source: its delete marker, and the buckets to which a rule replicates it. */
	| ({readonly type: 'delete-marker-found'; readonly destinations: readonly string[]} & ObjectReference)
	| ({
			readonly type: 'delete-marker-replicated';
			readonly destination: string;
			readonly delayMs: number;
			readonly uncertaintyMs: number;
	  } & ObjectReference)
	/** Why a rule, or one object, is not replicated or would not be. */
	| {
			readonly type: 'cause-found';
			readonly ruleId: string | null;
			readonly destination: string | null;
			/** `null`: it is about whatever the rule takes. */
			readonly key: string | null;
			readonly versionId: string | null;
			readonly reason: ReasonCode;
			readonly certainty: Certainty;
			readonly headline: string;
			readonly evidence: string;
			readonly mend: string;
			/** What to hand over to whoever can mend it. */
			readonly document: ProblemDocument | null;
			/** The cause before it has the same document: people need not read it twice. */
			readonly isDocumentTold?: boolean;
			/** What this program would write to mend it; `null` where that is not in its hands. */
			readonly fix: readonly PlannedOperation[] | null;
	  }
	/** S3's own word for why a version was not replicated to a destination; it comes at least once, before or after `object-failed`. */
	| ({readonly type: 'failure-reason-received'} & FailureReason)
	/** What CloudWatch says of a rule that has metrics; again when it has changed. */
	| ({readonly type: 'replication-metrics-read'} & ReplicationMetrics)
	/** Metrics have just gone on: S3 may need so much longer until it tells of failures. */
	| {readonly type: 'events-awaited'; readonly remainingMs: number}
	| {
			readonly type: 'run-listed';
			readonly runId: string;
			/** `null`, here and below: the record cannot be read. */
			readonly command: Command | null;
			readonly startedAt: number | null;
			readonly endpointUrl: string | null;
			/** `null`: an earlier version of this program did not write it down. */
			readonly endpoints: readonly ProfileEndpoints[] | null;
			readonly outcome: Outcome | 'unfinished' | 'unreadable';
			readonly leftToDo: number | null;
			readonly leftToUndo: number | null;
			/** Somebody closed it, with whatever was left. */
			readonly isForgotten?: boolean;
			/** Its job of S3 Batch Replication, as it was seen last. */
			readonly job?: {
				readonly jobId: string;
				/** `null`: nobody has seen it. */
				readonly status: string | null;
				/** The command that follows it; `null` once it is over. */
				readonly follow: string | null;
			};
			/** The buckets, source first. */
			readonly buckets: readonly string[];
			readonly problem: Problem | null;
	  }
	| {
			readonly type: 'sandbox-started';
			readonly endpointUrl: string;
			readonly configFile: string;
			readonly credentialsFile: string;
			readonly profiles: ReadonlyArray<{
				readonly name: string;
				readonly accountId: string;
				readonly region: string;
			}>;
	  }
	| {
			readonly type: 'run-finished';
			readonly outcome: Outcome;
			readonly operations: OperationCounts;
			readonly objects: ObjectCounts;
			readonly delayMs: DelayFigures | null;
			/** Delays that are not in the figures, since nobody looked for a while. */
			readonly delaysLeftOut?: number;
			/** Of a diagnosis. */
			readonly causes?: CauseCounts;
			readonly problem: Problem | null;
	  }
	| BatchEvent
	/** A report of what was watched is on the disk; one of the same name is written anew. */
	| {readonly type: 'report-written'; readonly files: readonly string[]}
	/** What is set up is on the disk as files of another tool. */
	| {
			readonly type: 'export-written';
			readonly format: string;
			readonly files: readonly string[];
			/** What is set up and not in them: a sentence each. */
			readonly leftOut: readonly string[];
			/** The command that goes on with them. */
			readonly nextStep: string;
	  };

/** Why something is not replicated, as `cause-found` tells it. */
export type Cause = Omit<Extract<ContractEvent, {readonly type: 'cause-found'}>, 'type'>;

/** What only screens and lines for people want to know: the contract does not have it. */
export type ViewEvent =
	/** Everything that will be checked, in the order it is shown in. */
	| {readonly type: 'checks-started'; readonly checks: readonly CheckHead[]}
	/** All of them, what needs somebody's eye on top. */
	| {readonly type: 'checks-finished'; readonly checks: readonly Check[]}
	/** The plan is not applied: somebody changed something since it was made. The new plan, or what stands in its way, follows. */
	| {readonly type: 'plan-outdated'; readonly changes: readonly string[]}
	| {
			readonly type: 'caller-identified';
			readonly side: Side;
			readonly profile: string;
			readonly caller: CallerIdentity;
	  }
	| {
			readonly type: 'watch-started';
			readonly sourceBucket: string;
			readonly sourceRegion: string;
			readonly sourceProfile: string;
			/** `region` is absent where only the source's status can be seen. */
			readonly destinations: ReadonlyArray<{
				readonly bucket: string;
				readonly region?: string;
				/** The one that sees it. */
				readonly profile?: string;
				/** There is no bucket of this name. */
				readonly isAbsent?: boolean;
				/** Nobody named the profile that sees it: it was found. */
				readonly foundProfile?: string;
			}>;
			/** The destinations from which files go to the source as well: it comes last among them then. */
			readonly homes?: readonly string[];
			/** Destinations of other rules, whose filters the test files do not meet. */
			readonly leftOut?: readonly string[];
			/** Profiles given for destinations that see none of them. */
			readonly blindProfiles?: readonly string[];
			/** Buckets whose default retention keeps the files that are sent; read where files are sent to buckets that nobody has checked. */
			readonly keptFiles?: readonly KeptFiles[];
			/** What else was found before it begins. */
			readonly remarks?: readonly string[];
	  }
	/** The write of an operation has been answered; what it wrote is still read back. */
	| ({readonly type: 'operation-written'} & OperationReference)
	/** A bucket with rules is diagnosed, seen through these profiles. */
	| {
			readonly type: 'replication-seen';
			readonly bucket: string;
			readonly profile: string;
			readonly destinationProfiles: readonly string[];
	  }
	/** A rule was looked at for causes, with the object where one was asked about: the causes follow. */
	| {
			readonly type: 'rule-diagnosed';
			readonly ruleId: string | null;
			readonly takes: string;
			readonly destination: string;
			/** Nobody named the profile that sees it: it was found. */
			readonly foundProfile?: string;
			readonly isEnabled: boolean;
			readonly isWrong: boolean;
			/** Why it does not take the object, where another rule does: no cause follows then. */
			readonly leftOut?: Pick<Finding, 'certainty' | 'evidence'>;
	  }
	/** The object that was asked about, as the source and each destination tell of it. */
	| {readonly type: 'object-described'; readonly lines: readonly string[]}
	/** The set-up has been looked at while files failed: everything that stands in their way now. */
	| {readonly type: 'causes-seen'; readonly sourceBucket: string; readonly causes: readonly Cause[]}
	/** S3's own reason of failures is another than the one that was read from the set-up. */
	| {
			readonly type: 'reasons-differ';
			readonly destination: string;
			readonly reason: string;
			readonly inferred: string;
	  }
	/** An undo reads what a job's report tells of its failures, before the report goes. */
	| ({readonly type: 'report-reading'} & ReportReading)
	/** What is done besides the plan; its steps are told as those of the plan are. */
	| {readonly type: 'operations-added'; readonly operations: readonly UndoOperation[]}
	| ({readonly type: 'upload-started'; readonly key: string; readonly sizeBytes: number} & Directed)
	| ({readonly type: 'status-seen'; readonly status: ReplicationStatus} & ObjectReference)
	/** Somebody deleted the version at the source while it was under way. */
	| ({readonly type: 'object-deleted-at-source'} & ObjectReference)
	/** Somebody else wrote it, and no rule takes it: S3 gives it no replication status. */
	| ({readonly type: 'object-unmatched'} & ObjectReference)
	/** The first file goes alone until the new role and policy have reached every corner of AWS. */
	| {readonly type: 'probe-waited'; readonly reason: string; readonly limitMs: number}
	/** Requests to a bucket fail; they are tried again after a delay. */
	| {
			readonly type: 'request-failed';
			readonly bucket: string;
			readonly problem: Problem;
			readonly delayMs: number;
			/** Whether this trouble is new; otherwise the last try again failed as well. */
			readonly isFirst: boolean;
	  }
	| {readonly type: 'requests-recovered'; readonly bucket: string}
	/** The source says COMPLETED, and a look at the destination after that did not find it. */
	| ({readonly type: 'object-unseen'; readonly destination: string} & ObjectReference)
	/** A destination cannot be looked at any more: from now on the source's status is all that is known of it. */
	| {readonly type: 'destination-lost'; readonly bucket: string; readonly problem: Problem}
	/** The status of an object may not be asked for, which is told once: what has arrived everywhere counts as replicated. */
	| {readonly type: 'status-lost'; readonly bucket: string; readonly problem: Problem}
	/** What CloudWatch says cannot be read. */
	| {readonly type: 'metrics-lost'; readonly problem: Problem}
	/** What is worth knowing of the rules of a bucket, and is no fault of them; complete sentences. */
	| {readonly type: 'rules-remarked'; readonly remarks: readonly string[]}
	/** Others' files are not followed: there is too much in the bucket to look through again and again, or it may not be listed. */
	| {readonly type: 'others-left-out'; readonly bucket: string}
	/** No test file may be written to a destination that leads back: the watch goes on without that way. */
	| {readonly type: 'way-back-refused'; readonly bucket: string; readonly problem: Problem}
	/** What belongs to other accounts there may not be read, and is left alone. */
	| {readonly type: 'others-unreadable'; readonly bucket: string}
	/** So many versions of others were there before and are left alone; what comes is looked for at this interval at the least. */
	| {
			readonly type: 'others-looked-through';
			readonly bucket: string;
			readonly versions: number;
			readonly everyMs: number;
	  }
	/** How many requests the watch has made since it said so last. */
	| {readonly type: 'requests-made'; readonly put: number; readonly list: number; readonly head: number}
	| {readonly type: 'watch-paused'}
	| {readonly type: 'watch-resumed'};

/** Everything that happens in a run. Every output is a view of it, and says nothing of what it has no words for. */
export type RunEvent = ContractEvent | ViewEvent;

/** Whether an event is about a single object: there may be very many of them. */
export function isOfObject({type}: RunEvent): boolean {
	return type.startsWith('object-') || type.startsWith('delete-marker-');
}

/** An event with the moment it happened, in milliseconds since 1970. */
export type Stamped<Event> = Event & {readonly at: number};
