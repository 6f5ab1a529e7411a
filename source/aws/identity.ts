import type {STSClient} from '@aws-sdk/client-sts';
import type {Identity} from './ports.js';
import {type Caller, errorOf} from './problem-of.js';

type Credentials = () => Promise<{readonly accountId?: string}>;

/** Who the caller is, asked of STS: works with no permissions at all. Source: STS API Reference, GetCallerIdentity. */
export function identityPort(
	client: () => Promise<STSClient>,
	credentials: Credentials,
	call: Caller,
	/** Told of each answer, so that problems can name who called. */
	onCaller: (arn: string) => void,
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
				onCaller(arn);
				return {accountId: answer.Account ?? '', arn, partition: arn.split(':')[1] ?? 'aws'};
			} catch (error) {
				throw failed(error);
			}
		},
	};
}
