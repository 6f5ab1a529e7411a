import {type AnswerName, type Answers, defaultChain} from './answers.js';
import {bucketNameFault} from './bucket-name.js';
import type {Mode} from './mode.js';
import {fixable, type Problem} from './problem.js';
import {partitionOfRegion, regionFault} from './region.js';
import {
	boundaryFault,
	defaultRoleName,
	defaultRuleId,
	roleNameFault,
	rolePathFault,
	ruleIdFault,
} from './role-name.js';

/** One end of the replication, as asked for. */
export type RequestedEnd = {
	readonly profile: string;
	readonly bucket: string;
	/** Absent where the bucket has to exist already. */
	readonly region?: string;
};

/** Complete answers: what is to be set up. */
export type ReplicationRequest = {
	readonly mode: Mode;
	readonly source: RequestedEnd;
	readonly destination: RequestedEnd;
	readonly roleName: string;
	/** Whether a person named the role: else one that the source's rules use already is kept. */
	readonly isRoleChosen?: boolean;
	/** The path of a role that is created; `/` by default. */
	readonly rolePath?: string;
	/** The ARN of the permissions boundary of a role that is created. */
	readonly permissionsBoundary?: string;
	/** Whether the role may only be used, not changed. */
	readonly keepsRole?: boolean;
	readonly ruleId: string;
};

const flagOf: Partial<Record<AnswerName, string>> = {
	mode: '--mode',
	sourceProfile: '--source-profile',
	destinationProfile: '--destination-profile',
	sourceBucket: '--source-bucket',
	destinationBucket: '--destination-bucket',
};

/** The answers that a run cannot do without and that nobody gave. */
export function missingAnswers(answers: Answers): readonly AnswerName[] {
	const needed: AnswerName[] = ['mode', 'sourceBucket', 'destinationBucket'];
	if (answers.mode === 'cross-account') needed.push('sourceProfile', 'destinationProfile');
	return needed.filter((name) => answers[name] === undefined);
}

/** The problem that names every missing answer by its flag. */
export function missingProblem(missing: readonly AnswerName[]): Problem {
	const flags = missing.map((name) => flagOf[name] ?? name);
	return fixable(
		'missing-answers',
		flags.length === 1
			? `Cannot start: ${flags[0]} is missing`
			: `Cannot start: ${flags.length} options are missing`,
		`Without questions, these have to be given: ${flags.join(', ')}.`,
		[
			`Add ${flags.join(', ')}.`,
			'Start s3-replicate without a command in a terminal: it asks for everything.',
			'Try it without an AWS account: add --sandbox.',
		],
	);
}

/**
 * Complete answers as a request, or every problem with them at once.
 * In cross-region mode one account has both ends, so the destination's profile defaults to the source's.
 */
export function requestFrom(
	answers: Answers,
):
	| {readonly ok: true; readonly request: ReplicationRequest}
	| {readonly ok: false; readonly problems: readonly Problem[]} {
	const {mode, sourceBucket, destinationBucket} = answers;
	if (mode === undefined || sourceBucket === undefined || destinationBucket === undefined) {
		return {ok: false, problems: [missingProblem(missingAnswers(answers)), ...faultsOf(answers)]};
	}

	const missing = missingAnswers(answers);
	const sourceProfile = answers.sourceProfile ?? defaultChain;
	const request: ReplicationRequest = {
		mode,
		source: {profile: sourceProfile, bucket: sourceBucket, region: answers.sourceRegion},
		destination: {
			profile: answers.destinationProfile ?? sourceProfile,
			bucket: destinationBucket,
			region: answers.destinationRegion,
		},
		roleName: answers.roleName ?? defaultRoleName(mode, sourceBucket),
		isRoleChosen: [answers.roleName, answers.rolePath, answers.permissionsBoundary].some(
			(answer) => answer !== undefined,
		),
		rolePath: answers.rolePath,
		permissionsBoundary: answers.permissionsBoundary,
		keepsRole: answers.keepsRole ?? false,
		ruleId: answers.ruleId ?? defaultRuleId(mode),
	};
	const problems = [...(missing.length > 0 ? [missingProblem(missing)] : []), ...faultsOf(answers)];
	return problems.length > 0 ? {ok: false, problems} : {ok: true, request};
}

/** What is wrong with the answers that were given; names made from them are right where they are. */
function faultsOf(answers: Answers): readonly Problem[] {
	const {sourceBucket, destinationBucket, roleName, rolePath, permissionsBoundary, ruleId} = answers;
	const problems: Problem[] = [];
	for (const side of ['source', 'destination'] as const) {
		const bucket = answers[`${side}Bucket`];
		const name = bucket === undefined ? undefined : bucketNameFault(bucket);
		if (name) {
			problems.push(
				fixable('bucket-name', `Cannot use “${bucket}” as the ${side} bucket`, name, [
					`Give another name with --${side}-bucket.`,
				]),
			);
		}

		const region = answers[`${side}Region`];
		const fault = region === undefined ? undefined : regionFault(region);
		if (fault) {
			problems.push(
				fixable('unknown-region', `Cannot use the region “${region}” for the ${side} bucket`, fault, [
					`Give a region such as us-east-1 with --${side}-region.`,
				]),
			);
		}
	}

	if (sourceBucket !== undefined && sourceBucket === destinationBucket) {
		problems.push(
			fixable(
				'same-bucket',
				'Cannot replicate a bucket to itself',
				`Source and destination are both ${sourceBucket}.`,
				['Give two different buckets.'],
			),
		);
	}

	const {sourceRegion, destinationRegion} = answers;
	if (
		sourceRegion !== undefined &&
		destinationRegion !== undefined &&
		partitionOfRegion(sourceRegion) !== partitionOfRegion(destinationRegion)
	) {
		problems.push(
			fixable(
				'regions-of-two-partitions',
				'Cannot replicate between two partitions of AWS',
				`${sourceRegion} is in ${partitionOfRegion(sourceRegion)}, ${destinationRegion} is in ${partitionOfRegion(destinationRegion)}.`,
				['Choose two regions of one partition.'],
			),
		);
	}

	const role = roleName === undefined ? undefined : roleNameFault(roleName);
	if (role) {
		problems.push(
			fixable('role-name', `Cannot use “${roleName}” as the role's name`, role, [
				'Give another --role-name.',
			]),
		);
	}

	const path = rolePath === undefined ? undefined : rolePathFault(rolePath);
	if (path) {
		problems.push(
			fixable('role-path', `Cannot use “${rolePath}” as the role's path`, path, [
				'Give another --role-path.',
			]),
		);
	}

	const boundary = permissionsBoundary === undefined ? undefined : boundaryFault(permissionsBoundary);
	if (boundary) {
		problems.push(
			fixable(
				'permissions-boundary',
				`Cannot use “${permissionsBoundary}” as the role's permissions boundary`,
				boundary,
				['Give the ARN of a managed policy with --permissions-boundary.'],
			),
		);
	}

	const rule = ruleId === undefined ? undefined : ruleIdFault(ruleId);
	if (rule) {
		problems.push(
			fixable('rule-name', `Cannot use “${ruleId}” as the rule's name`, rule, ['Give another --rule-id.']),
		);
	}

	return problems;
}
