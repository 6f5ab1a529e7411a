import {describe, expect, test} from 'vitest';
import {mergeRule, type MergedRules} from '../../source/domain/rule/merge-rule.js';
import {
	freePriority,
	isSchemaV1,
	type ReplicationConfiguration,
	type ReplicationRule,
} from '../../source/domain/rule/replication-configuration.js';

const role = 'arn:aws:iam::111122223333:role/r';
const wanted = {id: 'ours', partition: 'aws', destinationBucket: 'dst'};

const ours: ReplicationRule = {
	ID: 'ours',
	Priority: 1,
	Status: 'Enabled',
	Filter: {},
	DeleteMarkerReplication: {Status: 'Disabled'},
	Destination: {Bucket: 'arn:aws:s3:::dst'},
};

const theirs: ReplicationRule = {
	...ours,
	ID: 'theirs',
	Priority: 7,
	Filter: {Prefix: 'logs/'},
	Destination: {Bucket: 'arn:aws:s3:::elsewhere', StorageClass: 'GLACIER_IR'},
	SourceSelectionCriteria: {ReplicaModifications: {Status: 'Enabled'}},
};

function withRules(...rules: readonly ReplicationRule[]): ReplicationConfiguration {
	return {Role: role, Rules: rules};
}

function merged(existing: ReplicationConfiguration | undefined, change: object = {}): MergedRules {
	return mergeRule(existing, role, {...wanted, ...change});
}

/** The configuration after a merge; fails the test where there is none. */
function configured(existing: ReplicationConfiguration | undefined, change: object = {}) {
	const result = merged(existing, change);
	if (!result.ok) throw new Error(result.why);
	return result.configuration;
}

describe('a rule that is not there', () => {
	test('is the first of a new configuration', () => {
		expect(configured(undefined)).toEqual(withRules(ours));
	});

	test('comes behind the others, which stay the very values they are, with a free priority', () => {
		const existing = withRules(theirs);
		const configuration = configured(existing);
		expect(configuration).toEqual(withRules(theirs, {...ours, Priority: 8}));
		expect(configuration.Rules[0]).toBe(theirs);
		expect(existing.Rules).toHaveLength(1);
	});

	test('names the destination’s account across accounts', () => {
		const {
			Rules: [rule],
		} = configured(undefined, {destinationAccountId: '444455556666'});
		expect(rule?.Destination).toEqual({Bucket: 'arn:aws:s3:::dst', Account: '444455556666'});
	});

	test('leaves what nobody here knows where it is, and brings the role that was chosen', () => {
		const existing = {...withRules(theirs), Later: {From: 'AWS'}, Role: 'arn:aws:iam::111122223333:role/old'};
		expect(configured(existing)).toMatchObject({Later: {From: 'AWS'}, Role: role});
	});

	const logs: ReplicationRule = {...ours, ID: 'logs', Filter: {Prefix: 'logs/'}};
	const other: ReplicationRule = {...theirs, ID: 'other'};

	test.each<readonly [string, readonly ReplicationRule[], readonly (number | undefined)[], number]>([
		['the one below them', [{...logs, Priority: 5}], [5], 4],
		['0, where they begin at 1', [{...logs, Priority: 1}], [1], 0],
		[
			'one that no rule to another bucket has',
			[
				{...logs, Priority: 3},
				{...other, Priority: 2},
			],
			[3, 2],
			1,
		],
		['theirs, where they have 0: they move up', [{...logs, Priority: 0}], [1], 0],
		[
			'theirs, where they have 0, and the rest moves up only as far as it must, in its order',
			[
				{...logs, Priority: 9},
				{...logs, ID: 'b', Priority: 1},
				{...other, Priority: 2},
				{...logs, ID: 'a', Priority: 0},
			],
			[9, 3, 2, 1],
			0,
		],
		[
			'the lowest, whether the others are enabled or not',
			[
				{...logs, Priority: 7},
				{...logs, ID: 'b', Status: 'Disabled', Priority: 4},
			],
			[7, 4],
			3,
		],
		['one below the limit', [{...logs, Priority: 2_147_483_647}], [2_147_483_647], 2_147_483_646],
	])('beside rules to the same bucket takes the priority %s', (_which, rules, others, own) => {
		const {Rules: all} = configured(withRules(...rules));
		expect(all.map(({Priority}) => Priority)).toEqual([...others, own]);
		expect(all.slice(0, -1).map(({Priority: _one, ...rest}) => rest)).toEqual(
			rules.map(({Priority: _one, ...rest}) => rest),
		);
	});

	test('says whose priority has become another', () => {
		expect(merged(withRules({...logs, Priority: 0}))).toMatchObject({
			notes: ['rule logs: priority 0 becomes 1, so that it still goes before the new rule'],
		});
	});

	test('is not squeezed in as the thousand and first', () => {
		const rules = Array.from({length: 1000}, (_none, index) => ({
			...theirs,
			ID: `r${index}`,
			Priority: index,
		}));
		expect(merged(withRules(...rules))).toEqual({ok: false, why: 'full'});
	});
});

