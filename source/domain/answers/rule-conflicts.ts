import {fixable, type Problem} from '../problem.js';
import type {TableName} from './answer-table.js';
import {isManagedAlias, regionOfKey} from './key-name.js';
import type {Answers} from './answers.js';
import {saidOfWayBack} from './said-of-way-back.js';
import {accountOfArn, partitionOfArn} from '../arn.js';
import {partitionOfRegion} from '../region.js';

type Conflict = {
	/** The answers that do not go together. */
	readonly names: readonly TableName[];
	/** What is wrong with them, or nothing. */
	readonly problemOf: (answers: Answers) => Problem | undefined;
};

/** Options of a rule that do not go together: S3 refuses them, or they do not do what they say. */
const conflicts: readonly Conflict[] = [
	{
		// Source: S3 User Guide, "Replicating delete markers between buckets".
		names: ['deleteMarkers', 'tags'],
		problemOf: ({deleteMarkers, tags = []}) =>
			deleteMarkers === true && tags.length > 0
				? fixable(
						'delete-markers-with-tags',
						'Cannot replicate delete markers with a tag filter',
						'S3 refuses a rule that filters by tags and replicates delete markers: a delete marker has no tags.',
						['Leave out --delete-markers.', 'Leave out --tag; --prefix goes with delete markers.'],
					)
				: undefined,
	},
	{
		// Source: S3 User Guide, "Changing the replica owner".
		names: ['ownerOverride', 'mode'],
		problemOf: ({ownerOverride, mode}) =>
			ownerOverride === true && mode === 'cross-region'
				? fixable(
						'owner-override-in-one-account',
						'Cannot change the owner of replicas in one account',
						'In one account replicas have the right owner already; with --owner-override S3 would stop copying their ACLs.',
						['Leave out --owner-override.', 'Use Cross-Account Replication (--mode cross-account).'],
					)
				: undefined,
	},
	{
		names: ['kmsKey', 'destinationRegion'],
		problemOf({kmsKey = '', destinationRegion}) {
			const region = regionOfKey(kmsKey);
			return region !== undefined && destinationRegion !== undefined && region !== destinationRegion
				? otherRegionProblem(kmsKey, destinationRegion)
				: undefined;
		},
	},
	...(['backKmsKey', 'backRoleArn'] as const).map((other): Conflict => ({
		names: ['twoWay', other],
		problemOf: ({twoWay, [other]: value}) =>
			value !== undefined && twoWay !== true ? wayBackMissingProblem(other) : undefined,
	})),
	{
		names: ['backKmsKey', 'sourceRegion'],
		problemOf({backKmsKey = '', sourceRegion}) {
			const region = regionOfKey(backKmsKey);
			return region !== undefined && sourceRegion !== undefined && region !== sourceRegion
				? saidOfWayBack(otherRegionProblem(backKmsKey, sourceRegion))
				: undefined;
		},
	},
	{
		names: ['backKmsKey', 'mode'],
		problemOf: ({backKmsKey = '', mode}) =>
			isManagedAlias(backKmsKey) && mode === 'cross-account'
				? saidOfWayBack(managedKeyProblem(backKmsKey))
				: undefined,
	},
	{
		// Source: IAM User Guide, "Permissions boundaries for IAM entities": the policy is of the role's own account, or AWS's.
		names: ['twoWay', 'permissionsBoundary'],
		problemOf: ({twoWay, mode, permissionsBoundary = ''}) =>
			twoWay === true && mode === 'cross-account' && /^\d{12}$/.test(accountOfArn(permissionsBoundary))
				? fixable(
						'boundary-of-one-account',
						'Cannot bound two roles with one account’s policy',
						'Across accounts --two-way creates a role in each account. A permissions boundary is a policy of the role’s own account.',
						[
							'Give a managed policy of AWS with --permissions-boundary.',
							'Leave out --two-way, and set up each direction in its own run.',
						],
					)
				: undefined,
	},
	{
		names: ['kmsKey', 'mode'],
		problemOf: ({kmsKey = '', mode}) =>
			isManagedAlias(kmsKey) && mode === 'cross-account' ? managedKeyProblem(kmsKey) : undefined,
	},
	...(['roleName', 'rolePath', 'permissionsBoundary', 'keepsRole'] as const).map((other): Conflict => ({
		names: ['roleArn', other],
		problemOf: ({roleArn, [other]: value}) =>
			roleArn !== undefined && value !== undefined && value !== false ? roleArnWithProblem(other) : undefined,
	})),
	{
		names: ['roleArn', 'sourceRegion'],
		problemOf: ({roleArn, sourceRegion}) =>
			roleArn !== undefined &&
			sourceRegion !== undefined &&
			partitionOfArn(roleArn) !== partitionOfRegion(sourceRegion)
				? otherPartitionProblem(roleArn, partitionOfRegion(sourceRegion))
				: undefined,
	},
	{
		// Source: S3 User Guide, "Categorizing your objects using tags": ten tags an object, each key once.
		names: ['tags'],
		problemOf: ({tags = []}) =>
			new Set(tags.map((tag) => tag.split('=')[0])).size < tags.length
				? fixable(
						'tag-key-twice',
						'Cannot filter by two values of one tag',
						'An object has each tag once: no object would match.',
						['Give each key of --tag once.', 'Make a rule for each value.'],
					)
				: undefined,
	},
	{
		names: ['tags'],
		problemOf: ({tags = []}) =>
			tags.length > 10
				? fixable(
						'too-many-tags',
						'Cannot filter by more than ten tags',
						'An object has at most ten tags: no object would match.',
						['Give at most ten --tag.'],
					)
				: undefined,
	},
];

