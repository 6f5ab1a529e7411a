import {CreateKeyCommand, type KMSClient} from '@aws-sdk/client-kms';
import {policyOf, type Statement} from './replicated-pair.js';

/** Makes a key, with the policy of these statements or the usual one, and gives its ARN. */
export async function createKey(client: KMSClient, statements?: readonly Statement[]): Promise<string> {
	const Policy = statements === undefined ? undefined : policyOf(statements);
	return (await client.send(new CreateKeyCommand({Policy}))).KeyMetadata?.Arn ?? '';
}

/** A statement of a key's policy. */
export function letIn(
	principal: string,
	actions: string | readonly string[],
	conditions: Readonly<Record<string, string>> = {},
): Statement {
	return {
		Effect: 'Allow',
		Principal: {AWS: principal},
		Action: actions,
		Resource: '*',
		...(Object.keys(conditions).length === 0 ? {} : {Condition: {StringLike: conditions}}),
	};
}

/** The statement that leaves a key to the IAM of an account. */
export function leftToIam(accountId: string): Statement {
	return letIn(`arn:aws:iam::${accountId}:root`, 'kms:*');
}
