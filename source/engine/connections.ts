import type {BucketReference, Connection} from '../aws/ports.js';
import type {Side} from '../domain/answers/mode.js';
import type {PlannedEnd} from '../domain/operations/plan-context.js';
import type {OperationBase} from '../domain/take-back/operation.js';

/** The connection of each end. In one account both may be the same. */
export type Connections = Readonly<Record<Side, Connection>>;

/** A planned end as the ports name it. */
export function referenceOf(end: PlannedEnd): BucketReference {
	return {bucket: end.bucket, region: end.region, accountId: end.accountId};
}

/** The ports' own types, for whoever hands them on. */
export type {BucketReference, Connection, JobReference} from '../aws/ports.js';

/** The bucket that an operation is about, as the ports name it. */
export function targetOf({target, region, account}: OperationBase): BucketReference {
	return {bucket: target, region, accountId: account};
}
