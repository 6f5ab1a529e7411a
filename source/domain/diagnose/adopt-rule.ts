import type {Answers} from '../answers/answers.js';
import {bucketOfArn, partitionOfArn, roleArn, roleNameOf, rolePathOf} from '../arn.js';
import type {BucketPlace, ObservedReplication} from '../observed/observed-replication.js';
import type {ReplicationRule} from '../rule/replication-configuration.js';
import {filterOf} from '../rule/rule-filter.js';
import {optionsIn} from '../rule/rule-options.js';
import {optInKey} from './opt-in-key.js';

/**
 * A rule that exists as the answers of which it would be made: its mend is the plan for them, of which what is right is kept. Nothing where
 * the destination was not seen, now or before: nobody here may change it.
 *
 * @param reasons what is to be mended by it
 */
export function adoptRule(
	observed: ObservedReplication,
	rule: ReplicationRule,
	reasons: readonly string[] = [],
): Answers | undefined {
	const {source, replication} = observed;
	const destinationBucket = bucketOfArn(rule.Destination.Bucket);
	const place = placeOf(observed, destinationBucket);
	if (replication === undefined || place === undefined || rule.ID === undefined) return undefined;
	const {prefix, tags} = filterOf(rule);
	const {storageClass, ...options} = optionsIn(rule);
	const takesKms = reasons.includes('kms-not-replicated');
	const kmsKey = options.kmsKey ?? (takesKms ? optInKey(observed, rule) : undefined);
	const {Role: role} = replication;
	const isOfSource =
		role === roleArn(partitionOfArn(role), source.accountId, roleNameOf(role), rolePathOf(role));
	// A role of another account serves nothing: the plan chooses one.
	if (!isOfSource) return undefined;
	return {
		environment: 'aws',
		mode: place.accountId === source.accountId ? 'cross-region' : 'cross-account',
		sourceProfile: source.profile,
		sourceRegion: source.region,
		sourceBucket: source.bucket,
		destinationProfile: place.profile,
		destinationRegion: place.region,
		destinationBucket,
		roleName: roleNameOf(role),
		...(rolePathOf(role) === '/' ? {} : {rolePath: rolePathOf(role)}),
		ruleId: rule.ID,
		...(prefix === '' ? {} : {prefix}),
		...(tags.length === 0 ? {} : {tags: tags.map(({Key, Value}) => `${Key}=${Value}`)}),
		...(rule.Priority === undefined ? {} : {priority: rule.Priority}),
		...options,
		...(kmsKey === undefined ? {} : {kmsKey}),
		...(storageClass === undefined ? {} : {storageClass: storageClass as Answers['storageClass']}),
	};
}

/** Where the destination is, or was before somebody deleted it. */
function placeOf({destinations, lost = {}}: ObservedReplication, bucket: string): BucketPlace | undefined {
	const destination = destinations[bucket];
	if (destination?.state === 'existing') return destination.seen;
	return destination?.state === 'absent' && Object.hasOwn(lost, bucket) ? lost[bucket] : undefined;
}
