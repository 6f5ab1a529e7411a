import type {PolicyDocument} from '../../policy/document.js';
import {answerTable} from '../answers/answer-table.js';
import {fixable, type Problem} from '../problem.js';
import {kindOf, staleStatements, withoutDeletedPrincipals} from '../role/deleted-principals.js';

/**
 * Why every Put of a policy would be refused: one of its statements names a deleted role or user, which AWS shows as a unique id. Nothing
 * where none does.
 * Source: S3 User Guide, "Troubleshoot access denied errors" (Invalid principal in policy); IAM User Guide, "AWS JSON policy elements:
 * Principal"; KMS API Reference, PutKeyPolicy (principals must exist and be visible to KMS).
 *
 * @param kind what kind of policy it is
 * @param target the bucket or key whose policy it is
 * @param service who refuses it
 */
export function deletedPrincipalsProblem(
	policy: PolicyDocument,
	{kind, target, service}: {readonly kind: string; readonly target: string; readonly service: string},
): Problem | undefined {
	const stale = staleStatements(policy);
	if (stale.length === 0) return undefined;
	const named = stale.map(({name, id}) => `${name} names ${id}, a deleted ${kindOf(id)}`).join('; ');
	const [them, those] = stale.length === 1 ? ['it', 'that statement'] : ['them', 'those statements'];
	return {
		...fixable(
			'policy-names-deleted',
			`Cannot write the policy of ${target}: invalid principal`,
			`Statement ${named}. ${service} refuses every policy with such a principal, and the statement lets nobody in.`,
			[
				`Add --${answerTable.dropsDeletedPrincipals.flag}: the plan drops ${them}, and shows it.`,
				`Or remove ${those} from the ${kind} of ${target}, and run this again.`,
				'Or replace the id with the ARN of a role or user that exists.',
			],
		),
		documents: [
			{
				title: `The policy of ${target} without ${them}`,
				before: policy,
				value: withoutDeletedPrincipals(policy),
				consent: 'dropsDeletedPrincipals',
			},
		],
	};
}
