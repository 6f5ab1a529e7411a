import {runAgain} from '../../domain/text/run-again.js';
import type {BucketReference, Connection, KeyReference} from '../../aws/ports.js';
import {fixable} from '../../domain/problem.js';
import type {ReplicationConfiguration} from '../../domain/rule/replication-configuration.js';
import type {NotificationConfiguration} from '../../domain/observed/notification-configuration.js';
import {isSameNotifications} from '../../domain/operations/notification-entries.js';
import {isSameValue} from '../../domain/same-value.js';
import {spanText} from '../../domain/text/duration-text.js';
import {isSameConfiguration} from '../../domain/take-back/take-back-rules.js';
import {isSameDocument} from '../../domain/take-back/take-back-policy.js';
import type {PolicyDocument} from '../../policy/document.js';
import type {GuardedDocument} from './guarded-write.js';
import {type RetryRule, waits} from '../waits.js';

/** What a kind of document has in common wherever it is written. */
export type GuardedKind<Document> = Pick<
	GuardedDocument<Document>,
	'noun' | 'read' | 'write' | 'isUnchanged' | 'isSame' | 'unseen'
>;

/** Versioning as S3's documents say it; one that was never enabled says nothing. */
type Versioning = {readonly Status?: 'Suspended' | 'Enabled'};

const later = [runAgain('Run this again in a few minutes')];

/** The replication configuration of a bucket. */
export function replicationOf(
	{buckets}: Connection,
	reference: BucketReference,
): GuardedKind<ReplicationConfiguration> {
	const {bucket} = reference;
	return {
		noun: `the replication configuration of ${bucket}`,
		read: async () => buckets.getReplication(reference),
		write: async (configuration) =>
			configuration ? buckets.putReplication(reference, configuration) : buckets.deleteReplication(reference),
		isUnchanged: isSameConfiguration,
		isSame: isSameConfiguration,
		unseen: notVisible(waits.rulesUnseen, 'rule-not-visible', `the rules of ${bucket}`, 'S3'),
	};
}

/** The policy of a bucket. */
export function bucketPolicyOf(
	{buckets}: Connection,
	reference: BucketReference,
): GuardedKind<PolicyDocument> {
	const noun = `the bucket policy of ${reference.bucket}`;
	return {
		noun,
		read: async () => buckets.getPolicy(reference),
		write: async (policy) =>
			policy ? buckets.putPolicy(reference, policy) : buckets.deletePolicy(reference),
		...policyKind(noun),
	};
}

/** The policy of a key, which always has one. */
export function keyPolicyOf({keys}: Connection, reference: KeyReference): GuardedKind<PolicyDocument> {
	const noun = `the key policy of ${reference.key}`;
	return {
		noun,
		read: async () => keys.getPolicy(reference),
		async write(policy) {
			// It is never without a statement: KMS has no key without a policy.
			if (policy) await keys.putPolicy(reference, policy);
		},
		...policyKind(noun),
	};
}

/** An inline policy of a role. */
export function rolePolicyOf(
	{roles}: Connection,
	roleName: string,
	policyName: string,
): GuardedKind<PolicyDocument> {
	const noun = `the policy ${policyName} of the role ${roleName}`;
	return {
		noun,
		read: async () => roles.getPolicy(roleName, policyName),
		write: async (policy) =>
			policy ? roles.putPolicy(roleName, policyName, policy) : roles.deletePolicy(roleName, policyName),
		...policyKind(noun),
	};
}

function policyKind(noun: string): Pick<GuardedKind<PolicyDocument>, 'isUnchanged' | 'isSame' | 'unseen'> {
	return {
		isUnchanged: isSameValue,
		isSame: isSameDocument,
		unseen: notVisible(waits.policyUnseen, 'policy-not-visible', noun, 'AWS'),
	};
}

/** Where a bucket sends its events. */
export function notificationsOf(
	{buckets}: Connection,
	reference: BucketReference,
): GuardedKind<NotificationConfiguration> {
	const {bucket} = reference;
	return {
		noun: `the event notifications of ${bucket}`,
		read: async () => buckets.getNotifications(reference),
		write: async (configuration = {}) => buckets.putNotifications(reference, configuration),
		isUnchanged: isSameNotifications,
		isSame: isSameNotifications,
		unseen: notVisible(waits.notificationsUnseen, 'events-not-visible', `the events of ${bucket}`, 'S3'),
	};
}

/** The versioning of a bucket. */
export function versioningOf({buckets}: Connection, reference: BucketReference): GuardedKind<Versioning> {
	const {bucket} = reference;
	// A bucket that is not there yet has no versioning either.
	const isSame = (left: Versioning | undefined, right: Versioning | undefined): boolean =>
		left?.Status === right?.Status;
	return {
		noun: `the versioning of ${bucket}`,
		async read() {
			const status = await buckets.getVersioning(reference);
			return status && (status === 'Unversioned' ? {} : {Status: status});
		},
		write: async (versioning) =>
			versioning?.Status === 'Suspended'
				? buckets.suspendVersioning(reference)
				: buckets.enableVersioning(reference),
		isUnchanged: isSame,
		isSame,
		unseen: notVisible<Versioning>(
			waits.versioning,
			'versioning-not-effective',
			`the versioning of ${bucket}`,
			'S3',
			(seen) => (seen ? (seen.Status ?? 'Unversioned') : 'that there is no such bucket'),
		),
	};
}

/** How long a change is waited for, and what is said when it cannot be seen by then. */
function notVisible<Document>(
	wait: RetryRule,
	code: string,
	noun: string,
	who: 'S3' | 'AWS',
	answer: (seen: Document | undefined) => string = () => 'what was there before',
): GuardedKind<Document>['unseen'] {
	return {
		...wait,
		problem: (seen, limitMs) =>
			fixable(
				code,
				`Cannot see the change of ${noun}`,
				`It was written ${spanText(limitMs)} ago, and ${who} still answers ${answer(seen)}.`,
				later,
			),
	};
}
