import {addStatementsAgain, takeStatementsAgain} from '../../domain/merge-again/statements-again.js';
import {createRole} from '../../domain/operations/create-role.js';
import type {PutKeyPolicy, RestoreKeyPolicy} from '../../domain/operations/put-key-policy.js';
import type {AwsErrorResponse} from '../../domain/problem.js';
import {keyPolicyOf} from '../guarded/guarded-documents.js';
import {writeGuarded} from '../guarded/guarded-write.js';
import {writeBack} from '../undo/write-back.js';
import type {UndoContext} from '../undo/undo-context.js';
import {waits} from '../waits.js';
import type {OperationContext} from './operation-context.js';

/**
 * Puts a key's policy, with the credentials of its account. KMS refuses a principal that it cannot see yet.
 * Source: KMS API Reference, PutKeyPolicy ("changes that I make are not always immediately visible").
 */
export async function putKeyPolicy(operation: PutKeyPolicy, context: OperationContext): Promise<undefined> {
	const {connections, plan} = context;
	const {side, target: key, region, before, after} = operation;
	const hasNewRole = plan.operations.some(({kind}) => kind === createRole.kind);
	const isRoleUnseen = ({code, message}: AwsErrorResponse): boolean =>
		hasNewRole && code === 'MalformedPolicyDocumentException' && /invalid principal/i.test(message);
	await writeGuarded(
		{
			...keyPolicyOf(connections[side], {key, region}),
			before,
			after,
			isNew: false,
			mergeAgain: (now) => addStatementsAgain(now, {before, after}),
			retryRuleFor: (answer) => (isRoleUnseen(answer) ? waits.newRoleAtKms : undefined),
		},
		context,
	);
	return undefined;
}

/** Takes the run's statements out of the policy again. */
export async function restoreKeyPolicy(operation: RestoreKeyPolicy, context: UndoContext): Promise<void> {
	const {target: key, region} = operation;
	await writeBack(keyPolicyOf(context.connection, {key, region}), operation, takeStatementsAgain, context);
}
