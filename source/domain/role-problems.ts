import {bucketOfArn, roleNameOf, rolePathOf} from './arn.js';
import {chooseRole, type RoleChoice} from './choose-role.js';
import type {Observed, ObservedRole} from './observed.js';
import {planRolePolicies} from './plan-role.js';
import {fixable, type Problem} from './problem.js';
import {trustPolicy} from './replication-policies.js';
import {ruleText} from './rule-meaning.js';
import type {ReplicationRequest} from './request.js';
import {roleDuties, takeOverFault} from './role-duties.js';
import {type RoleGap, roleGaps, trustsS3} from './role-gaps.js';

/** Source: IAM User Guide, "IAM and AWS STS quotas": the inline policies of a role together, white space not counted. */
const mostInlineCharacters = 10_240;

/** Everything about the role that must stop the run before its first write. Pure. */
export function roleProblems(request: ReplicationRequest, observed: Observed): readonly Problem[] {
	const choice = chooseRole(request, observed);
	if (choice.undecided) return [undecidedProblem(request, observed, choice)];
	return [
		...takeOverProblems(request, observed, choice),
		...(choice.role
			? presentProblems(request, observed, choice, choice.role)
			: newProblems(request, observed, choice)),
		...lengthProblems(request, observed, choice),
	];
}

function undecidedProblem(
	request: ReplicationRequest,
	observed: Observed,
	{name, undecided}: RoleChoice,
): Problem {
	const {replication, caller} = observed.source;
	const present = replication?.Role ?? '';
	const why = {
		deleted: 'It does not exist any more, and the other rules rely on it: nothing is replicated by them now.',
		foreign: `It is not of account ${caller.accountId}, and the other rules rely on it.`,
		unreadable: `It may not be read, so that it is not known whether it can be extended. ${undecided?.state === 'unreadable' ? undecided.cause : ''}`,
	}[undecided?.state ?? 'unreadable'];
	const keep = {
		deleted: `To keep it: create ${roleNameOf(present)} again with the path ${rolePathOf(present)}, trusting s3.amazonaws.com, and run this again.`,
		foreign: 'To keep it: remove the other rules, or replicate from another source bucket.',
		unreadable: `To keep it: get iam:GetRole on ${present}, and run this again.`,
	}[undecided?.state ?? 'unreadable'];
	return fixable(
		'another-role',
		`Cannot choose the role for ${request.source.bucket}: its rules use another one`,
		`One role serves all rules of a bucket. The present one is ${present}. ${why}`.trim(),
		[
			keep,
			`To switch all rules to a role of this program: --role-name ${name === roleNameOf(present) ? `${name}-2` : name}. It gets what every rule needs.`,
		],
	);
}

function takeOverProblems(
	request: ReplicationRequest,
	observed: Observed,
	{arn, takesOver}: RoleChoice,
): readonly Problem[] {
	const faults = takesOver.flatMap((rule) => {
		const fault = takeOverFault(rule, request, observed);
		return fault === undefined ? [] : [`${rule.ID ?? ''} (${ruleText(rule)}): ${fault}`];
	});
	if (faults.length === 0) return [];
	const present = observed.source.replication?.Role ?? '';
	return [
		fixable(
			'role-cannot-take-over',
			`Cannot switch the rules of ${request.source.bucket} to ${roleNameOf(arn)}: ${faults.length} of them would stop`,
			`One role serves all rules of a bucket, now ${present}. ${faults.join('; ')}.`,
			[
				'Keep the present role: leave out --role-name, --role-path and --permissions-boundary.',
				`Give ${arn} what these rules need, switch them in the S3 console, and run this again.`,
			],
		),
	];
}

function presentProblems(
	request: ReplicationRequest,
	observed: Observed,
	choice: RoleChoice,
	role: ObservedRole,
): readonly Problem[] {
	const problems: Problem[] = [...asOtherwiseAsked(request, choice, role)];
	if (!trustsS3(role)) {
		problems.push({
			...fixable(
				'role-not-trusting-s3',
				`Cannot use the role ${choice.name}: S3 may not assume it`,
				'Its trust policy does not let s3.amazonaws.com perform sts:AssumeRole.',
				[
					'Choose another role name (--role-name): it is created as it must be.',
					'Add s3.amazonaws.com to the trust policy of that role.',
				],
			),
			documents: [{title: 'A trust policy that lets S3 in', value: trustPolicy}],
		});
	}

	return [...problems, ...gapProblems(request, observed, choice, role)];
}

/** A role that is there is not moved or bound: what was asked for it is so already, or it is said. */
function asOtherwiseAsked(
	{rolePath, permissionsBoundary}: ReplicationRequest,
	{name}: RoleChoice,
	role: ObservedRole,
): readonly Problem[] {
	const problems: Problem[] = [];
	const path = rolePathOf(role.arn);
	if (rolePath !== undefined && rolePath !== path) {
		problems.push(
			fixable(
				'role-elsewhere',
				`Cannot create the role ${name} with the path ${rolePath}: it exists with the path ${path}`,
				`Role names are unique in an account, whatever their path. It is ${role.arn}.`,
				['Leave out --role-path: the role is used where it is.', 'Give another --role-name.'],
			),
		);
	}

	if (permissionsBoundary !== undefined && permissionsBoundary !== role.boundary?.arn) {
		problems.push(
			fixable(
				'role-boundary-differs',
				`Cannot use the role ${name} with the permissions boundary ${permissionsBoundary}`,
				role.boundary
					? `The role exists, and its boundary is ${role.boundary.arn}.`
					: 'The role exists, and it has no boundary.',
				[
					'Leave out --permissions-boundary: the role is used as it is.',
					'Give another --role-name: the role is created with the boundary.',
				],
			),
		);
	}

	return problems;
}

