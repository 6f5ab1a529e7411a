import {expect, test} from 'vitest';
import {markerDestinations} from '../../source/domain/rule/marker-destinations.js';
import type {ReplicationRule} from '../../source/domain/rule/replication-configuration.js';

const to = (bucket: string, changes: Partial<ReplicationRule>): ReplicationRule => ({
	Status: 'Enabled',
	Destination: {Bucket: `arn:aws:s3:::${bucket}`},
	...changes,
});
const on = {DeleteMarkerReplication: {Status: 'Enabled'}} as const;
const off = {DeleteMarkerReplication: {Status: 'Disabled'}} as const;

test.each<readonly [string, readonly ReplicationRule[], readonly string[]]>([
	['where the rule says so', [to('a', {Filter: {}, ...on})], ['a']],
	['not where it says the opposite', [to('a', {Filter: {}, ...off})], []],
	['not where a filter says nothing of it', [to('a', {Filter: {Prefix: 'k'}})], []],
	['always by the old schema', [to('a', {Prefix: 'k'})], ['a']],
	['by no rule for other keys', [to('a', {Filter: {Prefix: 'l'}, ...on})], []],
	['by no rule with a tag: it has none', [to('a', {Filter: {Tag: {Key: 't', Value: '1'}}, ...on})], []],
	['by no rule that is disabled', [to('a', {Filter: {}, ...on, Status: 'Disabled'})], []],
	[
		'as the rule of highest priority says, at each destination',
		[
			to('a', {Filter: {}, Priority: 1, ...on}),
			to('a', {Filter: {Prefix: 'k'}, Priority: 2, ...off}),
			to('b', {Filter: {}, Priority: 3, ...on}),
		],
		['b'],
	],
])('a delete marker is replicated %s', (_case, rules, buckets) => {
	expect(markerDestinations(rules, 'key')).toEqual(buckets);
});
