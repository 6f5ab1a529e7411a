import type {BucketReference, Connection} from '../../aws/ports.js';
import {bucketOfArn} from '../../domain/arn.js';
import {ProblemError} from '../../domain/problem.js';
import {blockedProblem, blockedRules} from '../../domain/rule/blocked-rules.js';
import type {ReplicationConfiguration} from '../../domain/rule/replication-configuration.js';
import {observeDestinations} from '../observe-destinations.js';
import {isDestinationRefusal} from './retry-rules.js';

type Looking = {
	readonly connection: Connection;
	readonly source: BucketReference;
	/** The destination that the run itself has prepared: it may be late, and is not to blame. */
	readonly ownDestination?: string;
	readonly signal: AbortSignal;
};

/**
 * Writes rules. Where S3 refuses them for a destination, and says no more, looks which rule's it is.
 * Throws the problem that names rule and bucket, which is not waited for; else the refusal as it came.
 */
export async function namingBlockedRules(
	configuration: ReplicationConfiguration | undefined,
	write: () => Promise<void>,
	{connection, source, ownDestination, signal}: Looking,
): Promise<void> {
	try {
		await write();
	} catch (error) {
		const answer = error instanceof ProblemError ? error.answer : undefined;
		if (!configuration || !answer || !isDestinationRefusal(answer)) throw error;
		const named = configuration.Rules.map(({Destination: {Bucket: arn, Account: account}}) => ({
			bucket: bucketOfArn(arn),
			accountId: account ?? source.accountId,
		})).filter(({bucket}) => bucket !== ownDestination);
		const blocked = blockedRules(configuration, await observeDestinations(connection, named, signal));
		if (blocked.length === 0) throw error;
		throw new ProblemError(blockedProblem(source.bucket, blocked, []));
	}
}
