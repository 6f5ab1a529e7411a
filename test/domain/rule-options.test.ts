import {describe, expect, test} from 'vitest';
import {dutiesOf} from '../../source/domain/role/duties.js';
import {mergeRule} from '../../source/domain/rule/merge-rule.js';
import type {ReplicationRule} from '../../source/domain/rule/replication-configuration.js';
import {covers, filterElement, filterOf, overlaps} from '../../source/domain/rule/rule-filter.js';
import {fulfils, isSameRule, ruleFor, type WantedRule} from '../../source/domain/rule/rule-meaning.js';
import {lackingIn, optionsIn, type RuleOptions, withOptions} from '../../source/domain/rule/rule-options.js';
import {checkRule} from '../../source/sandbox/s3/replication-configuration/check-rule.js';

const role = 'arn:aws:iam::111122223333:role/r';
const key = 'arn:aws:kms:us-west-2:444455556666:key/k';
const wanted: WantedRule = {
	id: 'ours',
	partition: 'aws',
	destinationBucket: 'dst',
	destinationAccountId: '444455556666',
};
const plain = ruleFor(wanted, 1);
const team = {Key: 'team', Value: 'red'};
const stage = {Key: 'stage', Value: 'prod'};

/** Each option with what it makes of the rule. Source: S3 API Reference, ReplicationRule and Destination. */
const options: ReadonlyArray<readonly [RuleOptions, Partial<ReplicationRule>]> = [
	[{storageClass: 'STANDARD_IA'}, {Destination: {...plain.Destination, StorageClass: 'STANDARD_IA'}}],
	[{deleteMarkers: true}, {DeleteMarkerReplication: {Status: 'Enabled'}}],
	[
		{replicationTimeControl: true},
		{
			Destination: {
				...plain.Destination,
				ReplicationTime: {Status: 'Enabled', Time: {Minutes: 15}},
				Metrics: {Status: 'Enabled', EventThreshold: {Minutes: 15}},
			},
		},
	],
	[{metrics: true}, {Destination: {...plain.Destination, Metrics: {Status: 'Enabled'}}}],
	[
		{ownerOverride: true},
		{Destination: {...plain.Destination, AccessControlTranslation: {Owner: 'Destination'}}},
	],
	[
		{kmsKey: key},
		{
			SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: 'Enabled'}},
			Destination: {...plain.Destination, EncryptionConfiguration: {ReplicaKmsKeyID: key}},
		},
	],
	[{replicaModifications: true}, {SourceSelectionCriteria: {ReplicaModifications: {Status: 'Enabled'}}}],
];

describe.each(options)('the option %j', (option, change) => {
	const rule = ruleFor({...wanted, options: option}, 1);

	test('stands in the rule as S3 takes it, and nothing else does', () => {
		expect(rule).toEqual({...plain, ...change});
		expect(checkRule(rule as Parameters<typeof checkRule>[0])).toBeUndefined();
	});

	test('is read back, and not lacking any more', () => {
		expect(optionsIn(rule)).toMatchObject(option);
		expect(lackingIn(rule, option)).toEqual([]);
		expect(lackingIn(plain, option)).toEqual(Object.keys(option));
	});

	test('is added to a rule of the name that lacks it, which keeps the rest', () => {
		const existing = {...plain, Priority: 9, Filter: {Prefix: ''}};
		const merged = mergeRule({Role: role, Rules: [existing]}, role, {...wanted, options: option});
		expect(merged).toMatchObject({ok: true, configuration: {Rules: [{...existing, ...change}]}});
		expect(merged.ok && merged.notes.join()).toContain('it is there, and changes');
	});

	test('is no reason to touch a rule that has it', () => {
		const existing = {Role: role, Rules: [rule]};
		expect(mergeRule(existing, role, {...wanted, options: option})).toMatchObject({
			ok: true,
			configuration: existing,
			notes: [],
		});
	});

	test('is told of a rule that is kept with it', () => {
		const merged = mergeRule({Role: role, Rules: [rule]}, role, wanted);
		expect(merged.ok && merged.notes).toEqual([
			expect.stringContaining('does more than is asked for, and is kept so'),
		]);
	});
});

