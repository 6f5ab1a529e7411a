import {bucketOfArn} from '../../domain/arn.js';
import type {Finding} from '../../domain/diagnose/finding.js';
import type {Cause} from '../../domain/event.js';
import type {ReplicationRule} from '../../domain/rule/replication-configuration.js';

/** What was found of a rule, and of an object where it is about one, as it is told; what mends it is not planned yet. */
export function causeOf(
	{ID: ruleId, Destination: {Bucket: arn}}: ReplicationRule,
	{reason, certainty, headline, evidence, mend, document}: Finding,
	object?: {readonly key: string; readonly versionId: string},
): Cause {
	return {
		ruleId: ruleId ?? null,
		destination: bucketOfArn(arn),
		key: object?.key ?? null,
		versionId: object?.versionId ?? null,
		...{reason, certainty, headline, evidence, mend},
		document: document ?? null,
		fix: null,
	};
}
