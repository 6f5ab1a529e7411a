import type {STSClient} from '@aws-sdk/client-sts';
import {neededText} from '../responses/needed.js';
import type {Identity} from '../ports.js';
import type {Caller} from '../problems/caller.js';
import {errorOf} from '../problems/problem-of.js';

type Credentials = () => Promise<{
	readonly accountId?: string;
	readonly sessionToken?: string;
	readonly expiration?: Date;
}>;

/** Who the caller is, asked of STS: works with no permissions at all. Source: STS API Reference, GetCallerIdentity. */
export function identityPort(
	client: () => Promise<STSClient>,
	credentials: Credentials,
	call: Caller,
	/** Told of each answer, so that problems can name who called. */
	onCaller: (arn: string) => void,
	now: () => number = Date.now,
): Identity {
	let aheadMs: number | undefined;
	const failed = (error: unknown): Error => errorOf(error, {operation: 'GetCallerIdentity', ...call});
	return {
		clockAheadMs: () => aheadMs,
		async getSession() {
			try {
				const {sessionToken, expiration} = await credentials();
				return {isTemporary: sessionToken !== undefined, expiresAt: expiration?.getTime()};
			} catch (error) {
				throw failed(error);
			}
		},
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
				const command = new GetCallerIdentityCommand({});
				command.middlewareStack.add(
					(next) => async (given) => {
						const sentAt = now();
						const result = await next(given);
						aheadMs = aheadOf(result.response, (sentAt + now()) / 2) ?? aheadMs;
						return result;
					},
					{step: 'deserialize', priority: 'low'},
				);
				const answer = await (await client()).send(command, {abortSignal: signal});
				const arn = neededText(answer.Arn, 'Arn');
				const accountId = neededText(answer.Account, 'Account');
				onCaller(arn);
				return {accountId, arn, partition: arn.split(':')[1] ?? 'aws'};
			} catch (error) {
				throw failed(error);
			}
		},
	};
}

/** How far a moment of this machine is ahead of an answer's Date, which tells whole seconds: half of one is taken as passed. */
function aheadOf(response: unknown, atMs: number): number | undefined {
	const {headers = {}} = response as {readonly headers?: Readonly<Record<string, string>>};
	const serverMs = Date.parse(headers.date ?? headers.Date ?? '');
	return Number.isNaN(serverMs) ? undefined : Math.round(atMs - serverMs - 500);
}
