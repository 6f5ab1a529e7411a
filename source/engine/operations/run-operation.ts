import type {PlannedOperation} from '../../domain/operations/registry.js';
import {createBucket} from './create-bucket.js';
import {createRole} from './create-role.js';
import {enableVersioning} from './enable-versioning.js';
import type {OperationContext} from './operation-context.js';
import {putBucketPolicy} from './put-bucket-policy.js';
import {putReplication} from './put-replication.js';
import {putRolePolicy} from './put-role-policy.js';

/** Does one operation. Safe to run twice. Throws the problem that stopped it. */
export async function runOperation(operation: PlannedOperation, context: OperationContext): Promise<void> {
	switch (operation.kind) {
		case 'create-bucket': {
			return createBucket(operation, context);
		}

		case 'enable-versioning': {
			return enableVersioning(operation, context);
		}

		case 'create-role': {
			return createRole(operation, context);
		}

		case 'put-role-policy': {
			return putRolePolicy(operation, context);
		}

		case 'put-bucket-policy': {
			return putBucketPolicy(operation, context);
		}

		case 'put-replication': {
			return putReplication(operation, context);
		}
	}
}
