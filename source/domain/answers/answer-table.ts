import {destinationProfile, mode, sourceProfile} from './account-answers.js';
import type {AnswerEntry} from './answer-entry.js';
import {
	destinationBucket,
	destinationRegion,
	objectLock,
	sourceBucket,
	sourceRegion,
} from './bucket-answers.js';
import {disablesBlockedRules, dropsDeletedPrincipals} from './consent-answers.js';
import {keepsRole, permissionsBoundary, roleArn, roleName, rolePath} from './role-answers.js';
import {
	deleteMarkers,
	kmsKey,
	metrics,
	ownerOverride,
	prefix,
	priority,
	replicaModifications,
	replicationTimeControl,
	ruleId,
	storageClass,
	tags,
} from './rule-answers.js';
import {backKmsKey, backRoleArn, twoWay} from './two-way-answers.js';
import {testFileCount, testFileSizeBytes} from './test-file-answers.js';

/**
 * Every answer, in the order in which it is asked, shown and written. This table feeds the command line and its help, the wizard's
 * fields, the questions of `--accessible`, the defaults, the equivalent command, the record's header and resume.
 */
export const answerTable = {
	mode,
	sourceProfile,
	destinationProfile,
	sourceBucket,
	sourceRegion,
	destinationBucket,
	destinationRegion,
	roleName,
	ruleId,
	prefix,
	tags,
	storageClass,
	deleteMarkers,
	replicationTimeControl,
	metrics,
	priority,
	kmsKey,
	ownerOverride,
	replicaModifications,
	twoWay,
	backKmsKey,
	backRoleArn,
	disablesBlockedRules,
	dropsDeletedPrincipals,
	objectLock,
	testFileCount,
	rolePath,
	permissionsBoundary,
	roleArn,
	keepsRole,
	testFileSizeBytes,
} as const satisfies Readonly<Record<string, AnswerEntry>>;

/** The names of the answers that the table has. */
export type TableName = keyof typeof answerTable;

/** The table as rows of name and entry. */
export const answerRows = Object.entries(answerTable) as unknown as ReadonlyArray<
	readonly [TableName, AnswerEntry]
>;

/** The rows that the Options screen shows, in its order. */
export const fieldRows = answerRows.filter(([, {field}]) => field !== undefined);
