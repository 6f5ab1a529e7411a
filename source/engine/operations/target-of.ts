import type {BucketReference} from '../../aws/ports.js';
import type {OperationBase} from '../../domain/take-back/operation.js';

/** The bucket that an operation is about, as the ports name it. */
export function targetOf({target, region, account}: OperationBase): BucketReference {
	return {bucket: target, region, accountId: account};
}
