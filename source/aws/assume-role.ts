import type {STSClient} from '@aws-sdk/client-sts';
import type {fromIni} from '@aws-sdk/credential-provider-ini';
import type {AwsCredentialIdentity} from '@smithy/types';
import {type Caller, errorOf} from './problem-of.js';

type RoleAssumers = Required<
	Pick<NonNullable<Parameters<typeof fromIni>[0]>, 'roleAssumer' | 'roleAssumerWithWebIdentity'>
>;

type Answer = {
	readonly Credentials?: {
		readonly AccessKeyId?: string;
		readonly SecretAccessKey?: string;
		readonly SessionToken?: string;
		readonly Expiration?: Date;
	};
	readonly AssumedRoleUser?: {readonly Arn?: string};
};

/**
 * How profiles with a role assume it: at the endpoint of every other call of theirs. The SDK's own way would ask AWS itself,
 * or the active profile's endpoint. The client is made with the credentials given, or with none.
 * Source: STS API Reference, AssumeRole and AssumeRoleWithWebIdentity.
 */
export function roleAssumers(
	client: (credentials: AwsCredentialIdentity | undefined) => Promise<STSClient>,
	caller: Caller,
): RoleAssumers {
	async function assumed(
		operation: string,
		roleArn: string | undefined,
		send: () => Promise<Answer>,
	): Promise<AwsCredentialIdentity> {
		try {
			return credentialsIn(await send());
		} catch (error) {
			throw errorOf(error, {operation, target: roleArn, ...caller});
		}
	}

	return {
		roleAssumer: async (credentials, parameters) =>
			assumed('AssumeRole', parameters.RoleArn, async () => {
				const {AssumeRoleCommand} = await import('@aws-sdk/client-sts');
				return (await client(credentials)).send(new AssumeRoleCommand(parameters));
			}),
		roleAssumerWithWebIdentity: async (parameters) =>
			assumed('AssumeRoleWithWebIdentity', parameters.RoleArn, async () => {
				const {AssumeRoleWithWebIdentityCommand} = await import('@aws-sdk/client-sts');
				return (await client(undefined)).send(new AssumeRoleWithWebIdentityCommand(parameters));
			}),
	};
}

function credentialsIn({Credentials: given, AssumedRoleUser: user}: Answer): AwsCredentialIdentity {
	return {
		accessKeyId: given?.AccessKeyId ?? '',
		secretAccessKey: given?.SecretAccessKey ?? '',
		sessionToken: given?.SessionToken,
		expiration: given?.Expiration,
		accountId: user?.Arn?.split(':')[4],
	};
}
