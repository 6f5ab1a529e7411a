import type {ConsentName} from '../../domain/answers/consents.js';
import type {Answers, EnvironmentKind} from '../../domain/answers/answers.js';
import type {BucketSummary, CallerIdentity} from '../../domain/observed/observed.js';
import type {DiagnosedRule} from './diagnosed-rule.js';
import type {KeyChoices} from '../../domain/observed/key-choices.js';
import {openRecord} from '../../domain/open-record.js';
import type {ListedHandOver} from '../../domain/hand-over/open-hand-over.js';
import type {Receipt} from '../../domain/hand-over/receipt.js';
import type {RunRecord} from '../../domain/record/run-record.js';
import type {SetUp} from '../../domain/record/set-up.js';
import type {Profile} from '../../domain/profile.js';
import type {Problem} from '../../domain/problem.js';
import type {ReplicationRule} from '../../domain/rule/replication-configuration.js';
import {idle, type Loadable} from './loadable.js';
import type {ProfileEndpoints} from '../../domain/endpoint/service-endpoints.js';
import type {SignInQuestion} from './sign-in-questions.js';
import {notPlanned, type Planning, type UndoPlanning} from './planning.js';
import {newRun, type RunState} from './run-state.js';
import type {Errand, StepId} from './steps.js';

export type OpenedEnvironment = {
	readonly kind: EnvironmentKind;
	readonly endpointUrl: string | null;
	readonly endpoints?: readonly ProfileEndpoints[];
	readonly sandboxFiles?: {readonly configFile: string; readonly credentialsFile: string};
};

/**
 * Where a run is: asking or planning, writing, stopped by a failure, written, watching, and so on until it is over.
 * A plan made anew leads back to `asking`.
 */
export type Phase =
	| 'asking'
	| 'applying'
	| 'apply-failed'
	| 'applied'
	| 'watching'
	| 'watch-failed'
	| 'watched'
	| 'over';

/** Which run is taken back, and what that would do. */
export type Undoing = {
	/** What there is to choose from, the latest first. */
	readonly choices: readonly SetUp[];
	readonly planning: UndoPlanning;
	/** Where it was asked for. */
	readonly origin: 'environment' | 'apply' | 'watch';
	/** The run as it was then. */
	readonly before: RunState;
};

/** Objects that exist already are copied: how far that is. */
export type Copying = {
	/** `left`: the job runs on, or waits on, without anybody who follows it. */
	readonly stage:
		| 'offered'
		| 'planning'
		| 'planned'
		| 'failed'
		| 'making'
		| 'following'
		| 'confirming'
		| 'left'
		| 'ended'
		| 'verifying';
	readonly problem?: Problem;
	/** The run as it was then. */
	readonly before: Pick<SessionState, 'run' | 'phase' | 'planning'>;
};

/** A hand-over of before that is gone on with, from the plan on. */
export type HandedOver = {
	readonly receipt: Receipt;
	/** Where the receipt was read. */
	readonly file: string;
	readonly sourceProfile: string;
	/** The answers before it was opened. */
	readonly before: Answers;
};

