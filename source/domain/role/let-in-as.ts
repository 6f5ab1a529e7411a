import type {Statement} from '../../policy/document.js';
import {accountOfArn} from '../arn.js';

/**
 * Whom a statement of another account's policy lets in. A role by its ARN has to exist before the policy is written; its account may be named
 * at any time, and the condition leaves the role alone of it. Who hands a policy over to somebody else names the account.
 * Source: IAM User Guide, "AWS JSON policy elements: Principal" and "AWS global condition context keys" (aws:PrincipalArn).
 */
export function letInAs(roleArn: string, byAccount: boolean): Pick<Statement, 'Principal' | 'Condition'> {
	if (!byAccount) return {Principal: {AWS: roleArn}};
	const [, partition = 'aws'] = roleArn.split(':');
	return {
		Principal: {AWS: `arn:${partition}:iam::${accountOfArn(roleArn)}:root`},
		Condition: {ArnEquals: {'aws:PrincipalArn': roleArn}},
	};
}
