import {decideTrust} from '../policy/decide.js';
import {roleArn} from './arn.js';
import {type Side, sides} from './mode.js';
import type {CallerIdentity, Observed, ObservedBucket} from './observed.js';
import {fixable, type Problem} from './problem.js';
import {partitionOfRegion} from './region.js';
import {isSchemaV1} from './replication-configuration.js';
import type {ReplicationRequest} from './request.js';

/** Everything that must stop the run before its first write. Pure. */
export function planProblems(request: ReplicationRequest, observed: Observed): readonly Problem[] {
	return [
		...accountProblems(request, {source: observed.source.caller, destination: observed.destination.caller}),
		...sides.flatMap((side) => bucketProblems(request, side, observed[side])),
		...roleProblems(request, observed),
		...ruleProblems(request, observed),
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

/** A bucket that cannot be used, or cannot be created. */
export function bucketProblems(
	request: ReplicationRequest,
	side: Side,
	{bucket, caller}: {readonly bucket: ObservedBucket; readonly caller: CallerIdentity},
): readonly Problem[] {
	const {bucket: name, region, profile} = request[side];
	if (bucket.state === 'foreign') {
		return [
			fixable(
				'bucket-of-somebody-else',
				`Cannot use ${name} as the ${side} bucket: it belongs to somebody else`,
				`A bucket of this name exists, and account ${caller.accountId} (profile ${profile}) does not own it. Bucket names are shared by all accounts.`,
				[`Choose another name for the ${side} bucket.`, 'Choose the profile of the account that owns it.'],
			),
		];
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
				`Cannot create ${name}: the region of the ${side} bucket is missing`,
				`There is no bucket ${name} yet, so it has to be said where it shall be.`,
				[`Add --${side}-region, such as --${side}-region us-east-1.`],
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

function roleProblems(request: ReplicationRequest, observed: Observed): readonly Problem[] {
	const {role, source} = observed;
	if (!role) return [];
	const decision = decideTrust(
		{
			caller: {kind: 'service', service: 's3.amazonaws.com'},
			action: 'sts:AssumeRole',
			resource: role.arn,
			resourceAccountId: source.caller.accountId,
		},
		{name: 'trust policy', document: role.trust},
		[],
	);
	if (decision.isAllowed) return [];
	return [
		fixable(
			'role-not-trusting-s3',
			`Cannot use the role ${request.roleName}: S3 may not assume it`,
			'Its trust policy does not let s3.amazonaws.com perform sts:AssumeRole.',
			[
				'Choose another role name (--role-name): it is created as it must be.',
				'Add s3.amazonaws.com to the trust policy of that role.',
			],
		),
	];
}

function ruleProblems(request: ReplicationRequest, observed: Observed): readonly Problem[] {
	const {replication, caller} = observed.source;
	if (!replication) return [];
	const {bucket} = request.source;
	const arn = observed.role?.arn ?? roleArn(caller.partition, caller.accountId, request.roleName);
	const problems: Problem[] = [];
	if (replication.Role !== arn) {
		const name = replication.Role.slice(replication.Role.lastIndexOf('/') + 1);
		problems.push(
			fixable(
				'another-role',
				`Cannot add a rule to ${bucket}: its rules use another role`,
				`One role serves all rules of a bucket. The present one is ${replication.Role}, this run would use ${arn}.`,
				[
					`Use the present role: --role-name ${name}.`,
					'Remove the other rules first, if they are not needed.',
				],
			),
		);
	}

	if (replication.Rules.some(isSchemaV1)) {
		problems.push(
			fixable(
				'schema-v1',
				`Cannot add a rule to ${bucket}: its rules are of the older schema`,
				'A rule without a Filter is of schema V1. Rules of both schemas cannot be mixed, and delete markers behave differently in the two.',
				['Save the rules again in the S3 console: it writes schema V2.', 'Choose another source bucket.'],
			),
		);
	}

	return problems;
}
