import {bucketOfArn} from '../arn.js';
import type {ReplicationRequest} from '../answers/request.js';
import type {Observed} from '../observed/observed.js';
import type {ReplicationRule} from '../rule/replication-configuration.js';
import {optionsIn} from '../rule/rule-options.js';
import type {Places} from './replication-calls.js';

/** Whose and where the buckets of a request and of these rules are, as far as that is known. */
export function placesOf(
	{source, destination}: ReplicationRequest,
	observed: Observed,
	rules: readonly ReplicationRule[],
): Places {
	const own = observed.ownBuckets?.state === 'read' ? observed.ownBuckets.names : [];
	const places = rules.map((rule): [string, Places[string]] => {
		const {Bucket: arn, Account: account} = rule.Destination;
		const bucket = bucketOfArn(arn);
		const sourceAccount = observed.source.caller.accountId;
		return [
			bucket,
			{
				accountId: account ?? (own.includes(bucket) ? sourceAccount : undefined),
				replicaKeys: rules
					.filter(({Destination: {Bucket: other}}) => other === arn)
					.flatMap((other) => optionsIn(other).kmsKey ?? []),
			},
		];
	});
	const ends = [
		[source, observed.source],
		[destination, observed.destination],
	] as const;
	const known = Object.fromEntries(places);
	const ofEnds = ends.map(([{bucket: name, region}, {bucket, caller}]): [string, Places[string]] => [
		name,
		{
			...known[name],
			accountId: caller.accountId,
			region: bucket.state === 'owned' ? bucket.region : region,
		},
	]);
	return {...known, ...Object.fromEntries(ofEnds)};
}
