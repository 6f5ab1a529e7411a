import {listOf, type ConditionElement, type PolicyDocument, type Statement} from '../../policy/document.js';
import {regionOfKey} from '../answers/key-name.js';
import {bucketArn, destinationOf, objectsArn} from '../arn.js';
import {dnsSuffixOf} from '../region.js';
import type {ReplicationRule} from '../rule/replication-configuration.js';
import {filterOf} from '../rule/rule-filter.js';
import {optionsIn} from '../rule/rule-options.js';

/** Something that has to be allowed: actions on one resource (an ARN, for objects with `/*` behind it), as S3 asks for it. */
export type Need = {
	readonly actions: readonly string[];
	readonly resource: string;
	/** What holds whenever S3 asks for it; each value of a list for some objects. */
	readonly condition?: ConditionElement;
};

/** What one rule needs of all who have to allow something. */
export type Duties = {
	/** Of the role that S3 assumes. */
	readonly role: readonly Need[];
	/** Of the destination's bucket policy, where the bucket is another account's. */
	readonly bucketPolicy: readonly Need[];
	/** Of the policy of the key for replicas, where that does not leave it to IAM. */
	readonly keyPolicy: readonly Need[];
	/** Of the policy of the key that the source's objects have. */
	readonly sourceKeyPolicy: readonly Need[];
};

/** What is known of the source besides its rules. */
export type DutyContext = {
	readonly partition: string;
	readonly sourceBucket: string;
	readonly sourceAccountId: string;
	/** Absent where it is not known. */
	readonly sourceRegion?: string;
	readonly isSourceLocked?: boolean;
	/** The ARN of the key that objects of the source have by default; without one they may have any. */
	readonly sourceKeyArn?: string;
};

/**
 * What a rule needs to do all that it says: one answer for a rule that is made and for one that is kept, for the plan, the checks and the
 * README. Pure. Least privilege as AWS documents it: read these objects here (with Object Lock at the source their retention and legal hold,
 * too), write their replicas there, and nothing else.
 * Source: S3 User Guide, "Setting up permissions for live replication", "Changing the replica owner", "Replicating encrypted objects".
 */
export function dutiesOf(rule: ReplicationRule, context: DutyContext): Duties {
	const {partition, sourceBucket, isSourceLocked = false} = context;
	const {ownerOverride = false, kmsKey, replicaModifications = false} = optionsIn(rule);
	const destination = destinationOf(rule);
	const takesOwner = ownerOverride ? ['s3:ObjectOwnerOverrideToBucketOwner'] : [];
	const isTagged = filterOf(rule).tags.length > 0;
	return {
		role: [
			{
				actions: ['s3:GetReplicationConfiguration', 's3:ListBucket'],
				resource: bucketArn(partition, sourceBucket),
			},
			{
				actions: [
					's3:GetObjectVersionForReplication',
					's3:GetObjectVersionAcl',
					's3:GetObjectVersionTagging',
					...(isSourceLocked ? ['s3:GetObjectRetention', 's3:GetObjectLegalHold'] : []),
				],
				resource: objectsArn(partition, sourceBucket),
			},
			{
				actions: ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags', ...takesOwner],
				resource: objectsArn(partition, destination),
			},
			...(kmsKey === undefined ? [] : keyNeeds(kmsKey, destination, context)),
		],
		bucketPolicy: [
			{
				// Every object that a tag filter takes has tags; later changes of tags take the action, granted.
				actions: [
					's3:ReplicateObject',
					's3:ReplicateDelete',
					...(isTagged || replicaModifications ? ['s3:ReplicateTags'] : []),
					...takesOwner,
				],
				resource: objectsArn(partition, destination),
			},
			{
				actions: ['s3:GetBucketVersioning', 's3:PutBucketVersioning'],
				resource: bucketArn(partition, destination),
			},
		],
		keyPolicy: kmsKey === undefined ? [] : [{...replicaKeyNeed(kmsKey, destination, context), resource: '*'}],
		sourceKeyPolicy: kmsKey === undefined ? [] : [{...sourceKeyNeed(context), resource: '*'}],
	};
}

/**
 * What the role does with keys: decrypt what it reads, encrypt what it writes. The context is the object's ARN, or the bucket's where a
 * bucket key was used, which changes from object to object: both are allowed. `kms:GenerateDataKey` is for objects without KMS that a default of
 * the destination encrypts, `kms:Decrypt` on the replica's key for bucket keys.
 */
function keyNeeds(kmsKey: string, destination: string, context: DutyContext): readonly Need[] {
	return [sourceKeyNeed(context), replicaKeyNeed(kmsKey, destination, context)];
}

function sourceKeyNeed(context: DutyContext): Need {
	const {partition, sourceAccountId, sourceBucket, sourceRegion = '*', sourceKeyArn} = context;
	return {
		actions: ['kms:Decrypt'],
		resource: sourceKeyArn ?? `arn:${partition}:kms:${sourceRegion}:${sourceAccountId}:key/*`,
		condition: usedFor(partition, sourceRegion, sourceBucket),
	};
}

function replicaKeyNeed(kmsKey: string, destination: string, {partition}: DutyContext): Need {
	const region = regionOfKey(kmsKey) ?? '*';
	return {
		actions: ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:Decrypt'],
		resource: kmsKey,
		condition: usedFor(partition, region, destination),
	};
}

function usedFor(partition: string, region: string, bucket: string): ConditionElement {
	return {
		StringLike: {
			'kms:ViaService': `s3.${region}.${dnsSuffixOf(partition)}`,
			'kms:EncryptionContext:aws:s3:arn': [bucketArn(partition, bucket), objectsArn(partition, bucket)],
		},
	};
}

/** The needs of several rules as one list: what two of them have is in it once. */
export function joined(needs: readonly Need[]): readonly Need[] {
	const found = new Map<string, Need>();
	for (const need of needs) {
		const key = JSON.stringify([need.resource, need.condition]);
		const before = found.get(key);
		found.set(key, before ? {...need, actions: [...new Set([...before.actions, ...need.actions])]} : need);
	}

	return [...found.values()];
}

/** A policy that allows what is needed, a statement each. */
export function policyFor(needs: readonly Need[]): PolicyDocument {
	return {
		Version: '2012-10-17',
		Statement: needs.map(({actions, resource, condition}): Statement => ({
			Effect: 'Allow',
			Action: actions,
			Resource: resource,
			...(condition === undefined ? {} : {Condition: condition}),
		})),
	};
}

/** The condition keys of a need, once for each combination of their values: what is allowed has to be allowed for all. */
export function contextsOf({condition}: Need): ReadonlyArray<Readonly<Record<string, string>>> {
	const keys = Object.values(condition ?? {}).flatMap((members) => Object.entries(members));
	return keys.reduce<ReadonlyArray<Readonly<Record<string, string>>>>(
		(contexts, [key, values]) =>
			contexts.flatMap((context) => listOf(values).map((value) => ({...context, [key]: String(value)}))),
		[{}],
	);
}
