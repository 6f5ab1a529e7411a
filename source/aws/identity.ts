import type {STSClient} from '@aws-sdk/client-sts';
import type {Identity} from './ports.js';
import {errorOf} from './problem-of.js';

type Credentials = () => Promise<{readonly accountId?: string}>;

/** Who the caller is, asked of STS: works with no permissions at all. Source: STS API Reference, GetCallerIdentity. */
export function identityPort(
	client: () => Promise<STSClient>,
	credentials: Credentials,
	call: {readonly profile: string; readonly endpointUrl?: string},
): Identity {
	const failed = (error: unknown): Error => errorOf(error, {operation: 'GetCallerIdentity', ...call});
	return {
		async knownAccountId() {
			try {
				return (await credentials()).accountId;
			} catch (error) {
				throw failed(error);
			}
		},
		async getCaller(signal) {
			try {
				const {GetCallerIdentityCommand} = await import('@aws-sdk/client-sts');
				const answer = await (await client()).send(new GetCallerIdentityCommand({}), {abortSignal: signal});
				const arn = answer.Arn ?? '';
				return {accountId: answer.Account ?? '', arn, partition: arn.split(':')[1] ?? 'aws'};
			} catch (error) {
				throw failed(error);
			}
		},
	};
}
