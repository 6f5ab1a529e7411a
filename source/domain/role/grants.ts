import {foresee, type Foresight} from '../../policy/foresee.js';
import type {PolicyDocument, Statement} from '../../policy/document.js';
import type {Need} from './duties.js';
import {type Places, replicationCalls} from './replication-calls.js';
import {accountOfArn} from '../arn.js';
import {allowsAll} from '../../policy/decision.js';

/**
 * What the policy of a bucket or key of another account says to each call that S3 makes as the role for a need; what the role's
 * own policies say is asked apart. Trust in the role's whole account counts: it is what the S3 console writes.
 */
export function foreseeGrant(
	document: PolicyDocument,
	need: Need,
	roleArn: string,
	places: Places,
): ReadonlyArray<{readonly action: string; readonly foreseen: readonly Foresight[]}> {
	return need.actions.map((action) => ({
		action,
		foreseen: replicationCalls(roleArn, action, need, places).map((call) =>
			foresee(
				// Another account's, whichever: then both sides have to allow.
				{...call, resourceAccountId: 'another account'},
				{identity: [allowsAll], resource: {name: 'its policy', document}},
			),
		),
	}));
}

/** Whether a policy of another account lets the role do all that is needed, for certain. */
export function grantsNeed(document: PolicyDocument, need: Need, roleArn: string, places: Places): boolean {
	return foreseeGrant(document, need, roleArn, places).every(({foreseen}) =>
		foreseen.every(({outcome}) => outcome === 'allowed'),
	);
}

/**
 * Whom a statement of another account's policy lets in. A role by its ARN has to exist before the policy is written; its account may be named
 * at any time, and the condition leaves the role alone of it. Who hands a policy over to somebody else names the account.
 * Source: IAM User Guide, "AWS JSON policy elements: Principal" and "AWS global condition context keys" (aws:PrincipalArn).
 */
export function granteeOf(roleArn: string, byAccount: boolean): Pick<Statement, 'Principal' | 'Condition'> {
	if (!byAccount) return {Principal: {AWS: roleArn}};
	const [, partition = 'aws'] = roleArn.split(':');
	return {
		Principal: {AWS: `arn:${partition}:iam::${accountOfArn(roleArn)}:root`},
		Condition: {ArnEquals: {'aws:PrincipalArn': roleArn}},
	};
}
