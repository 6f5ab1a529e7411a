/** Why a refusal or an old answer is expected to pass, and how long for at most. */
export type RetryRule = {readonly reason: string; readonly limitMs: number};

const minuteMs = 60_000;

/**
 * Everything that the engine waits for, with the reason that is shown meanwhile. Sentences that name a limit are built from the entry
 * (`spanText`), and no other file of the engine holds one; how often something is asked stands beside who asks.
 * AWS documents none of these limits. Source: docs/aws-facts.md, 13.1.
 */
export const waits = {
	/** What was written, and the reading back still shows what was there before. */
	rulesUnseen: {reason: 'the change of the rules is not visible yet', limitMs: 2 * minuteMs},
	newRuleUnseen: {reason: 'the new rule is not visible yet', limitMs: 2 * minuteMs},
	policyUnseen: {reason: 'the change of the policy is not visible yet', limitMs: 2 * minuteMs},
	/** Versioning takes effect later than S3 says so: reading it and rules that need it wait alike. */
	versioning: {reason: 'versioning is not effective yet', limitMs: 2 * minuteMs},
	notificationsUnseen: {reason: 'the change of the events is not visible yet', limitMs: 2 * minuteMs},
	/** Neither what was there nor what was written. */
	foreignDocument: {
		reason: 'what is there is not what was written; it is read once more',
		limitMs: 20_000,
	},

	/** What was just created, and is not known everywhere. */
	newBucket: {reason: 'the new bucket is not visible yet', limitMs: minuteMs},
	newRole: {reason: 'the new role is not visible yet', limitMs: minuteMs},
	newRoleAtKms: {reason: 'the new role is not visible to KMS yet', limitMs: minuteMs},
	newRoleAtS3: {reason: 'the new role is not visible to S3 yet', limitMs: minuteMs},

	/** Source: S3 User Guide, "Troubleshooting Batch Operations": a new job may not be found yet. */
	newJob: {reason: 'the new job is not visible yet', limitMs: 2 * minuteMs},
	newRoleAtBatch: {reason: 'the new role is not visible to S3 Batch Operations yet', limitMs: minuteMs},
	/** So soon after it was made a job that fails for its new role most likely came too early. */
	newRoleAtJob: {reason: 'the new role is not visible to the job yet', limitMs: 2 * minuteMs},
	/** Then it is made again after these delays: together as long as users report that a new role takes, 10 to 30 seconds. */
	jobAgain: {limitMs: 35_000, delaysMs: [5000, 10_000, 20_000]},
	/** The report of a job is written at its end. */
	jobReport: {reason: 'the report is not written yet', limitMs: 5 * minuteMs},
	jobCancelled: {reason: 'the job is still being cancelled', limitMs: 2 * minuteMs},

	newQueueAtS3: {reason: 'the new queue is not visible to S3 yet', limitMs: minuteMs},
	eventsTaken: {reason: 'S3 still has an earlier destination of these events', limitMs: minuteMs},

	/** What an undo has just taken out, and is still seen. */
	bucketNotEmpty: {reason: 'something is still seen in the bucket', limitMs: 6000},
	bucketDocuments: {reason: 'what was taken out of the bucket is still seen', limitMs: 6000},
	roleUsers: {reason: 'rules that were taken out are still seen', limitMs: 6000},
	rolePolicies: {reason: 'the deleted policy is still seen in the role', limitMs: 20_000},

	/** The service refuses for now. */
	busy: {reason: (code: string) => `AWS asks to slow down (${code})`, limitMs: 2 * minuteMs},
	trouble: {reason: (code: string) => `AWS has trouble at the moment (${code})`, limitMs: 2 * minuteMs},
	/** Nobody answers at all: a network may be down. Of changes as of the files of a watch. */
	outage: {reason: (cause: string) => `nobody answers: ${cause}`, limitMs: 10 * minuteMs},
	/** Credentials are refused: a person may be signing in again. */
	credentials: {limitMs: 10 * minuteMs},

	/** After a new role or policy one file goes first. */
	probe: {
		reason: 'Sending one file first: a new role needs time',
		limitMs: 30_000,
	},
	/** Until the event of a failure comes: "seconds, sometimes a minute or longer". Source: S3 User Guide, "Amazon S3 Event Notifications". */
	reasonAfterFailure: {limitMs: 2 * minuteMs},
	/** So long after a change of this run a FAILED file is sent again: it most likely came too early. */
	resend: {limitMs: 2 * minuteMs},
	/** How long what was created counts as new: others are told of a new bucket, and write into it. */
	stillNew: {limitMs: 5000},
} as const satisfies Record<
	string,
	{
		readonly limitMs: number;
		readonly reason?: string | ((detail: string) => string);
		readonly delaysMs?: readonly number[];
	}
>;
