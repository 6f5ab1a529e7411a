import type {PolicyDocument} from '../../policy/document.js';
import type {
	BucketEncryption,
	ObjectLock,
	ObjectOwnership,
	PublicAccessBlock,
	RequestPayer,
} from '../observed/bucket-settings.js';
import type {CredentialSession} from '../profile.js';
import type {PlanResult} from '../plan/make-plan.js';
import type {Side} from '../answers/mode.js';
import type {CallerIdentity, Observed, ObservedBucket, ObservedRole} from '../observed/observed.js';
import type {SignInAdvice} from '../sign-in-advice.js';
import type {Problem} from '../problem.js';
import type {ReplicationConfiguration} from '../rule/replication-configuration.js';
import type {ReplicationRequest} from '../answers/request.js';
import type {SimulatedPermission} from './simulated-permission.js';

/** An answer, or why there is none. */
export type Reading<T> =
	| {readonly isRead: true; readonly value: T}
	| {readonly isRead: false; readonly problem: Problem};

/** What IAM says of a caller, and of whom it was asked. */
export type CallerPermissions = {
	/** The user or role that was simulated. */
	readonly principalArn: string;
	readonly permissions: readonly SimulatedPermission[];
};

type OfSide = {
	readonly Caller: CallerIdentity;
	/** How somebody signs in for the profile. */
	readonly SignIn: SignInAdvice;
	/** What is odd about the settings behind the profile. */
	readonly Remarks: readonly Problem[];
	readonly Session: CredentialSession;
	/** How many milliseconds this machine's clock is ahead; `undefined`: no answer told the time. */
	readonly Clock: number | undefined;
	readonly Bucket: ObservedBucket;
	/** The settings of a bucket that is there; `undefined` in one that is not. */
	readonly Policy: PolicyDocument | undefined;
	readonly Lock: ObjectLock | undefined;
	readonly Encryption: BucketEncryption | undefined;
	readonly Payer: RequestPayer | undefined;
	readonly Ownership: ObjectOwnership | undefined;
	readonly PublicAccess: PublicAccessBlock | undefined;
	readonly IsPublic: boolean | undefined;
	/** That of the bucket's account; `undefined` where nobody's statement is public, and it says nothing. */
	readonly AccountPublicAccess: PublicAccessBlock | undefined;
	readonly Permissions: CallerPermissions;
};

/** Everything that checks look at, each by a name; every answer comes by itself. */
export type Readings = {
	readonly [Name in keyof OfSide as `${Side}${Name}`]: Reading<OfSide[Name]>;
} & {
	readonly replication: Reading<ReplicationConfiguration | undefined>;
	/** The role of the name asked for. */
	readonly role: Reading<ObservedRole | undefined>;
	/** Everything a plan is made from, and the plan made from it. */
	readonly observed: Reading<Observed>;
	readonly planned: Reading<PlanResult>;
};

export type ReadingName = keyof Readings;

/** What is known without asking AWS. */
export type CheckContext = {
	readonly request: ReplicationRequest;
	/** How many test files will be uploaded. */
	readonly fileCount: number;
	/** In milliseconds since 1970. */
	readonly nowMs: number;
};
