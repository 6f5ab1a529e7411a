import {type ReplicationRule} from '@aws-sdk/client-s3';
import {notImplemented} from '../errors.js';

/**
 * Throws NotImplemented for what a rule asks of S3 and the sandbox's copies would not do. Metrics and the time control of
 * 15 minutes are kept as they are: they promise numbers and events elsewhere, and nothing about the replicas. A copy that
 * takes longer, as `--replication-delay` can have it, is told by an event alone, and events are not delivered here.
 */
export function refuseUnperformed({SourceSelectionCriteria}: ReplicationRule): void {
	if (SourceSelectionCriteria?.ReplicaModifications?.Status === 'Enabled') {
		throw notImplemented('replica modification sync (ReplicaModifications)');
	}
}
