import type {Connection} from '../aws/ports.js';
import {accountOfArn, destinationOf} from '../domain/arn.js';
import type {ReplicationRule} from '../domain/rule/replication-configuration.js';
import {optionsIn} from '../domain/rule/rule-options.js';

/**
 * Gives the connections through which a destination may be seen that those given do not see. A try each: what they may not do is no
 * problem.
 *
 * @param accountId whose the bucket is, where a rule says it
 */
export type LikelyConnections = (
	bucket: string,
	accountId: string | undefined,
) => Promise<readonly Connection[]>;

/** Whose a destination is, as the rules to it say: who gets its replicas, or whose key encrypts them. */
export function destinationAccountOf(rules: readonly ReplicationRule[], bucket: string): string | undefined {
	const own = rules.filter((rule) => destinationOf(rule) === bucket);
	const [named] = own.flatMap(({Destination}) => Destination.Account ?? []);
	if (named !== undefined) return named;
	const [key] = own.flatMap((rule) => optionsIn(rule).kmsKey ?? []);
	return key?.startsWith('arn:') ? accountOfArn(key) : undefined;
}
