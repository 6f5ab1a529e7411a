import {describe, expect, test} from 'vitest';
import type {
	ReplicationConfiguration,
	ReplicationRule,
} from '../../source/domain/rule/replication-configuration.js';
import {takeBackPolicy} from '../../source/domain/take-back/take-back-policy.js';
import {takeBackRules} from '../../source/domain/take-back/take-back-rules.js';
import type {PolicyDocument, Statement} from '../../source/policy/document.js';

const rule = (ID: string, bucket: string, change: Partial<ReplicationRule> = {}): ReplicationRule => ({
	ID,
	Priority: 1,
	Status: 'Enabled',
	Filter: {},
	DeleteMarkerReplication: {Status: 'Disabled'},
	Destination: {Bucket: `arn:aws:s3:::${bucket}`},
	...change,
});
const of = (...rules: readonly ReplicationRule[]): ReplicationConfiguration => ({Role: 'role', Rules: rules});
const {Filter: _filter, Priority: _priority, ...oldRule} = rule('old', 'x', {Prefix: 'a/'});

const ours = rule('ours', 'into');
const theirs = rule('theirs', 'third', {Priority: 7});
const disabled = rule('ours', 'into', {Status: 'Disabled'});
const elsewhere = rule('ours', 'elsewhere');

type Rules = ReplicationConfiguration | undefined;

describe('rules that are taken back', () => {
	test.each<readonly [what: string, before: Rules, after: ReplicationConfiguration, now: Rules, left: Rules]>(
		[
			['nothing else is there: none is left', undefined, of(ours), of(ours), undefined],
			['others were there: they are there again', of(theirs), of(theirs, ours), of(ours, theirs), of(theirs)],
			[
				'S3 spells the empty filter in its own way',
				undefined,
				of(ours),
				of({...ours, Filter: {Prefix: ''}}),
				undefined,
			],
			['somebody added one: it stays', undefined, of(ours), of(ours, theirs), of(theirs)],
			[
				'somebody took one of the others away: it stays away',
				of(theirs),
				of(theirs, ours),
				of(ours),
				undefined,
			],
			['somebody deleted ours: nothing is done', of(theirs), of(theirs, ours), of(theirs), of(theirs)],
			['somebody deleted all: nothing is done', of(theirs), of(theirs, ours), undefined, undefined],
			['somebody disabled ours: it goes', undefined, of(ours), of(disabled, theirs), of(theirs)],
			['the name has another destination now: it stays', undefined, of(ours), of(elsewhere), of(elsewhere)],
			[
				'ours was there before in another form: that comes back',
				of(disabled),
				of(ours),
				of(ours, theirs),
				of(disabled, theirs),
			],
			['it never took effect: nothing is done', of(disabled), of(ours), of(disabled), of(disabled)],
			[
				'an older rule was converted: it becomes old again',
				of(oldRule),
				of(rule('old', 'x'), ours),
				of(rule('old', 'x'), ours),
				of(oldRule),
			],
			[
				'an older rule was converted and a newer one came since: it stays converted',
				of(oldRule),
				of(rule('old', 'x'), ours),
				of(rule('old', 'x'), ours, theirs),
				of(rule('old', 'x'), theirs),
			],
		],
	)('%s', (_what, before, after, now, left) => {
		expect(takeBackRules(now, {before, after}).configuration).toEqual(left);
	});

	test('say which of them stay because somebody changed them', () => {
		expect(takeBackRules(of(elsewhere), {after: of(ours)}).stay).toEqual(['ours']);
	});
});

const statement = (Sid: string, principal = 'arn:aws:iam::111122223333:role/r'): Statement => ({
	Sid,
	Effect: 'Allow',
	Principal: {AWS: principal},
	Action: ['s3:ReplicateObject'],
	Resource: 'arn:aws:s3:::into/*',
});
const policy = (...statements: readonly Statement[]): PolicyDocument => ({
	Version: '2012-10-17',
	Statement: statements,
});
const mine = statement('ours');
const others = statement('theirs', 'arn:aws:iam::444455556666:root');
type Policy = PolicyDocument | undefined;

describe('statements that are taken back', () => {
	test.each<readonly [what: string, before: Policy, after: PolicyDocument, now: Policy, left: Policy]>([
		['nothing else is there: no policy is left', undefined, policy(mine), policy(mine), undefined],
		[
			'others were there: they are there again',
			policy(others),
			policy(others, mine),
			policy(mine, others),
			policy(others),
		],
		['somebody added one: it stays', undefined, policy(mine), policy(others, mine), policy(others)],
		[
			'somebody deleted ours: nothing is done',
			policy(others),
			policy(others, mine),
			policy(others),
			policy(others),
		],
		['somebody deleted the policy: nothing is done', undefined, policy(mine), undefined, undefined],
		[
			'the role is gone, and its id is shown: it goes',
			undefined,
			policy(mine),
			policy(others, statement('ours', 'AROAEXAMPLE')),
			policy(others),
		],
		[
			'somebody changed ours: it is theirs now',
			undefined,
			policy(mine),
			policy({...mine, Effect: 'Deny'}),
			policy({...mine, Effect: 'Deny'}),
		],
		[
			'ours replaced another: that comes back',
			policy(statement('old')),
			policy(mine),
			policy(mine, others),
			policy(others, statement('old')),
		],
		[
			'it never took effect: nothing is done',
			policy(statement('old')),
			policy(mine),
			policy(statement('old')),
			policy(statement('old')),
		],
	])('%s', (_what, before, after, now, left) => {
		expect(takeBackPolicy(now, {before, after})).toEqual(left);
	});
});
