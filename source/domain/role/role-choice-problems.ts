import {accountOfArn, bucketOfArn, roleNameOf, rolePathOf} from '../arn.js';
import {fixable, type Problem} from '../problem.js';
import {ruleText} from '../rule/rule-meaning.js';
import type {ReplicationRule} from '../rule/replication-configuration.js';
import {optionsIn} from '../rule/rule-options.js';
import {dutiesOf} from './duties.js';
import {grantsNeed} from './grants.js';
import {placesOf} from './places.js';
import {dutyContext} from './role-duties.js';
import type {RoleCase} from './choose-role.js';

/** The rules have a role that can neither be kept nor be replaced without a person's word. */
export function undecidedProblem({request, observed, choice: {name, undecided}}: RoleCase): Problem {
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
export function takeOverProblems(about: RoleCase): readonly Problem[] {
	const {
		request,
		observed,
		choice: {arn, takesOver},
	} = about;
	const faults = takesOver.flatMap((rule) => {
		const fault = takeOverFault(rule, about);
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

/**
 * Why a rule that is taken over would stop: what it needs of another account (`dutiesOf`: the policy of its bucket, of its key) is not
 * in this program's hands. What it needs of the role the role gets, as for a rule that is made. Nothing where it goes on.
 */
function takeOverFault(rule: ReplicationRule, about: RoleCase): string | undefined {
	return bucketFault(rule, about) ?? keyFault(rule, about);
}

function bucketFault(
	{Destination: {Bucket: arn, Account: account}}: ReplicationRule,
	{request, observed: {source, ownBuckets}}: RoleCase,
): string | undefined {
	const bucket = bucketOfArn(arn);
	// Its policy gets what this rule needs, too.
	if (bucket === request.destination.bucket) return undefined;
	if (account !== undefined && account !== source.caller.accountId)
		return `${bucket} is of account ${account}, and its bucket policy has to name the role`;
	if (ownBuckets?.state === 'read' && ownBuckets.names.includes(bucket)) return undefined;
	return ownBuckets?.state === 'read'
		? `${bucket} is not of account ${source.caller.accountId}: its bucket policy must name the role`
		: `it is not known whose ${bucket} is: ${ownBuckets?.cause ?? 'the buckets of the account have not been read.'}`;
}

/** In the role's own account a key leaves the decision to IAM as a rule; another account's has to let the role in itself. */
function keyFault(rule: ReplicationRule, {request, observed, choice}: RoleCase): string | undefined {
	const {kmsKey} = optionsIn(rule);
	if (kmsKey === undefined || accountOfArn(kmsKey) === observed.source.caller.accountId) return undefined;
	const {key} = observed.destination;
	const policy = key?.state === 'existing' && key.key.arn === kmsKey ? key.policy : undefined;
	const places = placesOf(request, observed, [rule]);
	const isLetIn =
		policy?.state === 'read' &&
		dutiesOf(rule, dutyContext(request, observed)).keyPolicy.every((need) =>
			grantsNeed(policy.document, {...need, resource: kmsKey}, choice.arn, places),
		);
	return isLetIn
		? undefined
		: `its key ${kmsKey} is of account ${accountOfArn(kmsKey)}: its key policy must name the role`;
}