test('a rule keeps members that this program does not know when an option is added', () => {
	const unknown = {...plain, Destination: {...plain.Destination, New: {X: 1}}, Other: ['y']};
	expect(withOptions(unknown, {metrics: true, replicaModifications: true}, {})).toEqual({
		...unknown,
		Destination: {...unknown.Destination, Metrics: {Status: 'Enabled'}},
		SourceSelectionCriteria: {ReplicaModifications: {Status: 'Enabled'}},
	});
});

test('metrics beside time control keep its threshold', () => {
	const both = ruleFor({...wanted, options: {metrics: true, replicationTimeControl: true}}, 1);
	expect(both.Destination.Metrics).toEqual({Status: 'Enabled', EventThreshold: {Minutes: 15}});
	expect(both).toEqual(ruleFor({...wanted, options: {replicationTimeControl: true}}, 1));
});

describe('a filter', () => {
	test.each([
		[{prefix: '', tags: []}, {}],
		[{prefix: 'logs/', tags: []}, {Prefix: 'logs/'}],
		[{prefix: '', tags: [team]}, {Tag: team}],
		[{prefix: '', tags: [team, stage]}, {And: {Tags: [team, stage]}}],
		[{prefix: 'logs/', tags: [team]}, {And: {Prefix: 'logs/', Tags: [team]}}],
	])('%j is written as exactly one element', (filter, element) => {
		expect(filterElement(filter)).toEqual(element);
		expect(filterOf({...plain, Filter: element})).toEqual(filter);
	});

	test.each([
		['', [], 'logs/', [team], true, true],
		['logs/', [], 'logs/a/', [], true, true],
		['logs/a/', [], 'logs/', [], false, true],
		['a', [], 'b', [], false, false],
		['', [team], '', [], false, true],
		['', [team], '', [{...team, Value: 'blue'}], false, false],
		['', [team, stage], '', [stage], false, true],
		['', [stage], 'x', [team, stage], true, true],
	])('%s %j beside %s %j', (onePrefix, oneTags, otherPrefix, otherTags, isCovered, isOverlapping) => {
		const [one, other] = [
			{prefix: onePrefix, tags: oneTags},
			{prefix: otherPrefix, tags: otherTags},
		];
		expect(covers(one, other)).toBe(isCovered);
		expect([overlaps(one, other), overlaps(other, one)]).toEqual([isOverlapping, isOverlapping]);
	});

	test('of a rule is the same whatever the order of its tags', () => {
		const [left, right] = [
			{...plain, Filter: {And: {Tags: [team, stage]}}},
			{...plain, Filter: {And: {Tags: [stage, team]}}},
		];
		expect(isSameRule(left, right)).toBe(true);
	});
});

describe('a rule with a filter', () => {
	const logs = {...wanted, filter: {prefix: 'logs/', tags: []}};

	test('is not needed where one for more does it', () => {
		expect(fulfils(plain, logs)).toBe(true);
		expect(fulfils(ruleFor(logs, 1), wanted)).toBe(false);
	});

	test('is told which rule decides over what both take, where that makes a difference', () => {
		const asked = {...logs, id: 'new', options: {storageClass: 'GLACIER'}};
		const merged = mergeRule({Role: role, Rules: [{...plain, Priority: 3}]}, role, asked);
		expect(merged.ok && merged.notes.join()).toContain('it decides over all objects of the new rule');
		const first = mergeRule({Role: role, Rules: [{...plain, Priority: 3}]}, role, {...asked, priority: 8});
		expect(first.ok && first.notes.join()).toContain('the new rule decides');
		expect(first.ok && first.configuration.Rules.map(({Priority}) => Priority)).toEqual([3, 8]);
	});

	test.each([
		['an option that the wide rule lacks', plain, {options: {deleteMarkers: true}}],
		['a wide rule that is disabled', {...plain, Status: 'Disabled'} as const, {}],
	])('does not change a rule of its name that takes more, for %s', (_what, rule, change) => {
		const existing = {Role: role, Rules: [rule]};
		expect(mergeRule(existing, role, {...logs, ...change})).toMatchObject({ok: false, why: 'taken'});
		const free = mergeRule(existing, role, {...logs, ...change, isNameFree: true});
		expect(free).toMatchObject({
			ok: true,
			ruleId: 'ours-2',
			configuration: {Rules: [rule, {Filter: {Prefix: 'logs/'}}]},
		});
	});

	test('is kept where a wide rule of its name does all that is asked', () => {
		const wide = ruleFor({...wanted, options: {deleteMarkers: true}}, 1);
		const merged = mergeRule({Role: role, Rules: [wide]}, role, {
			...logs,
			isNameFree: true,
			options: {deleteMarkers: true},
		});
		expect(merged).toMatchObject({ok: true, ruleId: 'ours', configuration: {Rules: [wide]}});
	});

	test('does not take a priority that another has', () => {
		const asked = {...logs, id: 'new', destinationBucket: 'else', priority: 1};
		expect(mergeRule({Role: role, Rules: [plain]}, role, asked)).toMatchObject({
			ok: false,
			why: 'priority',
			rule: {ID: 'ours'},
			freePriority: 2,
		});
	});
});

