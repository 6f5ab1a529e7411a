import {describe, expect, it} from 'vitest';
import type {PutReplication} from '../../source/domain/operations/put-replication.js';
import {ruleLines, rulesAfter} from '../../source/domain/plan/plan-rules.js';
import type {ReplicationRule} from '../../source/domain/rule/replication-configuration.js';

const rule = (id: string | undefined, more: object = {}, destination: object = {}): ReplicationRule => ({
	ID: id,
	Priority: 1,
	Status: 'Enabled',
	Filter: {Prefix: ''},
	DeleteMarkerReplication: {Status: 'Disabled'},
	...more,
	Destination: {Bucket: 'arn:aws:s3:::there', ...destination},
});

const put = (before: readonly ReplicationRule[], after: readonly ReplicationRule[]): PutReplication => ({
	id: 'put-replication',
	kind: 'put-replication',
	side: 'source',
	target: 'here',
	change: 'update',
	account: '111122223333',
	region: 'us-east-1',
	requires: [],
	ruleId: 'ours',
	before: {Role: 'arn:aws:iam::111122223333:role/r', Rules: before},
	after: {Role: 'arn:aws:iam::111122223333:role/r', Rules: after},
});

const v1: ReplicationRule = {
	ID: 'old',
	Prefix: 'logs/',
	Status: 'Enabled',
	Destination: {Bucket: 'arn:aws:s3:::attic', StorageClass: 'GLACIER'},
};

describe('the rules of a bucket when a plan is done', () => {
	it.each<readonly [string, ReplicationRule, string]>([
		['a whole bucket', rule('r'), 'every object to there'],
		['a disabled one', rule('r', {Status: 'Disabled'}), 'every object to there (disabled)'],
		[
			'a filter',
			rule('r', {Filter: {And: {Prefix: 'a/', Tags: [{Key: 'team', Value: 'b'}]}}}),
			'what begins with “a/” with the tag team=b to there',
		],
		[
			'a rule of schema V1, which replicates delete markers',
			v1,
			'what begins with “logs/” to attic; replicas are stored as GLACIER; it replicates delete markers',
		],
		[
			'time control',
			rule('r', {}, {ReplicationTime: {Status: 'Enabled'}, Metrics: {Status: 'Enabled'}}),
			'every object to there; it has replication time control; it has metrics',
		],
		[
			'another owner',
			rule('r', {}, {AccessControlTranslation: {Owner: 'Destination'}}),
			"every object to there; replicas belong to the destination's account",
		],
		[
			'a key',
			rule(
				'r',
				{SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: 'Enabled'}}},
				{EncryptionConfiguration: {ReplicaKmsKeyID: 'arn:k'}},
			),
			'every object to there; it replicates objects with SSE-KMS, encrypted with arn:k',
		],
	])('say of %s what it does', (_name, one, does) => {
		expect(rulesAfter(put([], [one]))).toMatchObject([{id: one.ID, does, bucket: 'here', change: 'create'}]);
	});

	it('say what becomes of each, in JSON and in lines', () => {
		const operation = put(
			[v1, rule('theirs', {Status: 'Enabled'}), rule('gone')],
			[v1, rule('theirs', {Status: 'Disabled'}), rule('ours', {}, {Bucket: 'arn:aws:s3:::third'})],
		);

		expect(rulesAfter(operation).map(({id, change, enabled}) => [id, change, enabled])).toEqual([
			['old', 'keep', true],
			['theirs', 'update', false],
			['ours', 'create', true],
			['gone', 'delete', true],
		]);
		expect(ruleLines(operation)).toEqual([
			'All rules of here:',
			'  = old: what begins with “logs/” to attic; replicas are stored as GLACIER; it replicates delete markers',
			'  ~ theirs: every object to there (disabled)',
			'  + ours: every object to third',
			'  - gone: every object to there',
		]);
	});

	it('take no lines where there is but the one rule', () => {
		expect(ruleLines(put([], [rule('ours')]))).toEqual([]);
	});

	it('have no name where nobody gave one', () => {
		expect(ruleLines(put([], [rule(undefined), v1]))[1]).toBe('  + (no name): every object to there');
	});
});
