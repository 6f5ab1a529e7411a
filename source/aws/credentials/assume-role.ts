import type {AssumeRoleCommandInput, STSClient} from '@aws-sdk/client-sts';
import type {fromIni} from '@aws-sdk/credential-provider-ini';
import type {AwsCredentialIdentity} from '@smithy/types';
import type {TrySignIn} from '../../domain/sign-in.js';
import {ProblemError} from '../../domain/problem.js';
import {neededText} from '../responses/needed.js';
import type {Caller} from '../problems/caller.js';
import {errorOf} from '../problems/problem-of.js';

type RoleAssumers = Required<
	Pick<
		NonNullable<Parameters<typeof fromIni>[0]>,
		'roleAssumer' | 'roleAssumerWithWebIdentity' | 'mfaCodeProvider'
	>
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
	askCode: (serial: string, tryCode: TrySignIn) => Promise<void>,
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

	const assume = async (
		credentials: AwsCredentialIdentity,
		parameters: AssumeRoleCommandInput,
	): Promise<AwsCredentialIdentity> =>
		assumed('AssumeRole', parameters.RoleArn, async () => {
			const {AssumeRoleCommand} = await import('@aws-sdk/client-sts');
			return (await client(credentials)).send(new AssumeRoleCommand(parameters));
		});

	/** Once somebody gives a code that is of use: one that is wrong, or was used before, may be followed by the next. */
	async function assumeWithCode(
		credentials: AwsCredentialIdentity,
		serial: string,
		parameters: AssumeRoleCommandInput,
	): Promise<AwsCredentialIdentity> {
		let given: AwsCredentialIdentity | undefined;
		await askCode(serial, async (TokenCode) => {
			try {
				given = await assume(credentials, {...parameters, TokenCode});
				return {};
			} catch (error) {
				if (!(error instanceof ProblemError) || error.problem.code !== 'mfa-code-refused') throw error;
				return {
					refusal: 'AWS did not take that code. Each is good once, and for half a minute: type the next one.',
				};
			}
		});
		if (!given) throw new Error('No code was used.');
		return given;
	}

	return {
		// Asked later, by the role assumer: the SDK asks while the source's credentials are still being got, and nobody would
		// hear of their failure until a code was typed.
		mfaCodeProvider: async () => '',
		roleAssumer: async (credentials, parameters) => {
			const {SerialNumber: serial} = parameters;
			return serial === undefined
				? assume(credentials, parameters)
				: assumeWithCode(credentials, serial, parameters);
		},
		roleAssumerWithWebIdentity: async (parameters) =>
			assumed('AssumeRoleWithWebIdentity', parameters.RoleArn, async () => {
				const {AssumeRoleWithWebIdentityCommand} = await import('@aws-sdk/client-sts');
				return (await client(undefined)).send(new AssumeRoleWithWebIdentityCommand(parameters));
			}),
	};
}

function credentialsIn({Credentials: given, AssumedRoleUser: user}: Answer): AwsCredentialIdentity {
	return {
		accessKeyId: neededText(given?.AccessKeyId, 'AccessKeyId'),
		secretAccessKey: neededText(given?.SecretAccessKey, 'SecretAccessKey'),
		sessionToken: neededText(given?.SessionToken, 'SessionToken'),
		expiration: given?.Expiration,
		accountId: user?.Arn?.split(':')[4],
	};
}
