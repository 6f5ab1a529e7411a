import type {ReplicationRule} from '../rule/replication-configuration.js';
import {filterOf} from '../rule/rule-filter.js';
import {optionsIn} from '../rule/rule-options.js';

/** What it means to a rule that somebody denies the role an action: nothing at all, a part, or all that it is for. */
export type NeedWeight =
	| {readonly level: 'none'}
	| {readonly level: 'warning'; readonly without: string}
	| {readonly level: 'stop'; readonly without: string};

type Weigh = (rule: ReplicationRule) => NeedWeight;

/** What is not here stops: an action that somebody adds to the needs is first taken as needed. */
const weights: Readonly<Partial<Record<string, Weigh>>> = {
	's3:ReplicateDelete': (rule) =>
		// A rule of schema V1 always replicates the delete markers of users.
		optionsIn(rule).deleteMarkers === true
			? {level: 'stop', without: 'the rule replicates delete markers, and none would arrive'}
			: {level: 'none'},
	's3:ReplicateTags': (rule) =>
		filterOf(rule).tags.length > 0
			? {level: 'stop', without: 'every object that the rule takes has tags'}
			: {
					level: 'warning',
					without:
						'AWS documents this Deny as the way to refuse tags; whether tagged objects arrive is not known',
				},
	's3:ObjectOwnerOverrideToBucketOwner': () => ({
		level: 'stop',
		without: 'the rule hands its replicas to the owner of the destination',
	}),
	'kms:Decrypt': encrypted,
	'kms:Encrypt': encrypted,
	'kms:GenerateDataKey': () => ({
		level: 'warning',
		without:
			'AWS lists it where the destination encrypts by default; whether objects arrive without it is not known',
	}),
	's3:GetBucketVersioning': versioning,
	's3:PutBucketVersioning': versioning,
};

function versioning(): NeedWeight {
	return {
		level: 'warning',
		without:
			'AWS lists it among what a destination of another account allows; whether objects arrive without it is not known',
	};
}

function encrypted(): NeedWeight {
	return {level: 'stop', without: 'no object with SSE-KMS would be replicated'};
}

/**
 * What happens to a rule where an action that it needs (`dutiesOf`) is denied. Pure.
 * Source: S3 User Guide, "Setting up permissions for live replication" (tags), "Replicating delete markers between buckets",
 * "Changing the replica owner", "Replicating encrypted objects".
 */
export function weightOf(action: string, rule: ReplicationRule): NeedWeight {
	return weights[action]?.(rule) ?? {level: 'stop', without: 'no object would be replicated'};
}