describe('a rule that is there', () => {
	const {Status, Filter, ...unordered} = ours;

	test.each<readonly [string, ReplicationRule]>([
		['as it would be written', ours],
		['with another priority', {...ours, Priority: 40}],
		['with an empty prefix for a filter', {...ours, Filter: {Prefix: ''}}],
		['with its members in another order', {Filter, ...unordered, Status}],
		[
			'with more than is asked for: a storage class',
			{...ours, Destination: {...ours.Destination, StorageClass: 'GLACIER'}},
		],
		['with more than is asked for: delete markers', {...ours, DeleteMarkerReplication: {Status: 'Enabled'}}],
		[
			'with more than is asked for: replica modifications',
			{...ours, SourceSelectionCriteria: {ReplicaModifications: {Status: 'Enabled'}}},
		],
		['under another name', {...ours, ID: 'theirs-too'}],
		['of schema V1', {ID: 'old', Status: 'Enabled', Prefix: '', Destination: ours.Destination}],
	])('%s is kept, and the configuration is the very same', (_how, rule) => {
		const existing = withRules({...theirs, Destination: rule.Destination}, rule);
		expect(merged(existing)).toMatchObject({ok: true, ruleId: rule.ID});
		expect(configured(existing)).toBe(existing);
	});

	test('under another name is named, with what it does besides', () => {
		const rule = {...ours, ID: 'nightly', DeleteMarkerReplication: {Status: 'Enabled'}} as const;
		expect(merged(withRules(rule))).toMatchObject({
			notes: [
				'rule nightly: it replicates every object to dst already (it replicates delete markers); ours is not needed',
			],
		});
	});

	test('for another account than the destination’s is not taken for it', () => {
		const rule = {...ours, ID: 'old', Destination: {...ours.Destination, Account: '777788889999'}};
		expect(configured(withRules(rule), {destinationAccountId: '444455556666'}).Rules).toHaveLength(2);
	});

	test('and only disabled is enabled in its place', () => {
		const existing = withRules({...ours, Status: 'Disabled', Priority: 3}, theirs);
		expect(configured(existing)).toEqual(withRules({...ours, Priority: 3}, theirs));
		expect(merged(existing)).toMatchObject({notes: ['rule ours: it is there and disabled, and is enabled']});
	});

	test('and disabled goes below the others of its bucket, so that they keep their objects', () => {
		const logs = {...ours, ID: 'logs', Priority: 2, Filter: {Prefix: 'logs/'}};
		expect(configured(withRules({...ours, Status: 'Disabled', Priority: 3}, logs))).toEqual(
			withRules({...ours, Priority: 1}, logs),
		);
	});

	test('and is the only one, of schema V1 and disabled, is enabled as it is', () => {
		const old = {ID: 'ours', Status: 'Disabled', Prefix: '', Destination: ours.Destination} as const;
		expect(configured(withRules(old))).toEqual(withRules({...old, Status: 'Enabled'}));
	});

	test.each<readonly [string, ReplicationRule]>([
		['for a prefix', {...ours, Filter: {Prefix: 'logs/'}}],
		['for a tag', {...ours, Filter: {Tag: {Key: 'a', Value: 'b'}}}],
		['for a prefix and tags', {...ours, Filter: {And: {Prefix: '', Tags: [{Key: 'a', Value: 'b'}]}}}],
		['to another bucket', {...ours, Destination: {Bucket: 'arn:aws:s3:::other'}}],
		[
			'to another bucket, and disabled',
			{...ours, Status: 'Disabled', Destination: {Bucket: 'arn:aws:s3:::other'}},
		],
	])('under the same name %s is not written over: a person decides', (_how, rule) => {
		const existing = withRules({...rule, Priority: 3}, {...theirs, ID: 'ours-2'});
		expect(merged(existing)).toEqual({ok: false, why: 'taken', rule: existing.Rules[0], freeId: 'ours-3'});
	});
});

describe('rules of schema V1', () => {
	const old: ReplicationRule = {
		ID: 'old',
		Status: 'Enabled',
		Prefix: 'logs/',
		Destination: {Bucket: 'arn:aws:s3:::dst', StorageClass: 'STANDARD_IA'},
		SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: 'Enabled'}},
	};

	test('are converted where a rule comes beside them, with all they have, and go on replicating delete markers', () => {
		const off: ReplicationRule = {...old, ID: 'off', Status: 'Disabled', Prefix: 'tmp/'};
		const result = merged(withRules(old, off));
		const {Prefix: _prefix, ...rest} = old;
		expect(result).toEqual({
			ok: true,
			ruleId: 'ours',
			configuration: withRules(
				{...rest, Filter: {Prefix: 'logs/'}, Priority: 3, DeleteMarkerReplication: {Status: 'Enabled'}},
				{
					...rest,
					ID: 'off',
					Status: 'Disabled',
					Filter: {Prefix: 'tmp/'},
					Priority: 2,
					DeleteMarkerReplication: {Status: 'Enabled'},
				},
				ours,
			),
			notes: [
				'rule old: converted to the newer form, same behaviour (delete markers go on being replicated)',
				'rule off: converted to the newer form, same behaviour (delete markers go on being replicated)',
			],
		});
	});

	test('stay as they are where nothing has to be written', () => {
		const whole = {...old, Prefix: ''};
		const existing = withRules(whole);
		expect(configured(existing)).toBe(existing);
	});
});

describe('a free priority', () => {
	const rule = (Priority?: number): ReplicationRule => ({...ours, Priority});

	test.each<readonly [readonly (number | undefined)[], number]>([
		[[], 1],
		[[1], 2],
		[[0], 1],
		[[undefined], 1],
		[[5, 2, 9], 10],
		[[2_147_483_646], 2_147_483_647],
		[[2_147_483_647], 1],
		[[1, 2, 4, 2_147_483_647], 3],
	])('beside %j is %i', (taken, free) => {
		expect(freePriority(taken.map(rule))).toBe(free);
	});
});

test.each<readonly [Partial<ReplicationRule>, boolean]>([
	[{Filter: {}}, false],
	[{Filter: {Prefix: ''}}, false],
	[{Filter: {Tag: {Key: 'a', Value: 'b'}}}, false],
	[{Filter: undefined, Prefix: ''}, true],
	[{Filter: undefined}, true],
])('a rule with %j: of schema V1 %s', (change, isV1) => {
	expect(isSchemaV1({...ours, ...change})).toBe(isV1);
});
