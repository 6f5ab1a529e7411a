import type {ForeseenRequest} from '../../policy/access-request.js';
import {accountOfArn, bucketOfArn, roleNameOf} from '../arn.js';
import {contextsOf, type Need} from './duties.js';

/** What is known of a bucket that S3 reads from or writes to as the role. */
export type Place = {
	readonly accountId?: string;
	readonly region?: string;
	/** The keys that rules encrypt their replicas with here. */
	readonly replicaKeys?: readonly string[];
};

/** By the bucket's name. */
export type Places = Readonly<Record<string, Place>>;

/** S3 once it has assumed a role, as policies see it. */
function replicationSession(arn: string) {
	const accountId = accountOfArn(arn);
	const [, partition = 'aws'] = arn.split(':');
	return {
		kind: 'role-session',
		accountId,
		arn: `arn:${partition}:sts::${accountId}:assumed-role/${roleNameOf(arn)}/s3-replication`,
		roleArn: arn,
	} as const;
}

/**
 * The calls that S3 makes as a role for one action, as far as they are known: over TLS, to the region and account of the bucket
 * or key; one for each combination of what differs from object to object. The resource's account counts in conditions only: what
 * the resource's own policy says is asked apart.
 * Source: IAM User Guide, "AWS global condition context keys"; S3 User Guide, "Replicating encrypted objects".
 */
export function replicationCalls(
	roleArn: string,
	action: string,
	need: Need,
	places: Places,
): readonly ForeseenRequest[] {
	const {resource} = need;
	const isKey = resource.includes(':kms:');
	const {
		accountId,
		region,
		replicaKeys = [],
	} = isKey ? placeOfKey(resource) : (places[bucketIn(resource)] ?? {});
	const known = {
		'aws:SecureTransport': 'true',
		...(region === undefined ? {} : {'aws:RequestedRegion': region}),
		...(accountId === undefined
			? {}
			: {'aws:ResourceAccount': accountId, ...(isKey ? {} : {'s3:ResourceAccount': accountId})}),
		...(isKey ? {'kms:CallerAccount': accountOfArn(roleArn)} : {}),
	};
	const ways = action === 's3:ReplicateObject' ? encryptions(replicaKeys) : [{}];
	return contextsOf(need).flatMap((context) =>
		ways.map((perhaps) => ({
			caller: replicationSession(roleArn),
			action,
			resource,
			resourceAccountId: accountOfArn(roleArn),
			context: {...absentOf(perhaps), ...known, ...context},
			perhaps,
			unknown: accountId === undefined ? ['aws:ResourceAccount'] : [],
		})),
	);
}

const encryptionKeys = [
	's3:x-amz-server-side-encryption',
	's3:x-amz-server-side-encryption-aws-kms-key-id',
] as const;

type Encryption = Readonly<Partial<Record<(typeof encryptionKeys)[number], string>>>;

/** How replicas are encrypted: with the rule's key those that were encrypted with one. */
function encryptions(replicaKeys: readonly string[]): readonly Encryption[] {
	return [
		{'s3:x-amz-server-side-encryption': 'AES256'},
		...replicaKeys.map((key) => ({
			's3:x-amz-server-side-encryption': 'aws:kms',
			's3:x-amz-server-side-encryption-aws-kms-key-id': key,
		})),
	];
}

/**
 * The keys that a call surely does not have.
 * Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon S3": writing a replica has them.
 */
function absentOf(encryption: Encryption): Readonly<Record<string, readonly string[]>> {
	return Object.fromEntries(
		encryptionKeys.filter((key) => encryption[key] === undefined).map((key) => [key, []]),
	);
}

function bucketIn(resource: string): string {
	return bucketOfArn(resource).split('/')[0] ?? '';
}

function placeOfKey(arn: string): Place {
	const [, , , region, accountId] = arn.split(':');
	return {accountId, region: region === '*' ? undefined : region};
}
