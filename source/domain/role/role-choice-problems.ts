import {roleNameOf, rolePathOf} from '../arn.js';
import type {RoleChoice} from './choose-role.js';
import type {Observed} from '../observed/observed.js';
import {fixable, type Problem} from '../problem.js';
import {ruleText} from '../rule/rule-meaning.js';
import type {ReplicationRequest} from '../answers/request.js';
import {takeOverFault} from './take-over-fault.js';

/** The rules have a role that can neither be kept nor be replaced without a person's word. */
export function undecidedProblem(
	request: ReplicationRequest,
	observed: Observed,
	{name, undecided}: RoleChoice,
): Problem {
	const {replication, caller} = observed.source;
	const existing = replication?.Role ?? '';
	const why = {
		deleted: 'It does not exist, and the other rules rely on it: they replicate nothing now.',
		foreign: `It is not of account ${caller.accountId}, and the other rules rely on it.`,
		unreadable: `It may not be read: whether it can be extended is not known. ${undecided?.state === 'unreadable' ? undecided.cause : ''}`,
	}[undecided?.state ?? 'unreadable'];
	const keep = {
		deleted: `To keep it: create ${roleNameOf(existing)} again with the path ${rolePathOf(existing)}, trusting s3.amazonaws.com, and run this again.`,
		foreign: 'To keep it: remove the other rules, or replicate from another source bucket.',
		unreadable: `To keep it: get iam:GetRole on ${existing}, and run this again.`,
	}[undecided?.state ?? 'unreadable'];
	return fixable(
		'another-role',
		`Cannot choose a role for ${request.source.bucket}: it has one`,
		`One role serves all rules of a bucket. The existing one is ${existing}. ${why}`.trim(),
		[
			keep,
			`To switch all rules to a role of this program: --role-name ${name === roleNameOf(existing) ? `${name}-2` : name}. It gets what every rule needs.`,
		],
	);
}

/** The rules that would stop under the role that a person named, if there are any. */
export function takeOverProblems(
	request: ReplicationRequest,
	observed: Observed,
	{arn, takesOver}: RoleChoice,
): readonly Problem[] {
	const faults = takesOver.flatMap((rule) => {
		const fault = takeOverFault(rule, request, observed, arn);
		return fault === undefined ? [] : [`${rule.ID ?? ''} (${ruleText(rule)}): ${fault}`];
	});
	if (faults.length === 0) return [];
	const existing = observed.source.replication?.Role ?? '';
	return [
		fixable(
			'role-cannot-take-over',
			`Cannot switch the role of ${request.source.bucket}: ${faults.length} rules stop`,
			`One role serves all rules of a bucket, now ${existing}. ${faults.join('; ')}.`,
			[
				'Keep the existing role: leave out --role-arn, --role-name, --role-path and --permissions-boundary.',
				`Give ${arn} what these rules need, switch them, and run this again.`,
			],
		),
	];
}
