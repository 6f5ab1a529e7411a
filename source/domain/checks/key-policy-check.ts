import {grants} from '../../policy/compare.js';
import type {Observed} from '../observed/observed.js';
import {fixable, type Problem} from '../problem.js';
import {chooseRole} from '../role/choose-role.js';
import type {Need} from '../role/duties.js';
import {keyPolicyNeeds} from '../role/role-duties.js';
import {defineCheck} from './define-check.js';
import {ok, unknown, warning, whenRead} from './verdict.js';

/**
 * Whether the policy of the key for replicas lets the role in, where the key is another account's: the role's own policy is not enough there.
 * Source: S3 User Guide, "Replicating encrypted objects", cross-account scenarios; KMS Developer Guide, "Allowing users in other accounts to use a KMS key".
 */
export const keyPolicyCheck = defineCheck({
	id: 'destination-key-policy',
	title: 'Key policy',
	group: 'destination',
	isNeeded: ({mode, rule}) => mode === 'cross-account' && rule?.kmsKey !== undefined,
	needs: ['observed'],
	decide: ({request}, {observed: reading}) =>
		whenRead([reading], (observed) => {
			const {arn} = chooseRole(request, observed);
			const needs = keyPolicyNeeds(request, observed, arn);
			const policy = policyOf(observed);
			const kmsKey = request.rule?.kmsKey ?? '';
			if (policy?.state !== 'read') {
				const cause = policy?.cause ?? 'The key was not read.';
				return unknown(
					'the policy of the key has not been read',
					notLetIn(
						'key-policy-unread',
						`Whether the policy of ${kmsKey} lets the role in is not known`,
						cause,
						{
							arn,
							needs,
						},
					),
				);
			}

			const isLetIn = needs.every(({actions}) =>
				grants(policy.document, {principalArn: arn, actions, resource: '*'}),
			);
			if (isLetIn) return ok('it lets the role in');
			return warning(
				'no statement lets the role in for certain',
				notLetIn(
					'key-policy-without-role',
					`The policy of ${kmsKey} may not let the role in`,
					`Replicas are encrypted by ${arn}, and a key of another account has to let it in by its own policy. Statements with conditions are not counted. Without it S3 fails each object with SSE-KMS.`,
					{arn, needs},
				),
			);
		}),
});

function policyOf({destination: {key}}: Observed) {
	return key?.state === 'here' ? key.policy : undefined;
}

type Wanted = {readonly arn: string; readonly needs: readonly Need[]};

/** KMS refuses a principal that does not exist yet: the role's account is one that does. */
function notLetIn(code: string, headline: string, cause: string, {arn, needs}: Wanted): Problem {
	const [, partition, , , account] = arn.split(':');
	const statement = {
		Sid: 'S3Replication',
		Effect: 'Allow',
		Principal: {AWS: `arn:${partition}:iam::${account}:root`},
		Action: needs.flatMap(({actions}) => actions),
		Resource: '*',
		Condition: {ArnEquals: {'aws:PrincipalArn': arn}},
	};
	return fixable(code, headline, cause, [
		`Add this statement to the key's policy: ${JSON.stringify(statement)}`,
		'Go on if it lets the role in, and see whether a test file arrives.',
	]);
}
