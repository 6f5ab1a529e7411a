import type {ObservedReplication, SeenBucket} from '../../../domain/observed/observed-replication.js';
import {ProblemError} from '../../../domain/problem.js';
import {observeReplication} from '../../../engine/diagnose/observe-replication.js';
import {noRule} from './batch-notes.js';
import {createFollowJobActions, type FollowJobActions} from './follow-job-actions.js';
import {createJobInHand} from './job-in-hand.js';
import {createJobMaking, type MakeJobActions} from './make-job-actions.js';
import type {RunContext, SourceRequest} from '../core/run-context.js';
import {createVerifyActions, type End, type VerifyActions} from './verify-actions.js';

/** What is done with objects that exist already. */
export type BatchActions = VerifyActions & MakeJobActions & FollowJobActions;

export function createBatchActions(context: RunContext): BatchActions {
	const {signal} = context;

	/** The rules of the source, with what they need and where they go. */
	async function observe(request: SourceRequest): Promise<ObservedReplication> {
		const {sourceBucket, answers} = request;
		const {source, others} = await context.connectionsFor(request);
		const found = await observeReplication(sourceBucket, source, others, {
			region: answers.sourceRegion,
			signal,
		});
		const rules = found.replication?.Rules ?? [];
		if (!rules.some(({Status}) => Status === 'Enabled')) throw new ProblemError(noRule(sourceBucket));
		return found;
	}

	const endOf = async ({bucket, region, accountId, profile}: SeenBucket): Promise<End> => ({
		connection: await context.connection(profile),
		reference: {bucket, region, accountId},
	});

	const inHand = createJobInHand();
	const {madeAgain, ...making} = createJobMaking(context, inHand, observe, endOf);
	return {
		...createVerifyActions(context, observe, endOf),
		...making,
		...createFollowJobActions(context, inHand, observe, madeAgain),
	};
}
