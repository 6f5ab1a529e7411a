import type {PlannedOperation} from '../../domain/operations/registry.js';
import type {StepAnswer} from '../../domain/record/run-record.js';
import {createBucket} from './create-bucket.js';
import {createRole} from './create-role.js';
import {enableVersioning} from './enable-versioning.js';
import type {OperationContext} from './operation-context.js';
import {putBucketPolicy} from './put-bucket-policy.js';
import {putReplication} from './put-replication.js';
import {putRolePolicy} from './put-role-policy.js';

/**
 * Does one operation, and gives what AWS answered where that decides later whose it is. Safe to run twice.
 * Throws the problem that stopped it.
 */
export async function runOperation(
	operation: PlannedOperation,
	context: OperationContext,
): Promise<StepAnswer | undefined> {
	switch (operation.kind) {
		case 'create-bucket': {
			return createBucket(operation, context);
		}

		case 'enable-versioning': {
			await enableVersioning(operation, context);
			return undefined;
		}

		case 'create-role': {
			return createRole(operation, context);
		}

		case 'put-role-policy': {
			await putRolePolicy(operation, context);
			return undefined;
		}

		case 'put-bucket-policy': {
			await putBucketPolicy(operation, context);
			return undefined;
		}

		case 'put-replication': {
			await putReplication(operation, context);
			return undefined;
		}
	}
}
