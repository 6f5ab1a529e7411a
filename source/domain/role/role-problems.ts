import {accountOfArn, partitionOfArn, rolePathOf} from '../arn.js';
import {otherPartitionProblem} from '../answers/rule-conflicts.js';
import {chooseRole, type RoleCase, type RoleChoice} from './choose-role.js';
import {gapText} from './role-gaps.js';
import type {Observed, ObservedRole} from '../observed/observed.js';
import {fixable, type Problem} from '../problem.js';
import type {ReplicationRequest} from '../answers/request.js';
import {takeOverProblems, undecidedProblem} from './role-choice-problems.js';
import {foreseeTrust} from './foresee-trust.js';
import {trustDocument} from './trust-policy.js';
import {roleFindings} from './role-findings.js';
import {rolePolicySizeProblems} from './role-policy-size-problems.js';
import {plannedRole} from './planned-role.js';

/** Everything about the role that must stop the run before its first write. Pure. */
export function roleProblems(request: ReplicationRequest, observed: Observed): readonly Problem[] {
	const choice = chooseRole(request, observed);
	const about = {request, observed, choice};
	if (choice.undecided) return [undecidedProblem(about)];
	if (choice.isGiven) return [...givenProblems(choice.arn, observed), ...takeOverProblems(about)];
	return [
		...takeOverProblems(about),
		...(choice.role ? existingRoleProblems(about, choice.role) : newProblems(about)),
		...rolePolicySizeProblems([about], choice),
	];
}

/** A role that S3 would not take from this caller: PassRole is about roles of one's own account. Source: IAM User Guide, id_roles_use_passrole. */
function givenProblems(arn: string, {source: {caller}}: Observed): readonly Problem[] {
	if (partitionOfArn(arn) !== caller.partition) return [otherPartitionProblem(arn, caller.partition)];
	if (accountOfArn(arn) === caller.accountId) return [];
	return [
		fixable(
			'role-of-another-account',
			`Cannot use a role of account ${accountOfArn(arn)}`,
			`The source belongs to account ${caller.accountId}. S3 takes a role from its own account only.`,
			[
				`Give the ARN of a role of account ${caller.accountId} with --role-arn.`,
				'Choose a source profile of the account of that role.',
			],
		),
	];
}

function existingRoleProblems(about: RoleCase, role: ObservedRole): readonly Problem[] {
	const {request, choice} = about;
	const problems: Problem[] = [...asOtherwiseAsked(request, choice, role)];
	const foreseen = foreseeTrust(role, request.source.bucket);
	if (foreseen.outcome === 'refused') {
		problems.push({
			...fixable(
				'role-not-trusting-s3',
				`Cannot use role ${choice.name}: S3 may not assume it`,
				'Its trust policy does not let s3.amazonaws.com perform sts:AssumeRole.',
				[
					'Choose another role name (--role-name): it is created as it must be.',
					'Let the trust policy of that role let s3.amazonaws.com in: see below.',
				],
			),
			documents: [trustDocument(role.trust, foreseen, `Trust policy for role ${choice.name}`)],
		});
	}

	return [...problems, ...gapProblems(about, role)];
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
				`Cannot create role ${name} at ${rolePath}: it exists`,
				`Role names are unique in an account, whatever their path. It is ${role.arn}.`,
				['Leave out --role-path: the role is used where it is.', 'Give another --role-name.'],
			),
		);
	}

	if (permissionsBoundary !== undefined && permissionsBoundary !== role.boundary?.arn) {
		problems.push(
			fixable(
				'role-boundary-differs',
				`Cannot use role ${name} with boundary ${permissionsBoundary}`,
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

function gapProblems(about: RoleCase, role: ObservedRole): readonly Problem[] {
	const {
		request,
		choice: {name},
	} = about;
	const {stops, policies, boundaries} = roleFindings(about, role);
	const beyond = stops.filter(({reason}) => reason !== 'missing');
	const missing = stops.filter(({reason}) => reason === 'missing');
	const problems: Problem[] = [];
	if (beyond.length > 0) {
		problems.push({
			...fixable(
				'role-held-back',
				`Cannot replicate with role ${name}: its policies deny`,
				`${beyond.map(gapText).join('; ')}. Another policy of the role would not change that.`,
				[
					'Choose another role name (--role-name): it is created as it must be.',
					`Ask whoever may change the role ${name} or its permissions boundary.`,
				],
			),
			documents: boundaries.map((value) => ({title: 'What the permissions boundary has to allow', value})),
		});
	}

	if (request.keepsRole && missing.length > 0 && role.unread.length === 0) {
		problems.push({
			...fixable(
				'role-lacks',
				`Cannot replicate with role ${name}: it lacks permissions (--keep-role)`,
				`${missing.map(gapText).join('; ')}.`,
				[
					`Give the policy below to whoever manages role ${name}, and run this again.`,
					'Leave out --keep-role: the policy is put into the role.',
				],
			),
			documents: policies.map((value) => ({title: `A policy to add to the role ${name}`, value})),
		});
	}

	return problems;
}

function newProblems(about: RoleCase): readonly Problem[] {
	const {
		request,
		observed: {boundary},
		choice: {name},
	} = about;
	if (request.keepsRole) {
		return [
			fixable(
				'role-missing',
				`Cannot use role ${name}: it does not exist`,
				'It may only be used, not created (--keep-role).',
				['Give the name of a role that exists with --role-name.', 'Leave out --keep-role: it is created.'],
			),
		];
	}

	const boundaryArn = request.permissionsBoundary ?? '';
	if (boundary?.state === 'absent') {
		return [
			fixable(
				'boundary-missing',
				`Cannot create role ${name}: its boundary is missing`,
				`There is no policy ${boundaryArn}.`,
				['Give the ARN of a managed policy that exists with --permissions-boundary.'],
			),
		];
	}

	const role = plannedRole(about);
	if (role === undefined) return [];
	const {stops, boundaries} = roleFindings(about, role);
	const held = stops.filter(({reason}) => reason !== 'missing');
	if (held.length === 0) return [];
	return [
		{
			...fixable(
				'boundary-too-tight',
				`Cannot replicate with a role bounded by ${boundaryArn}`,
				`A role may do only what its boundary allows as well. ${held.map(gapText).join('; ')}.`,
				['Give another --permissions-boundary.', 'Ask for the boundary to allow what stands below.'],
			),
			documents: boundaries.map((value) => ({title: 'What the permissions boundary has to allow', value})),
		},
	];
}
