import {bucketOfArn} from '../arn.js';
import type {FailureReason} from '../failure-reason.js';
import {jsonIn, membersOf} from '../../policy/json-shape.js';

const failureName = 'Replication:OperationFailedReplication';

/**
 * The failures that a message of S3 tells of a bucket; none of another bucket's, of other events, of S3's test message and of what is no
 * message of S3's. Newer versions of the events add members and change none. Pure.
 * Source: S3 User Guide, "Event message structure" and "Receiving replication failure events with Amazon S3 Event Notifications".
 */
export function failureReasonsIn(body: string, bucket: string): readonly FailureReason[] {
	const {Records: records} = membersOf(jsonIn(body));
	if (!Array.isArray(records)) return [];
	return records.map(membersOf).flatMap(({eventVersion, eventName, s3, replicationEventData}) => {
		const {bucket: told, object} = membersOf(s3);
		const {key, versionId} = membersOf(object);
		const data = membersOf(replicationEventData);
		const isOurs =
			/^2\.\d+$/.test(textOf(eventVersion)) &&
			textOf(eventName).replace(/^s3:/, '') === failureName &&
			membersOf(told)['name'] === bucket;
		const reason = textOf(data['failureReason']);
		if (!isOurs || reason === '' || textOf(key) === '') return [];
		return [
			{
				key: decodedKey(textOf(key)),
				versionId: textOf(versionId) || null,
				destination: bucketOfArn(textOf(data['destinationBucket'])),
				ruleId: textOf(data['replicationRuleId']),
				reason,
				operation: textOf(data['s3Operation']),
			},
		];
	});
}

/**
 * The key behind its URL-encoded form, as events, listings and reports have it: a blank may be a plus there. What is no such form is taken
 * as it stands. Source: S3 User Guide, "Event message structure".
 */
export function decodedKey(key: string): string {
	try {
		return decodeURIComponent(key.replaceAll('+', ' '));
	} catch {
		return key;
	}
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