function wayBackMissingProblem(other: 'backKmsKey' | 'backRoleArn'): Problem {
	const flag = other === 'backKmsKey' ? '--back-kms-key' : '--back-role-arn';
	return fixable(
		'way-back-not-asked',
		`Cannot use ${flag} without --two-way`,
		'It is about the way back, and only --two-way sets that up.',
		['Add --two-way.', `Leave out ${flag}.`],
	);
}

/** What the other options about the role would do to one that is used as it is. */
const otherRoleOptions = {
	roleName: ['--role-name', 'the ARN has the name of the role in it'],
	rolePath: ['--role-path', 'the path is for a new role; the ARN has its own'],
	permissionsBoundary: ['--permissions-boundary', 'only a role that is created gets a boundary'],
	keepsRole: ['--keep-role', 'that option reads the role to tell what it lacks'],
} as const;

function roleArnWithProblem(other: keyof typeof otherRoleOptions): Problem {
	const [flag, why] = otherRoleOptions[other];
	return fixable(
		'role-arn-alone',
		`Cannot use --role-arn together with ${flag}`,
		`--role-arn uses exactly that role; nothing of IAM is read or written; ${why}.`,
		[`Leave out ${flag}.`, 'Leave out --role-arn.'],
	);
}

/** A role of another partition than the source's, by what was answered or by who the caller turned out to be. */
export function otherPartitionProblem(arn: string, partition: string): Problem {
	return fixable(
		'role-of-another-partition',
		`Cannot use a role of the partition ${partitionOfArn(arn)}`,
		`The source is in the partition ${partition}, and the role is ${arn}: S3 assumes roles of its own partition.`,
		[`Give the ARN of a role of the source's account, in ${partition}, with --role-arn.`],
	);
}

/**
 * A key of another region than the destination bucket's, by what was answered or by where the bucket turned out to be.
 * Source: S3 User Guide, "Replicating encrypted objects".
 */
export function otherRegionProblem(name: string, region: string): Problem {
	return fixable(
		'kms-key-of-another-region',
		`Cannot encrypt replicas in ${region} with ${name}`,
		`The key is in ${regionOfKey(name)}. S3 encrypts with keys of the bucket's own region only.`,
		[`Give a key of ${region}: --kms-key.`, 'Choose a destination bucket in the region of the key.'],
	);
}

/**
 * A key that AWS manages, for a bucket of another account; by its alias, or by what KMS says of it.
 * Source: S3 User Guide, "Replicating encrypted objects", cross-account scenarios.
 */
export function managedKeyProblem(name: string): Problem {
	return fixable(
		'kms-key-of-aws',
		`Cannot encrypt another account's replicas with ${name}`,
		'AWS manages this key, and its policy lets in only its own account: nobody can add the role to it.',
		["Give a customer managed key of the destination's account: --kms-key."],
	);
}

/** Every conflict among the options of a rule, with the names of the answers that it is between. */
export function conflictsOf(
	answers: Answers,
): ReadonlyArray<{readonly names: readonly TableName[]; readonly problem: Problem}> {
	return conflicts.flatMap(({names, problemOf}) => {
		const problem = problemOf(answers);
		return problem ? [{names, problem}] : [];
	});
}
