import type {Mode} from './mode.js';

/** Where a run happens: on AWS (or whatever endpoint stands in for it), or on a sandbox started for the run. */
export type EnvironmentKind = 'aws' | 'sandbox';

/** The name under which the SDK's default chain (environment, container, instance, `AWS_PROFILE`) is offered. */
export const defaultChain = '(default chain)';

/** Everything a person decides, whether on screens or by flags. What is absent has not been answered. */
export type Answers = {
	readonly environment?: EnvironmentKind;
	readonly mode?: Mode;
	readonly sourceProfile?: string;
	readonly destinationProfile?: string;
	/** Absent for a bucket that exists: its own region is found out. */
	readonly sourceRegion?: string;
	readonly destinationRegion?: string;
	readonly sourceBucket?: string;
	readonly destinationBucket?: string;
	readonly roleName?: string;
	/** The path and the permissions boundary (an ARN) of a role that is created; absent: `/`, and none. */
	readonly rolePath?: string;
	readonly permissionsBoundary?: string;
	/** Whether the role may only be used, not changed. */
	readonly keepsRole?: boolean;
	readonly ruleId?: string;
	/** How many test files are uploaded after the setup. */
	readonly testFileCount?: number;
	readonly testFileSizeBytes?: number;
};

export type AnswerName = keyof Answers;
