import {describe, expect, test} from 'vitest';
import {hasRule, mergeRule} from '../../source/domain/merge-rule.js';
import {
	freePriority,
	isSchemaV1,
	isWholeBucket,
	type ReplicationConfiguration,
	type ReplicationRule,
} from '../../source/domain/replication-configuration.js';

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

describe('a rule that is not there', () => {
	test('is the first of a new configuration', () => {
		expect(mergeRule(undefined, role, wanted)).toEqual(withRules(ours));
	});

	test('comes behind the others, which stay the very values they are, with a free priority', () => {
		const existing = withRules(theirs);
		const merged = mergeRule(existing, role, wanted);
		expect(merged).toEqual(withRules(theirs, {...ours, Priority: 8}));
		expect(merged.Rules[0]).toBe(theirs);
		expect(existing.Rules).toHaveLength(1);
	});

	test('names the destination’s account across accounts', () => {
		const {
			Rules: [rule],
		} = mergeRule(undefined, role, {...wanted, destinationAccountId: '444455556666'});
		expect(rule?.Destination).toEqual({Bucket: 'arn:aws:s3:::dst', Account: '444455556666'});
	});
});

describe('a rule that is there', () => {
	const {Status, Filter, ...unordered} = ours;

	test.each<readonly [string, ReplicationRule]>([
		['as it would be written', ours],
		['with another priority', {...ours, Priority: 40}],
		['with an empty prefix for a filter', {...ours, Filter: {Prefix: ''}}],
		['with its members in another order', {Filter, ...unordered, Status}],
	])('%s is kept, and the configuration is the very same', (_how, rule) => {
		const existing = withRules(theirs, rule);
		expect(mergeRule(existing, role, wanted)).toBe(existing);
	});

	test.each<readonly [string, ReplicationRule]>([
		['disabled', {...ours, Status: 'Disabled'}],
		['for a prefix', {...ours, Filter: {Prefix: 'logs/'}}],
		['for a tag', {...ours, Filter: {Tag: {Key: 'a', Value: 'b'}}}],
		['for a prefix and tags', {...ours, Filter: {And: {Prefix: '', Tags: [{Key: 'a', Value: 'b'}]}}}],
		['to another bucket', {...ours, Destination: {Bucket: 'arn:aws:s3:::other'}}],
		['to another storage class', {...ours, Destination: {...ours.Destination, StorageClass: 'GLACIER'}}],
		['with delete markers', {...ours, DeleteMarkerReplication: {Status: 'Enabled'}}],
		['with selection criteria', {...ours, SourceSelectionCriteria: {}}],
	])('%s is replaced in its place, with the priority it had', (_how, rule) => {
		const existing = withRules({...rule, Priority: 3}, theirs);
		expect(mergeRule(existing, role, wanted)).toEqual(withRules({...ours, Priority: 3}, theirs));
	});
});

describe('a rule read back', () => {
	const written = withRules(theirs, ours);

	test('is seen among others, whatever their order', () => {
		expect(hasRule(withRules({...ours, Filter: {Prefix: ''}}, theirs), written, 'ours')).toBe(true);
	});

	test.each<readonly [string, ReplicationConfiguration | undefined]>([
		['there is no configuration', undefined],
		['it is not among the rules', withRules(theirs)],
		['it is still the one before', withRules({...ours, Status: 'Disabled'})],
		['the role is still the one before', {...written, Role: `${role}-before`}],
	])('is not seen where %s', (_why, seen) => {
		expect(hasRule(seen, written, 'ours')).toBe(false);
	});

	test('is not seen where it was never written', () => {
		expect(hasRule(written, written, 'other')).toBe(false);
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

test.each<readonly [Partial<ReplicationRule>, boolean, boolean]>([
	[{Filter: {}}, false, true],
	[{Filter: {Prefix: ''}}, false, true],
	[{Filter: {Prefix: 'a'}}, false, false],
	[{Filter: {Tag: {Key: 'a', Value: 'b'}}}, false, false],
	[{Filter: undefined, Prefix: ''}, true, true],
	[{Filter: undefined, Prefix: 'a'}, true, false],
	[{Filter: undefined}, true, true],
])('a rule with %j: of schema V1 %s, for the whole bucket %s', (change, isV1, isWhole) => {
	const rule = {...ours, ...change};
	expect([isSchemaV1(rule), isWholeBucket(rule)]).toEqual([isV1, isWhole]);
});
