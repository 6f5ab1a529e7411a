import type {BucketReference, Connection} from '../../aws/ports.js';
import {bucketOfArn} from '../../domain/arn.js';
import {ProblemError} from '../../domain/problem.js';
import {
	blockedProblem,
	blockedRules,
	destinationProblem,
	unseenProblem,
} from '../../domain/rule/blocked-rules.js';
import type {ReplicationConfiguration} from '../../domain/rule/replication-configuration.js';
import {observeDestinations} from '../observe-destinations.js';
import {isDestinationRefusal} from './retry-rules.js';

type Looking = {
	readonly connection: Connection;
	readonly source: BucketReference;
	/**
	 * The destination that the run itself has prepared, with the connection that sees it: it may be late, so that it is named and waited for
	 * all the same.
	 */
	readonly own?: {readonly reference: BucketReference; readonly connection: Connection};
	readonly signal: AbortSignal;
};

/**
 * Writes rules. Where S3 refuses them for a destination, and says no more, looks which rule's it is: the refusal is about
 * the source by its name alone.
 * Throws the problem that names rule and bucket, which is waited for where it is the run's own destination alone; else the refusal as it came.
 */
export async function namingBlockedRules(
	configuration: ReplicationConfiguration | undefined,
	write: () => Promise<void>,
	{connection, source, own, signal}: Looking,
): Promise<void> {
	try {
		await write();
	} catch (error) {
		const answer = error instanceof ProblemError ? error.answer : undefined;
		if (!configuration || !answer || !isDestinationRefusal(answer)) throw error;
		const named = configuration.Rules.map(({Destination: {Bucket: arn, Account: account}}) => ({
			bucket: bucketOfArn(arn),
			accountId: account ?? source.accountId,
		})).filter(({bucket}) => bucket !== own?.reference.bucket);
		const seen = await observeDestinations(connection, named, signal);
		const blocked = blockedRules(configuration, seen);
		if (blocked.length > 0) throw new ProblemError(blockedProblem(source.bucket, blocked, []));
		// A plan for the source alone has no destination of its own.
		if (!own || own.reference.bucket === source.bucket) {
			const unseen = seen.filter(({state}) => state === 'unknown').map(({bucket}) => bucket);
			if (unseen.length === 0) throw error;
			throw new ProblemError(unseenProblem(source.bucket, unseen, answer.message), answer);
		}

		const {bucket} = own.reference;
		const [found = {bucket, state: 'unknown' as const}] = await observeDestinations(
			own.connection,
			[own.reference],
			signal,
		);
		throw new ProblemError(destinationProblem(source.bucket, found, answer.message), answer);
	}
}
