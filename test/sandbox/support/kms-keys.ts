import {CreateKeyCommand, type KMSClient} from '@aws-sdk/client-kms';
import {ruleTo} from './open-sandbox.js';
import {type Pair, policyOf, type Statement} from './replicated-pair.js';

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

/** The keys of a rule. */
export type Keys = {readonly source: string; readonly replica: string};

/** The rules of a source whose objects of KMS are replicated, under this key. */
export const rulesWith = (replicaKey: string) => (destination: string) => [
	ruleTo(destination, {
		SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: 'Enabled'}},
		Destination: {
			Bucket: `arn:aws:s3:::${destination}`,
			EncryptionConfiguration: {ReplicaKmsKeyID: replicaKey},
		},
	}),
];

/** The role's rights as AWS documents them (S3 User Guide, replication-config-for-kms-objects), of both forms of the context. */
export const keyRights = (pair: Pair, keys: Keys, missing: readonly string[] = []): readonly Statement[] => {
	const statement = (actions: readonly string[], key: string, region: string, bucket: string): Statement => ({
		Effect: 'Allow',
		Action: ['kms:ListGrants', ...actions.filter((action) => !missing.includes(action))],
		Resource: key,
		Condition: {
			StringLike: {
				'kms:ViaService': `s3.${region}.amazonaws.com`,
				'kms:EncryptionContext:aws:s3:arn': [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
			},
		},
	});
	return [
		statement(['kms:Decrypt'], keys.source, 'us-east-1', pair.source),
		statement(
			['kms:Encrypt', 'kms:GenerateDataKey', 'kms:Decrypt'],
			keys.replica,
			'us-west-2',
			pair.destination,
		),
	];
};

/** A statement that lets a role use a key through S3, for a bucket. */
export const keyUsage = (
	actions: readonly string[],
	key: string,
	region: string,
	bucket: string,
	contexts?: readonly string[],
): Statement => ({
	Effect: 'Allow',
	// ListGrants, which replication does not use, keeps a list from being empty.
	Action: ['kms:ListGrants', ...actions],
	Resource: key,
	Condition: {
		StringLike: {
			'kms:ViaService': `s3.${region}.amazonaws.com`,
			'kms:EncryptionContext:aws:s3:arn': contexts ?? [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
		},
	},
});