/** Everything a screen shows. Replaced, never changed. */
export type SessionState = {
	readonly stepId: StepId;
	readonly errand: Errand;
	/** A rule of a replication that exists is mended: the step that it was asked for at, and the answers there. */
	readonly mending?: {readonly origin: StepId; readonly answers: Answers};
	/** Profiles that somebody named for destinations of a replication that exists. */
	readonly destinationProfiles: readonly string[];
	/** The rule of a replication that exists whose prefix and tags test files have. */
	readonly watchedRuleId?: string;
	/** What was found of the rules of a replication that exists. */
	readonly diagnosis: Loadable<readonly DiagnosedRule[]>;
	/** By bucket: its rules, none where it has no replication. */
	readonly rules: Readonly<Record<string, Loadable<readonly ReplicationRule[]>>>;
	readonly answers: Answers;
	readonly answeredByFlags: ReadonlySet<StepId>;
	/** What was agreed to on seeing it, not by a flag: it holds for the answers that it was shown with. */
	readonly consents?: readonly ConsentName[];
	/** Steps that were walked through. */
	readonly passed: ReadonlySet<StepId>;
	/** Steps whose answers may have to change because an earlier one did. */
	readonly review: ReadonlySet<StepId>;
	/** Came here by Back: a step of several pages begins at its last one then. */
	readonly hasComeBack: boolean;
	/** Where calls go when AWS is chosen, if not to AWS itself: by option or environment. */
	readonly awsEndpointUrl: string | undefined;
	/** The profiles of the shared files, for the first screen; whether they can be read at all. */
	readonly awsProfiles: Loadable<readonly Profile[]>;
	readonly environment: Loadable<OpenedEnvironment>;
	readonly profiles: Loadable<readonly Profile[]>;
	/** What a person is asked for now, whatever needs it. */
	readonly signInQuestion?: SignInQuestion;
	/** By profile. */
	readonly identities: Readonly<Record<string, Loadable<CallerIdentity>>>;
	/** By profile: the buckets of its account. */
	readonly buckets: Readonly<Record<string, Loadable<readonly BucketSummary[]>>>;
	/** By `keyPlaceOf`: the keys that replicas may be encrypted with. */
	readonly keys: Readonly<Record<string, Loadable<KeyChoices>>>;
	readonly planning: Planning;
	/** What somebody else changed since the plan that was to be applied was made; a sentence each. */
	readonly planChanges: readonly string[];
	readonly phase: Phase;
	/** The runs recorded on this machine at the endpoint that AWS stands for, newest first. */
	readonly recordedRuns: readonly RunRecord[];
	/** The hand-overs that were written on this machine and are open, newest first. */
	readonly handOvers: readonly ListedHandOver[];
	readonly handedOver?: HandedOver | undefined;
	/** A run is being taken back, in place of the step. */
	readonly undoing?: Undoing;
	/** Objects that exist already are copied, at the step for it. */
	readonly copying?: Copying;
	/** What kept objects that exist already from being copied, or both sides from being in step. */
	readonly copyProblem?: Problem;
	/** Once a run has been taken back: another one about its buckets that can be. */
	readonly alsoUndoable?: RunRecord;
	/** What kept everything from being begun; what stopped one operation is with it. */
	readonly applyProblem?: Problem;
	/** Why the last watch ended by itself; absent once another one is started. */
	readonly watchProblem?: Problem;
	readonly run: RunState;
	/** How many files the person wants in all, those of earlier watches included. */
	readonly filesWanted: number;
	/** What the keys of this run's test files begin with; absent before a watch. */
	readonly testFileFolder?: string;
	/** Whether others' files count in the summary: where nothing is uploaded. */
	readonly countsOthers: boolean;
	/** Whether this run has a record, so that it can be taken back later. */
	readonly isRecorded: boolean;
	/** The earlier run in whose record this one is written, where it goes on with one. */
	readonly recordedAs?: string;
	/** Whether somebody ended the last watch. */
	readonly isWatchStopped: boolean;
	/** How many times Ctrl-C was pressed. */
	readonly interrupts: number;
	readonly randomSuffix: string;
};

/** The state before anything has happened. */
export function newSessionState(
	answers: Answers,
	answeredByFlags: ReadonlySet<StepId>,
	randomSuffix: string,
	errand: Errand = 'set-up',
): SessionState {
	return {
		stepId: errand === 'watch' ? 'watch' : 'environment',
		errand,
		destinationProfiles: [],
		diagnosis: idle,
		rules: openRecord(),
		answers,
		answeredByFlags,
		passed: new Set(),
		review: new Set(),
		hasComeBack: false,
		awsEndpointUrl: undefined,
		awsProfiles: idle,
		environment: idle,
		profiles: idle,
		identities: openRecord(),
		buckets: openRecord(),
		keys: openRecord(),
		planning: notPlanned,
		planChanges: [],
		phase: 'asking',
		recordedRuns: [],
		handOvers: [],
		run: newRun,
		filesWanted: 0,
		countsOthers: false,
		isRecorded: false,
		isWatchStopped: false,
		interrupts: 0,
		randomSuffix,
	};
}