function gapProblems(
	request: ReplicationRequest,
	observed: Observed,
	choice: RoleChoice,
	role: ObservedRole,
): readonly Problem[] {
	const {name} = choice;
	const found = roleDuties(request, observed, choice).map(({needed}) => roleGaps(role, needed));
	const gaps = uniqueGaps(found.flatMap((one) => one.gaps));
	const beyond = gaps.filter(({reason}) => reason !== 'missing');
	const missing = gaps.filter(({reason}) => reason === 'missing');
	const problems: Problem[] = [];
	if (beyond.length > 0) {
		const boundary = found.flatMap((one) => one.boundary ?? []);
		problems.push({
			...fixable(
				'role-held-back',
				`Cannot replicate with the role ${name}: its own policies hold it back`,
				`${beyond.map(gapText).join('; ')}. Another policy of the role would not change that.`,
				[
					'Choose another role name (--role-name): it is created as it must be.',
					`Ask whoever may change the role ${name} or its permissions boundary.`,
				],
			),
			documents: boundary.map((value) => ({title: 'What the permissions boundary has to allow', value})),
		});
	}

	if (request.keepsRole && missing.length > 0 && role.unread.length === 0) {
		problems.push({
			...fixable(
				'role-lacks',
				`Cannot replicate with the role ${name}: it lacks permissions, and it may not be changed`,
				`${missing.map(gapText).join('; ')}.`,
				[
					`Give the policy below to whoever may change the role ${name}, and run this again.`,
					'Leave out --keep-role: the policy is put into the role.',
				],
			),
			documents: found.flatMap(({policy}) =>
				policy === undefined ? [] : [{title: `A policy to add to the role ${name}`, value: policy}],
			),
		});
	}

	return problems;
}

function newProblems(
	request: ReplicationRequest,
	observed: Observed,
	choice: RoleChoice,
): readonly Problem[] {
	const {name, arn} = choice;
	if (request.keepsRole) {
		return [
			fixable(
				'role-missing',
				`Cannot use the role ${name}: it does not exist`,
				'It may only be used, not created (--keep-role).',
				['Give the name of a role that exists with --role-name.', 'Leave out --keep-role: it is created.'],
			),
		];
	}

	const {boundary} = observed;
	const boundaryArn = request.permissionsBoundary ?? '';
	if (boundary?.state === 'absent') {
		return [
			fixable(
				'boundary-missing',
				`Cannot create the role ${name}: its permissions boundary does not exist`,
				`There is no policy ${boundaryArn}.`,
				['Give the ARN of a managed policy that exists with --permissions-boundary.'],
			),
		];
	}

	if (boundary?.state !== 'here') return [];
	const role: ObservedRole = {
		arn,
		trust: trustPolicy,
		inline: [],
		attached: [],
		boundary: {arn: boundaryArn, document: boundary.document},
		unread: [],
	};
	const found = roleDuties(request, observed, choice).map(({needed}) => roleGaps(role, needed));
	const held = uniqueGaps(found.flatMap(({gaps}) => gaps)).filter(({reason}) => reason !== 'missing');
	if (held.length === 0) return [];
	return [
		{
			...fixable(
				'boundary-too-tight',
				`Cannot replicate with a role bounded by ${boundaryArn}`,
				`A role may do only what its boundary allows as well. ${held.map(gapText).join('; ')}.`,
				['Give another --permissions-boundary.', 'Ask for the boundary to allow what stands below.'],
			),
			documents: found.flatMap(({boundary: value}) =>
				value === undefined ? [] : [{title: 'What the permissions boundary has to allow', value}],
			),
		},
	];
}

function lengthProblems(
	request: ReplicationRequest,
	observed: Observed,
	choice: RoleChoice,
): readonly Problem[] {
	const duties = roleDuties(request, observed, choice);
	const puts = planRolePolicies(request, observed.source.caller, choice, duties);
	if (puts.every(({change}) => change === 'keep')) return [];
	const replaced = new Set(puts.map(({policyName}) => policyName));
	const documents = [
		...puts.flatMap(({change, before, after}) => (change === 'keep' ? (before ?? []) : after)),
		...(choice.role?.inline ?? []).filter(({name}) => !replaced.has(name)).map(({document}) => document),
	];
	const characters = documents
		.map((document) => JSON.stringify(document).replaceAll(/\s/g, '').length)
		.reduce((sum, length) => sum + length, 0);
	if (characters <= mostInlineCharacters) return [];
	return [
		fixable(
			'role-policies-too-long',
			`Cannot extend the role ${choice.name}: its inline policies would be too long`,
			`Together they would have ${characters} characters, and IAM takes at most ${mostInlineCharacters} in a role.`,
			[
				'Choose another role name (--role-name).',
				'Turn some inline policies of that role into managed ones, and run this again.',
			],
		),
	];
}

function uniqueGaps(gaps: readonly RoleGap[]): readonly RoleGap[] {
	return [...new Map(gaps.map((gap) => [JSON.stringify(gap), gap])).values()];
}

/** A gap for people: `s3:ReplicateObject on dst/* is missing`. */
export function gapText({reason, actions, resource, deniedBy}: RoleGap): string {
	const what = `${actions.join(', ')} on ${bucketOfArn(resource)}`;
	if (reason === 'missing') return `${what} is missing`;
	if (reason === 'boundary') return `${what} is not allowed by its permissions boundary`;
	return `${what} is denied by ${deniedBy.join(', ')}`;
}
