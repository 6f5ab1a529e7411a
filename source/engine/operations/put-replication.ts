import {otherSide} from '../../domain/answers/way-back.js';
import {addRuleAgain, takeRulesAgain} from '../../domain/merge-again/rules-again.js';
import type {PutReplication, RestoreReplication} from '../../domain/operations/put-replication.js';
import {referenceOf, targetOf} from '../connections.js';
import {replicationOf} from '../guarded/guarded-documents.js';
import {writeGuarded} from '../guarded/guarded-write.js';
import type {OperationContext} from './operation-context.js';
import {isDestinationRefusal, newBucketRetryRule, versioningRetryRule} from './retry-rules.js';
import {answerOf, fixable, ProblemError} from '../../domain/problem.js';
import {writeBack} from '../undo/write-back.js';
import type {UndoContext} from '../undo/undo-context.js';
import {waits} from '../waits.js';
import type {BucketReference, Connection} from '../../aws/ports.js';
import {bucketOfArn} from '../../domain/arn.js';
import {
	blockedProblem,
	blockedRules,
	destinationProblem,
	unseenProblem,
} from '../../domain/rule/blocked-rules.js';
import type {ReplicationConfiguration} from '../../domain/rule/replication-configuration.js';
import {observeDestinations} from '../observe-destinations.js';

/**
 * Puts the replication configuration.
 * S3 refuses it as InvalidRequest while versioning of either bucket has not taken effect: waited for where this run has enabled it. Source: docs/aws-facts.md, 5.6.
 */
export async function putReplication(
	operation: PutReplication,
	context: OperationContext,
): Promise<undefined> {
	const {connections, plan, createdTargets} = context;
	const {side, before, after, ruleId} = operation;
	const {write: put, ...configuration} = replicationOf(connections[side], referenceOf(plan[side]));
	await writeGuarded(
		{
			...configuration,
			unseen: {...configuration.unseen, ...waits.newRuleUnseen},
			before,
			after,
			isNew: createdTargets.isNew(`create-bucket:${side}`),
			mergeAgain: (now) =>
				addRuleAgain(now, {before, after}, {ruleId, sourceAccountId: plan[side].accountId}),
			write: async (written) =>
				namingBlockedRules(written, async () => put(written), {
					connection: connections[side],
					source: plan[side],
					own: {
						reference: referenceOf(plan[otherSide(side)]),
						connection: connections[otherSide(side)],
					},
					signal: context.signal,
				}),
			retryRuleFor: (answer) =>
				versioningRetryRule(plan, side)(answer) ?? newBucketRetryRule(plan, side)(answer),
		},
		context,
	);
	return undefined;
}

/**
 * Takes the run's rules out of a bucket's configuration, and waits until S3 has seen that: until then it goes on copying, and what it
 * still needs must not go. Where somebody added a rule since the plan was made, the undo ends here: the plan did not know what that rule
 * needs, and the next one does.
 */
export async function restoreReplication(operation: RestoreReplication, context: UndoContext): Promise<void> {
	const {before, after, target} = operation;
	const {connection, signal} = context;
	const source = targetOf(operation);
	const {write: put, ...configuration} = replicationOf(connection, source);
	const write: typeof put = async (written) =>
		namingBlockedRules(written, async () => put(written), {connection, source, signal});
	const left = await writeBack({...configuration, write}, operation, takeRulesAgain, context);
	const known = new Set([...(before?.Rules ?? []), ...(after?.Rules ?? [])].map(({ID: id}) => id));
	const added = (left?.Rules ?? []).flatMap(({ID: id}) => (known.has(id) ? [] : [id ?? '']));
	if (added.length === 0) return;
	throw new ProblemError(
		fixable(
			'changed-meanwhile',
			`Cannot undo the rest: new rule on ${target} meanwhile`,
			`The run's own rule is gone; ${added.join(', ')} stays, and so does all that it may need.`,
			['Run the same undo again: its plan keeps what that rule needs.'],
		),
	);
}

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
		const answer = answerOf(error);
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
