import {bucketArn, bucketOfArn} from '../arn.js';
import {isSchemaV1, isWholeBucket, type ReplicationRule} from './replication-configuration.js';

export type WantedRule = {
	readonly id: string;
	readonly partition: string;
	readonly destinationBucket: string;
	/** Across accounts only. */
	readonly destinationAccountId?: string;
	/** The account of both buckets, where there is one. */
	readonly sourceAccountId?: string;
};

/** The rule as it is written where there is none yet. Source: S3 User Guide, "Replication configuration file elements". */
export function ruleFor(wanted: WantedRule, priority: number): ReplicationRule {
	return {
		ID: wanted.id,
		Priority: priority,
		Status: 'Enabled',
		Filter: {},
		DeleteMarkerReplication: {Status: 'Disabled'},
		Destination: {
			Bucket: bucketArn(wanted.partition, wanted.destinationBucket),
			...(wanted.destinationAccountId === undefined ? {} : {Account: wanted.destinationAccountId}),
		},
	};
}

/**
 * Whether a rule, once enabled, replicates every object to the destination wanted; it may do more than that (delete
 * markers, another storage class, replication time control).
 */
export function wouldFulfilIfEnabled(rule: ReplicationRule, wanted: WantedRule): boolean {
	const {Bucket: bucket, Account: account} = rule.Destination;
	const owner = wanted.destinationAccountId ?? wanted.sourceAccountId;
	return (
		isWholeBucket(rule) &&
		bucket === bucketArn(wanted.partition, wanted.destinationBucket) &&
		(account === undefined || owner === undefined || account === owner)
	);
}

/** Whether a rule does what is wanted. */
export function fulfils(rule: ReplicationRule, wanted: WantedRule): boolean {
	return rule.Status === 'Enabled' && wouldFulfilIfEnabled(rule, wanted);
}

/** What a rule replicates and where to, for people. */
export function ruleText(rule: ReplicationRule): string {
	const {Filter: filter = {}} = rule;
	const prefix = rule.Prefix ?? filter.Prefix ?? filter.And?.Prefix ?? '';
	const tags = [...(filter.Tag ? [filter.Tag] : []), ...(filter.And?.Tags ?? [])];
	const what = prefix === '' ? 'every object' : `what begins with “${prefix}”`;
	const tagged =
		tags.length === 0 ? '' : ` with the tag ${tags.map(({Key, Value}) => `${Key}=${Value}`).join(', ')}`;
	const disabled = rule.Status === 'Disabled' ? ' (disabled)' : '';
	return `${what}${tagged} to ${bucketOfArn(rule.Destination.Bucket)}${disabled}`;
}

/** What a rule does besides replicating every object to the destination, for people; empty where there is nothing. */
export function besidesText(rule: ReplicationRule): string {
	const {Destination: destination, SourceSelectionCriteria: criteria} = rule;
	const members = [
		...(isSchemaV1(rule) || rule.DeleteMarkerReplication?.Status === 'Enabled'
			? ['it replicates delete markers']
			: []),
		...(destination.StorageClass === undefined ? [] : [`replicas are stored as ${destination.StorageClass}`]),
		...Object.keys(destination).filter((name) => !['Bucket', 'Account', 'StorageClass'].includes(name)),
		...Object.keys((criteria as object | undefined) ?? {}),
	];
	return members.join(', ');
}

/** Equal in everything that decides what happens: an empty filter and an empty prefix both mean the whole bucket. */
export function isSameRule(left: ReplicationRule, right: ReplicationRule): boolean {
	return canonical(left) === canonical(right);
}

function canonical(rule: ReplicationRule): string {
	const {ID: _id, ...rest} = rule;
	const normal = !isSchemaV1(rule) && isWholeBucket(rule) ? {...rest, Filter: {}} : rest;
	return JSON.stringify(normal, (_key, member: unknown) =>
		member !== null && typeof member === 'object' && !Array.isArray(member)
			? Object.fromEntries(Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1)))
			: member,
	);
}