test('a rule that nobody named stands beside one of the usual name that does something else', () => {
	const elsewhere = {...wanted, destinationBucket: 'elsewhere'};
	const existing = {Role: role, Rules: [plain]};
	expect(mergeRule(existing, role, {...elsewhere, isNameFree: true})).toMatchObject({
		ok: true,
		ruleId: 'ours-2',
		configuration: {Rules: [{ID: 'ours'}, {ID: 'ours-2'}]},
	});
	expect(mergeRule(existing, role, elsewhere)).toMatchObject({ok: false, why: 'taken'});
});

describe('what a rule needs', () => {
	const context = {
		partition: 'aws',
		sourceBucket: 'src',
		sourceAccountId: '111122223333',
		sourceRegion: 'us-east-1',
	};
	const base = dutiesOf(plain, context);
	const objects = 'arn:aws:s3:::dst/*';
	const at = (needs: readonly {resource: string; actions: readonly string[]}[], resource: string) =>
		needs.filter((need) => need.resource === resource).flatMap(({actions}) => actions);

	test.each([
		['storage class', {storageClass: 'GLACIER'}],
		['delete markers', {deleteMarkers: true}],
		['time control', {replicationTimeControl: true}],
		['metrics', {metrics: true}],
	])('with %s is what every rule needs', (_name, option) => {
		expect(dutiesOf(ruleFor({...wanted, options: option}, 1), context)).toEqual(base);
	});

	test('with owner override is the right to it, on both sides', () => {
		const duties = dutiesOf(ruleFor({...wanted, options: {ownerOverride: true}}, 1), context);
		expect(at(duties.role, objects)).toContain('s3:ObjectOwnerOverrideToBucketOwner');
		expect(at(duties.bucketPolicy, objects)).toContain('s3:ObjectOwnerOverrideToBucketOwner');
	});

	test('with a tag filter is the right to tags there, since all its objects have some', () => {
		const duties = dutiesOf(ruleFor({...wanted, filter: {prefix: '', tags: [team]}}, 1), context);
		expect(at(duties.bucketPolicy, objects)).toContain('s3:ReplicateTags');
	});

	test('with replica modifications is the right to tags there, since later changes of tags take it', () => {
		const duties = dutiesOf(ruleFor({...wanted, options: {replicaModifications: true}}, 1), context);
		expect(at(duties.bucketPolicy, objects)).toContain('s3:ReplicateTags');
	});

	test('with a key is to decrypt here and to encrypt there, through S3, for objects and bucket keys', () => {
		const {role: needs, keyPolicy} = dutiesOf(ruleFor({...wanted, options: {kmsKey: key}}, 1), context);
		expect(needs.slice(base.role.length)).toEqual([
			{
				actions: ['kms:Decrypt'],
				resource: 'arn:aws:kms:us-east-1:111122223333:key/*',
				condition: {
					StringLike: {
						'kms:ViaService': 's3.us-east-1.amazonaws.com',
						'kms:EncryptionContext:aws:s3:arn': ['arn:aws:s3:::src', 'arn:aws:s3:::src/*'],
					},
				},
			},
			{
				actions: ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:Decrypt'],
				resource: key,
				condition: {
					StringLike: {
						'kms:ViaService': 's3.us-west-2.amazonaws.com',
						'kms:EncryptionContext:aws:s3:arn': ['arn:aws:s3:::dst', objects],
					},
				},
			},
		]);
		expect(keyPolicy).toMatchObject([
			{resource: '*', actions: ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:Decrypt']},
		]);
	});
});
