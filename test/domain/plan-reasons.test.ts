import {describe, expect, it} from 'vitest';
import type {NotificationConfiguration} from '../../source/domain/observed/notification-configuration.js';
import {queueIn} from '../../source/domain/operations/create-queue.js';
import {withEntry, withoutEntry} from '../../source/domain/operations/notification-entries.js';
import {replicationIn} from '../../source/domain/operations/put-replication.js';
import {fixable} from '../../source/domain/problem.js';
import {planReasons} from '../../source/domain/plan/plan-reasons.js';
import type {ReplicationRule} from '../../source/domain/rule/replication-configuration.js';
import type {RuleDestination} from '../../source/domain/rule/blocked-rules.js';

const end = (bucket: string, region: string) => ({profile: 'p', accountId: '111122223333', region, bucket});
const rule = (id: string, changes: Partial<ReplicationRule> = {}): ReplicationRule => ({
	ID: id,
	Priority: 1,
	Status: 'Enabled',
	Filter: {Prefix: ''},
	DeleteMarkerReplication: {Status: 'Disabled'},
	Destination: {Bucket: 'arn:aws:s3:::b'},
	...changes,
});
const withMetrics = {Bucket: 'arn:aws:s3:::b', Metrics: {Status: 'Enabled'}};

function plan(
	Rules: readonly ReplicationRule[],
	notifications: NotificationConfiguration = {},
	files: {readonly prefix: string; readonly tags: Record<string, string>} | 'all' = {prefix: '', tags: {}},
	destinations: readonly RuleDestination[] = [],
) {
	const result = planReasons({
		...{runId: 'r1', partition: 'aws', source: end('a', 'us-east-1'), destination: end('b', 'us-west-2')},
		...{notifications, files: files === 'all' ? undefined : files, destinations},
		replication: {Role: 'arn:aws:iam::111122223333:role/r', Rules},
	});
	return result;
}

function planned(...given: Parameters<typeof plan>) {
	const result = plan(...given);
	expect(result).toMatchObject({ok: true});
	const {operations} = (result as Extract<typeof result, {readonly ok: true}>).plan;
	return {operations, metrics: replicationIn(operations)};
}

describe('what it takes that S3 tells', () => {
	it('is a queue that S3 alone may send the events of the bucket to, and that holds the run’s id', () => {
		const {operations} = planned([rule('one')]);
		const arn = 'arn:aws:sqs:us-east-1:111122223333:s3-replicate-reasons-r1';
		expect(queueIn(operations)).toMatchObject({
			target: 's3-replicate-reasons-r1',
			region: 'us-east-1',
			after: {
				Policy: {
					Statement: [
						{
							Principal: {Service: 's3.amazonaws.com'},
							Resource: arn,
							Condition: {
								ArnLike: {'aws:SourceArn': 'arn:aws:s3:::a'},
								StringEquals: {'aws:SourceAccount': '111122223333'},
							},
						},
					],
				},
			},
		});
		expect(operations[1]).toMatchObject({requires: ['create-queue'], change: 'create'});
	});

	it('is nothing of the rules where they have metrics already', () => {
		const {metrics} = planned([rule('one', {Destination: withMetrics})]);
		expect(metrics).toMatchObject({change: 'keep'});
		expect(metrics?.after).toBe(metrics?.before);
	});

	it('is metrics on the rules that take the files, and on no other; what they cost is said', () => {
		const rules = [
			rule('taken'),
			rule('tagged', {Filter: {Tag: {Key: 'k', Value: 'v'}}}),
			rule('elsewhere', {Filter: {Prefix: 'logs/'}}),
			rule('off', {Status: 'Disabled'}),
		];
		const {metrics} = planned(rules, {}, {prefix: 'x/', tags: {k: 'v'}});
		expect(metrics?.after.Rules.map(({Destination}) => Destination['Metrics'])).toEqual([
			{Status: 'Enabled'},
			{Status: 'Enabled'},
			undefined,
			undefined,
		]);
		expect(metrics?.notes?.[0]).toMatch(/taken, tagged: CloudWatch charges/);
	});

	it('is metrics on all rules that are on where others’ files are followed', () => {
		const {metrics} = planned([rule('one'), rule('two', {Filter: {Prefix: 'logs/'}})], {}, 'all');
		expect(metrics?.after.Rules.every(({Destination}) => Destination['Metrics'] !== undefined)).toBe(true);
	});

	it('converts all rules of the older form, which has no metrics, and says so', () => {
		const old = {ID: 'old', Status: 'Enabled', Prefix: '', Destination: {Bucket: 'arn:aws:s3:::b'}} as const;
		const {metrics} = planned([old, {...old, ID: 'older', Prefix: 'logs/'}]);
		expect(metrics?.after.Rules).toMatchObject([
			{ID: 'old', Filter: {Prefix: ''}, Destination: withMetrics},
			{ID: 'older', Filter: {Prefix: 'logs/'}},
		]);
		expect(metrics?.after.Rules[1]?.Destination).not.toHaveProperty('Metrics');
		expect(metrics?.notes?.join('\n')).toMatch(/rule old: converted.*\n.*rule older: converted/);
	});
});

