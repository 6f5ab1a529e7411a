import {accountBucketName, accountNameIn} from '../answers/bucket-name.js';
import {keyPolicyProblems, keyProblems} from './key-problems.js';
import {chooseRole} from '../role/choose-role.js';
import {plannedBucketPolicy} from '../role/planned-bucket-policy.js';
import {deletedPrincipalsProblem} from './deleted-principals-problem.js';
import {type Side, sides} from '../answers/mode.js';
import type {CallerIdentity, Observed, ObservedBucket} from '../observed/observed.js';
import {fixable, type Problem} from '../problem.js';
import {partitionOfRegion} from '../region.js';
import {handOverStep, type ReplicationRequest} from '../answers/request.js';
import {roleProblems} from '../role/role-problems.js';
import {plannedRules} from './planned-rules.js';

/** Source: S3 User Guide, "Policies and permissions in Amazon S3": a bucket policy has at most 20 KB. */
const maxPolicyBytes = 20 * 1024;

/** Source: S3 User Guide, "Namespaces for general purpose buckets". */
const regionsWithoutNamespaces = new Set(['me-south-1', 'me-central-1']);

/** Everything that must stop the run before its first write. Pure. */
export function planProblems(request: ReplicationRequest, observed: Observed): readonly Problem[] {
	return [
		...accountProblems(request, {source: observed.source.caller, destination: observed.destination.caller}),
		...sides.flatMap((side) => bucketProblems(request, side, observed[side])),
		...keyProblems(request, observed),
		...roleProblems(request, observed),
		...ruleProblems(request, observed),
		...policyProblems(request, observed),
		...keyPolicyProblems(request, observed),
	];
}

/** Two accounts that do not fit the mode. */
export function accountProblems(
	request: ReplicationRequest,
	{source, destination}: Readonly<Record<Side, CallerIdentity>>,
): readonly Problem[] {
	const problems: Problem[] = [];
	if (source.partition !== destination.partition) {
		problems.push(
			fixable(
				'two-partitions',
				'Cannot replicate between two partitions of AWS',
				`${request.source.profile} is in ${source.partition}, ${request.destination.profile} is in ${destination.partition}.`,
				['Choose two profiles of one partition.'],
			),
		);
	}

	const isOneAccount = source.accountId === destination.accountId;
	if (request.mode === 'cross-account' && isOneAccount) {
		problems.push(
			fixable(
				'one-account',
				'Cannot set up Cross-Account Replication inside one account',
				`The profiles ${request.source.profile} and ${request.destination.profile} both belong to account ${source.accountId}.`,
				[
					'Choose a destination profile of another account.',
					handOverStep,
					'Use Cross-Region Replication (--mode cross-region): it is made for one account.',
				],
			),
		);
	}

	if (request.mode === 'cross-region' && !isOneAccount) {
		problems.push(
			fixable(
				'two-accounts',
				'Cannot set up Cross-Region Replication over two accounts',
				`${request.source.profile} belongs to account ${source.accountId}, ${request.destination.profile} to ${destination.accountId}.`,
				['Use Cross-Account Replication (--mode cross-account).', 'Choose profiles of one account.'],
			),
		);
	}

	return problems;
}

/** A bucket's name that another account has. */
export function foreignProblem(name: string, side: Side, accountId: string, profile: string): Problem {
	return fixable(
		'bucket-of-somebody-else',
		`Cannot use ${name} as ${side}: somebody else owns it`,
		`A bucket of this name exists; account ${accountId} (profile ${profile}) does not own it. Bucket names are shared by all accounts.`,
		[`Choose another name for the ${side} bucket.`, 'Choose the profile of the account that owns it.'],
	);
}

/** A bucket that cannot be used, or cannot be created. */
export function bucketProblems(
	request: ReplicationRequest,
	side: Side,
	{bucket, caller}: {readonly bucket: ObservedBucket; readonly caller: CallerIdentity},
): readonly Problem[] {
	const {bucket: name, region, profile} = request[side];
	if (bucket.state === 'foreign') {
		return [foreignProblem(name, side, caller.accountId, profile)];
	}

	if (bucket.state === 'owned') {
		if (region === undefined || region === bucket.region) return [];
		return [
			fixable(
				'bucket-in-another-region',
				`Cannot use ${name} in ${region}: it is in ${bucket.region}`,
				'A bucket stays in the region it was created in.',
				[`Use ${bucket.region} for the ${side} bucket.`, 'Choose another bucket, or a new name.'],
			),
		];
	}

	if (region === undefined) {
		return [
			fixable(
				'missing-region',
				`Cannot create ${name}: its region is missing`,
				`There is no bucket ${name} yet. Choose the region to create it in.`,
				[`Add --${side}-region, such as --${side}-region us-east-1.`],
			),
		];
	}

	const own = accountNameIn(name);
	if (own && (own.accountId !== caller.accountId || own.region !== region)) {
		return [
			fixable(
				'name-of-another-namespace',
				`Cannot create ${name} here: its name is reserved`,
				`Names that end so belong to account ${own.accountId} in ${own.region}. This bucket would be created by account ${caller.accountId} in ${region}.`,
				[
					`Use ${accountBucketName({...own, accountId: caller.accountId, region})} as the ${side} bucket.`,
					'Choose a name that does not end with -an.',
				],
			),
		];
	}

	if (own && regionsWithoutNamespaces.has(region)) {
		return [
			fixable(
				'no-namespace-in-region',
				`Cannot create ${name}: ${region} has no account namespaces`,
				"S3 offers an account's own namespace in every region but me-south-1 and me-central-1.",
				['Choose a name that does not end with -an.', 'Choose another region.'],
			),
		];
	}

	if (partitionOfRegion(region) !== caller.partition) {
		return [
			fixable(
				'region-of-another-partition',
				`Cannot create ${name} in ${region}`,
				`Profile ${profile} is in the partition ${caller.partition}, and that region is not.`,
				['Choose a region of that partition.'],
			),
		];
	}

	return [];
}

function ruleProblems(request: ReplicationRequest, observed: Observed): readonly Problem[] {
	const planned = plannedRules(request, observed);
	return planned.ok ? [] : [planned.problem];
}

function policyProblems(request: ReplicationRequest, observed: Observed): readonly Problem[] {
	const {policy} = observed.destination;
	if (request.mode !== 'cross-account' || !policy) return [];
	const {bucket} = request.destination;
	const choice = chooseRole(request, observed);
	const after = plannedBucketPolicy({request, observed, choice});
	if (after === policy) return [];
	const stale = deletedPrincipalsProblem(policy, {kind: 'bucket policy', target: bucket, service: 'S3'});
	if (stale && !request.dropsDeletedPrincipals) return [stale];
	const sizeBytes = new TextEncoder().encode(JSON.stringify(after)).length;
	if (sizeBytes <= maxPolicyBytes) return [];
	return [
		fixable(
			'bucket-policy-too-long',
			`Cannot extend the policy of ${bucket}: too long`,
			`With the statements for the role it would have ${sizeBytes} bytes; S3 takes ${maxPolicyBytes}.`,
			[
				`Shorten the bucket policy of ${bucket}: join statements, or remove those that name nobody.`,
				'Choose another destination bucket.',
			],
		),
	];
}
