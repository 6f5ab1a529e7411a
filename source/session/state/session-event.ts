import type {Answers} from '../../domain/answers/answers.js';
import type {BucketSummary, CallerIdentity} from '../../domain/observed/observed.js';
import type {KeyChoices} from '../../domain/observed/key-choices.js';
import type {RunEvent, Stamped} from '../../domain/event.js';
import type {DiagnosedRule} from './diagnosed-rule.js';
import type {RunRecord} from '../../domain/record/run-record.js';
import type {SetUp} from '../../domain/record/set-up.js';
import type {Profile} from '../../domain/profile.js';
import type {Problem} from '../../domain/problem.js';
import type {ReplicationRule} from '../../domain/rule/replication-configuration.js';
import type {Loadable} from './loadable.js';
import type {SignInQuestion} from './sign-in-questions.js';
import type {UndoPlanning} from './planning.js';
import type {ListedHandOver} from '../../domain/hand-over/open-hand-over.js';
import type {Copying, HandedOver, OpenedEnvironment} from './session-state.js';
import type {Errand, StepId} from './steps.js';

/** What a person does on the screens that ask. */
type WizardEvent =
	| {readonly type: 'step-entered'; readonly stepId: StepId}
	| {readonly type: 'step-answered'; readonly stepId: StepId; readonly change: Partial<Answers>}
	| {readonly type: 'step-passed'}
	| {readonly type: 'step-left-backwards'}
	/** The answers of a run that stopped were taken over. */
	| {readonly type: 'run-resumed'}
	/** A hand-over of before is gone on with: what its receipt says leads to the plan. */
	| {
			readonly type: 'hand-over-opened';
			readonly handedOver: Omit<HandedOver, 'before'>;
	  }
	/** What is to be done was chosen. */
	| {readonly type: 'errand-chosen'; readonly errand: Errand}
	/** A rule is going to be mended: its answers lead to the plan. */
	| {readonly type: 'mend-opened'; readonly answers: Answers}
	/** Somebody named the profile of a destination's account. */
	| {readonly type: 'destination-profile-named'; readonly profile: string}
	/** Somebody chose the rule whose prefix and tags test files have; nothing: whatever most rules take. */
	| {readonly type: 'watched-rule-chosen'; readonly ruleId: string | undefined};

/** What the screens that ask have to know, as it is looked for and found. */
type EnvironmentEvent =
	| {readonly type: 'shared-files-opened'}
	| {
			readonly type: 'shared-files-read';
			readonly profiles: Loadable<readonly Profile[]>;
			readonly recordedRuns: readonly RunRecord[];
			readonly handOvers: readonly ListedHandOver[];
	  }
	/** Another environment takes the place of the one before. */
	| {readonly type: 'environment-replaced'}
	| {readonly type: 'environment-loaded'; readonly environment: Loadable<OpenedEnvironment>}
	/** The shared files were read again. */
	| {readonly type: 'profiles-replaced'}
	| {readonly type: 'profiles-loaded'; readonly profiles: Loadable<readonly Profile[]>}
	/** What was asked with the profiles is asked anew. */
	| {readonly type: 'accounts-forgotten'}
	| {
			readonly type: 'identity-loaded';
			readonly profile: string;
			readonly identity: Loadable<CallerIdentity>;
	  }
	| {
			readonly type: 'buckets-loaded';
			readonly profile: string;
			readonly buckets: Loadable<readonly BucketSummary[]>;
	  }
	| {
			readonly type: 'rules-loaded';
			readonly bucket: string;
			readonly rules: Loadable<readonly ReplicationRule[]>;
	  }
	| {readonly type: 'diagnosis-loaded'; readonly diagnosis: Loadable<readonly DiagnosedRule[]>}
	| {readonly type: 'keys-loaded'; readonly place: string; readonly keys: Loadable<KeyChoices>}
	/** Absent: nothing is asked. */
	| {readonly type: 'sign-in-question-changed'; readonly question: SignInQuestion | undefined};

/** How far planning, applying and taking back have come, as far as no event of the run says it. */
type PlanEvent =
	| {readonly type: 'planning-started'}
	| {readonly type: 'planning-failed'; readonly problems: readonly Problem[]}
	/** `runId`: of an earlier run that this one goes on with, and whose record it writes. */
	| {readonly type: 'record-begun'; readonly runId?: string}
	| {readonly type: 'apply-started'}
	/** Nothing was written: somebody has to look at the plan again. */
	| {readonly type: 'apply-withheld'}
	/** What kept everything from being begun; what stopped one operation is with it. */
	| {readonly type: 'apply-prevented'; readonly problem: Problem}
	| {readonly type: 'apply-ended'}
	/** It goes on without what could not be done: that is no failure of the run. */
	| {readonly type: 'apply-forgone'}
	| {readonly type: 'undo-opened'}
	| {readonly type: 'undo-choices-found'; readonly choices: readonly SetUp[]}
	| {readonly type: 'undo-planning-changed'; readonly planning: UndoPlanning}
	| {
			readonly type: 'undo-ended';
			/** Another run about the same buckets that can be taken back. */
			readonly alsoUndoable: RunRecord | undefined;
			/** Absent: what the first screen knows is still so. */
			readonly recordedRuns?: readonly RunRecord[];
	  }
	| {readonly type: 'undo-closed'}
	/** Ctrl-C. */
	| {readonly type: 'interrupted'};

/** How far objects that exist already are copied. */
type CopyEvent =
	| {readonly type: 'copy-opened'; readonly stage: Copying['stage']}
	| {readonly type: 'copy-moved'; readonly stage: Copying['stage']; readonly problem?: Problem}
	| {readonly type: 'copy-closed'};

/** What is asked of a watch, and how it ends. */
type WatchEvent =
	| {
			readonly type: 'watch-requested';
			readonly filesWanted: number;
			readonly countsOthers: boolean;
			readonly testFileFolder: string;
	  }
	| {readonly type: 'files-added'; readonly count: number}
	/** It could not even begin. */
	| {readonly type: 'watch-prevented'; readonly problem: Problem}
	/** Somebody ends it. */
	| {readonly type: 'watch-stopped'}
	| {readonly type: 'watch-ended'; readonly problem?: Problem};

/** What happens in a session beside its run: nobody but its state hears of it. */
export type SessionEvent = WizardEvent | EnvironmentEvent | PlanEvent | CopyEvent | WatchEvent;

/** Everything that changes the state of a session. */
export type StateEvent = SessionEvent | Stamped<RunEvent>;
