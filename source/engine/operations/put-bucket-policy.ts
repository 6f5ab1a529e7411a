import {addStatementsAgain, takeStatementsAgain} from '../../domain/merge-again/statements-again.js';
import {createRole} from '../../domain/operations/create-role.js';
import type {PutBucketPolicy, RestoreBucketPolicy} from '../../domain/operations/put-bucket-policy.js';
import {referenceOf, targetOf} from '../connections.js';
import {bucketPolicyOf} from '../guarded/guarded-documents.js';
import {writeGuarded} from '../guarded/guarded-write.js';
import type {OperationContext} from './operation-context.js';
import {newBucketRetryRule} from './retry-rules.js';
import type {UndoContext} from '../undo/undo-context.js';
import {writeBack} from '../undo/write-back.js';
import {waits} from '../waits.js';

/**
 * Puts the destination's bucket policy, with the destination's credentials.
 * S3 refuses a principal that it cannot see yet as MalformedPolicy, "Invalid principal in policy": waited for where this run makes the role.
 */
export async function putBucketPolicy(
	operation: PutBucketPolicy,
	context: OperationContext,
): Promise<undefined> {
	const {connections, plan, createdTargets} = context;
	const {side, before, after} = operation;
	// Where this run creates no role, what S3 does not see is not there.
	const hasNewRole = plan.operations.some(
		({id, kind, change}) => kind === createRole.kind && change !== 'keep' && operation.requires.includes(id),
	);
	await writeGuarded(
		{
			...bucketPolicyOf(connections[side], referenceOf(plan[side])),
			before,
			after,
			isNew: createdTargets.isNew(`create-bucket:${side}`),
			mergeAgain: (now) => addStatementsAgain(now, {before, after}),
			retryRuleFor: (answer) =>
				hasNewRole && answer.code === 'MalformedPolicy' && /invalid principal/i.test(answer.message)
					? waits.newRoleAtS3
					: newBucketRetryRule(plan, side)(answer),
		},
		context,
	);
	return undefined;
}

/** Takes the run's statements out of the policy again. */
export async function restoreBucketPolicy(
	operation: RestoreBucketPolicy,
	context: UndoContext,
): Promise<void> {
	const policy = bucketPolicyOf(context.connection, targetOf(operation));
	await writeBack(policy, operation, takeStatementsAgain, context);
}