// S3 takes no change of the rules while the destination of one is gone or not versioned (docs/aws-facts.md, 5.6).
describe('where S3 refuses the rules', () => {
	const other = rule('other', {Destination: {Bucket: 'arn:aws:s3:::c', Metrics: {Status: 'Enabled'}}});
	const blockedAt = (state: RuleDestination['state'], rules: readonly ReplicationRule[]) =>
		plan(rules, {}, 'all', [{bucket: 'b', state}]);

	it.each(['unversioned', 'gone'] as const)(
		'as its destination is %s, it goes on without events',
		(state) => {
			expect(blockedAt(state, [rule('one')])).toMatchObject({
				ok: false,
				goesOnWithout: {
					code: 'reasons-blocked',
					cause: expect.stringMatching(
						/^rule one: its destination b.*Without reasons: rule one\.$/,
					) as string,
				},
			});
		},
	);

	it('as it said so itself, of a destination that nobody sees: it goes on without, or with the rules that have metrics', () => {
		const request = (...Rules: readonly ReplicationRule[]) => ({
			...{runId: 'r1', partition: 'aws', source: end('a', 'us-east-1'), destination: end('a', 'us-east-1')},
			...{notifications: {}, replication: {Role: 'arn:aws:iam::111122223333:role/r', Rules}},
			refusal: fixable('destination-refused', 'No', 'S3 refuses it.', ['Look.']),
		});
		expect(planReasons(request(rule('one')))).toMatchObject({
			goesOnWithout: {
				code: 'reasons-blocked',
				cause: expect.stringMatching(/^S3 refuses it\. .*: rule one\.$/) as string,
			},
		});
		expect(planReasons(request(rule('one'), other))).toMatchObject({
			plan: {
				operations: [
					{kind: 'create-queue', requires: ['put-replication']},
					{},
					{change: 'keep', notes: [expect.stringMatching(/Without reasons: rule one\.$/)]},
				],
			},
		});
	});

	it.each([
		['nobody may look', 'unknown', [rule('one')], 'update'],
		['the rule has metrics already', 'unversioned', [rule('one', {Destination: withMetrics})], 'keep'],
		['another rule has metrics: its events are read', 'unversioned', [rule('one'), other], 'keep'],
		[
			'the rule is off',
			'unversioned',
			[rule('one', {Status: 'Disabled'}), rule('two', {Destination: {Bucket: 'arn:aws:s3:::c'}})],
			'update',
		],
	] as const)('but not where %s', (_name, state, rules, change) => {
		expect(blockedAt(state, rules)).toMatchObject({
			ok: true,
			plan: {operations: [{kind: 'create-queue'}, {}, {kind: 'put-replication', change}]},
		});
	});
});

// S3 User Guide, "Configuring event notifications": one destination for an event and the same keys.
describe('where the bucket sends events already', () => {
	const entry = (Events: readonly string[], more: object = {}) => ({
		QueueConfigurations: [{Id: 'theirs', QueueArn: 'arn:aws:sqs:us-east-1:1:q', Events, ...more}],
	});

	it.each([[['s3:Replication:*']], [['s3:ObjectCreated:*', 's3:Replication:OperationFailedReplication']]])(
		'those of failures stop it: %j',
		(events) => {
			const result = plan([rule('one')], entry(events));
			expect(result).toMatchObject({ok: false, problems: [{code: 'events-taken'}]});
			expect(JSON.stringify(result)).toContain('arn:aws:sqs:us-east-1:1:q');
		},
	);

	it('to a topic, a function or for some keys alone they stop it as well', () => {
		const Events = ['s3:Replication:*'];
		for (const notifications of [
			{TopicConfigurations: [{TopicArn: 'arn:aws:sns:us-east-1:1:t', Events}]},
			{LambdaFunctionConfigurations: [{LambdaFunctionArn: 'arn:aws:lambda:us-east-1:1:function:f', Events}]},
			entry(Events, {Filter: {Key: {FilterRules: [{Name: 'prefix', Value: 'x'}]}}}),
		])
			expect(plan([rule('one')], notifications)).toMatchObject({ok: false});
	});

	it('others stay as they are, whatever is in them', () => {
		const before = {
			...entry(['s3:ObjectCreated:*', 's3:Replication:OperationMissedThreshold'], {Unknown: [1]}),
			EventBridgeConfiguration: {},
		};
		const {operations} = planned([rule('one')], before);
		expect(operations[1]).toMatchObject({
			change: 'update',
			before,
			after: {
				EventBridgeConfiguration: {},
				QueueConfigurations: [
					before.QueueConfigurations[0],
					{Id: 's3-replicate-reasons-r1', Events: ['s3:Replication:OperationFailedReplication']},
				],
			},
		});
	});

	it('an entry goes as it came, and one that somebody made of it stays', () => {
		const own = {Id: 'own', QueueArn: 'arn:aws:sqs:us-east-1:1:own', Events: ['s3:Replication:*']};
		const before = entry(['s3:ObjectCreated:*']);
		expect(withoutEntry(withEntry(before, own), own)).toEqual(before);
		expect(withoutEntry(withEntry({}, own), own)).toEqual({});
		const changed = {QueueConfigurations: [{...own, QueueArn: 'arn:aws:sqs:us-east-1:1:other'}]};
		expect(withoutEntry(changed, own)).toBe(changed);
	});
});
