import type {BucketReference, Connection} from '../aws/ports.js';
import type {Side} from '../domain/answers/mode.js';
import type {PlannedEnd} from '../domain/operations/plan-context.js';

/** The connection of each end. In one account both may be the same. */
export type Connections = Readonly<Record<Side, Connection>>;

/** A planned end as the ports name it. */
export function referenceOf(end: PlannedEnd): BucketReference {
	return {bucket: end.bucket, region: end.region, accountId: end.accountId};
}

/** The ports' own types, for whoever hands them on. */
export type {BucketReference, Connection, JobReference} from '../aws/ports.js';
