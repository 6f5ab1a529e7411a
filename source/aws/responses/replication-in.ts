import type {GetBucketReplicationCommandOutput} from '@aws-sdk/client-s3';
import type {ReplicationConfiguration} from '../../domain/rule/replication-configuration.js';
import {needed, neededText} from './needed.js';
import {UnexpectedAnswer} from './unexpected-answer.js';

/** The configuration that an answer holds, with what every one has. Source: S3 API Reference, ReplicationConfiguration and ReplicationRule. */
export function replicationIn(answer: GetBucketReplicationCommandOutput): ReplicationConfiguration {
	const configuration = needed(answer.ReplicationConfiguration, 'ReplicationConfiguration');
	neededText(configuration.Role, 'Role');
	for (const rule of needed(configuration.Rules, 'Rule')) {
		neededText(rule.Status, 'Status of a rule');
		if (Number.isNaN(rule.Priority ?? 0))
			throw new UnexpectedAnswer('The Priority of a rule in the answer is no number.');
		neededText(rule.Destination?.Bucket, 'Bucket of a rule’s Destination');
		for (const tag of [rule.Filter?.Tag, ...(rule.Filter?.And?.Tags ?? [])])
			if (tag) neededText(tag.Key, 'Key of a rule’s tag');
	}

	return configuration as unknown as ReplicationConfiguration;
}
