import {type AnswerName, type Answers, defaultChain} from './answers.js';
import {bucketNameFault} from './bucket-name.js';
import type {Mode} from './mode.js';
import {fixable, type Problem} from './problem.js';
import {regionFault} from './region.js';
import {defaultRoleName, defaultRuleId, roleNameFault, ruleIdFault} from './role-name.js';

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
		return {ok: false, problems: [missingProblem(missingAnswers(answers))]};
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
		ruleId: answers.ruleId ?? defaultRuleId(mode),
	};
	const problems = [...(missing.length > 0 ? [missingProblem(missing)] : []), ...faultsOf(request)];
	return problems.length > 0 ? {ok: false, problems} : {ok: true, request};
}

function faultsOf(request: ReplicationRequest): readonly Problem[] {
	const problems: Problem[] = [];
	for (const side of ['source', 'destination'] as const) {
		const end = request[side];
		const name = bucketNameFault(end.bucket);
		if (name) {
			problems.push(
				fixable('bucket-name', `Cannot use “${end.bucket}” as the ${side} bucket`, name, [
					`Give another name with --${side}-bucket.`,
				]),
			);
		}

		const region = end.region === undefined ? undefined : regionFault(end.region);
		if (region) {
			problems.push(
				fixable('unknown-region', `Cannot use the region “${end.region}” for the ${side} bucket`, region, [
					`Give a region such as us-east-1 with --${side}-region.`,
				]),
			);
		}
	}

	if (request.source.bucket === request.destination.bucket) {
		problems.push(
			fixable(
				'same-bucket',
				'Cannot replicate a bucket to itself',
				`Source and destination are both ${request.source.bucket}.`,
				['Give two different buckets.'],
			),
		);
	}

	const role = roleNameFault(request.roleName);
	if (role) {
		problems.push(
			fixable('role-name', `Cannot use “${request.roleName}” as the role's name`, role, [
				'Give another --role-name.',
			]),
		);
	}

	const rule = ruleIdFault(request.ruleId);
	if (rule) {
		problems.push(
			fixable('rule-name', `Cannot use “${request.ruleId}” as the rule's name`, rule, [
				'Give another --rule-id.',
			]),
		);
	}

	return problems;
}
