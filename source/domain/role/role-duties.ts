import type {PolicyDocument} from '../../policy/document.js';
import {bucketOfArn} from '../arn.js';
import type {RoleChoice} from './choose-role.js';
import type {Observed} from '../observed/observed.js';
import {rolePermissions} from './replication-policies.js';
import type {ReplicationRule} from '../rule/replication-configuration.js';
import type {ReplicationRequest} from '../answers/request.js';
import {rolePolicyName} from './role-policy-name.js';

/** What the role has to be allowed for one pair of buckets, and the name of the inline policy for it. */
export type RoleDuty = {
	readonly destinationBucket: string;
	readonly policyName: string;
	readonly needed: PolicyDocument;
};

/** The duties of the role: this run's pair first, then the destinations of the rules that it takes over. */
export function roleDuties(
	request: ReplicationRequest,
	observed: Observed,
	{takesOver}: RoleChoice,
): readonly RoleDuty[] {
	const {partition} = observed.source.caller;
	const buckets = new Set([
		request.destination.bucket,
		...takesOver.map(({Destination: destination}) => bucketOfArn(destination.Bucket)),
	]);
	return [...buckets].map((bucket) => ({
		destinationBucket: bucket,
		policyName: rolePolicyName(request.source.bucket, bucket),
		needed: rolePermissions(partition, request.source.bucket, bucket, observed.source.objectLock?.isEnabled),
	}));
}

/**
 * Why a rule that is taken over would stop: what it needs of the role or of another account is not in this program's hands.
 * Nothing where it goes on.
 */
export function takeOverFault(
	rule: ReplicationRule,
	request: ReplicationRequest,
	{source, ownBuckets}: Observed,
): string | undefined {
	const {Bucket: arn, Account: account, EncryptionConfiguration: encryption} = rule.Destination;
	const criteria = rule.SourceSelectionCriteria as {readonly SseKmsEncryptedObjects?: unknown} | undefined;
	const bucket = bucketOfArn(arn);
	if (encryption !== undefined || criteria?.SseKmsEncryptedObjects !== undefined)
		return 'it replicates objects encrypted with KMS, and the role needs the keys for it';
	if (rule.Destination.AccessControlTranslation !== undefined)
		return 'it hands its replicas to the owner of the destination, and both sides have to allow the role that';
	if (bucket === request.destination.bucket) return undefined;
	if (account !== undefined && account !== source.caller.accountId)
		return `${bucket} is of account ${account}, and its bucket policy has to name the role`;
	if (ownBuckets?.state === 'read' && ownBuckets.names.includes(bucket)) return undefined;
	return ownBuckets?.state === 'read'
		? `${bucket} is not of account ${source.caller.accountId}, and its bucket policy has to name the role`
		: `it is not known whose ${bucket} is: ${ownBuckets?.cause ?? 'the buckets of the account have not been read.'}`;
}
