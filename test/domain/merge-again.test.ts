import {describe, expect, it} from 'vitest';
import {addRuleAgain, takeRulesAgain} from '../../source/domain/merge-again/rules-again.js';
import {addStatementsAgain, takeStatementsAgain} from '../../source/domain/merge-again/statements-again.js';
import type {
	ReplicationConfiguration,
	ReplicationRule,
} from '../../source/domain/rule/replication-configuration.js';
import type {PolicyDocument, Statement} from '../../source/policy/document.js';

const statement = (Sid: string, Action = `s3:${Sid}`): Statement => ({Sid, Effect: 'Allow', Action});
const policy = (...Statement: readonly Statement[]): PolicyDocument => ({Version: '2012-10-17', Statement});
const [theirs, ours, newer] = [statement('theirs'), statement('ours'), statement('newer')];

describe('statements that are added again', () => {
	const planned = {before: policy(theirs), after: policy(theirs, ours)};
	it.each([
		{what: 'stand beside what was added', now: policy(theirs, newer), is: policy(theirs, newer, ours)},
		{what: 'need nothing that went', now: policy(newer), is: policy(newer, ours)},
		{what: 'are there already', now: policy(ours), is: policy(ours)},
		{
			what: 'give way to a name that is taken',
			now: policy(statement('ours', 's3:PutObject')),
			is: policy(statement('ours', 's3:PutObject'), statement('ours-2', 's3:ours')),
		},
		{
			what: 'leave the Id and the Version to others',
			now: {Id: 'x', Version: '2008-10-17', Statement: []},
			is: {Id: 'x', Version: '2008-10-17', Statement: [ours]},
		},
	])('$what', ({now, is}) => {
		expect(addStatementsAgain(now, planned)).toEqual({document: is});
	});

	it('are a question where the whole policy went', () => {
		expect(addStatementsAgain(undefined, planned)).toBeUndefined();
	});
});

describe('statements that are taken out again', () => {
	const planned = {before: policy(theirs, ours), after: policy(theirs)};
	it.each([
		{what: 'leave what was added', now: policy(theirs, ours, newer), is: policy(theirs, newer)},
		{what: 'are gone already', now: policy(theirs, newer), is: policy(theirs, newer)},
		{what: 'and the whole policy is', now: undefined, is: undefined},
	])('$what', ({now, is}) => {
		expect(takeStatementsAgain(now, planned)).toEqual({document: is});
	});

	it('delete the policy only where nothing else is in it', () => {
		const whole = {before: policy(ours), after: undefined};
		expect(takeStatementsAgain(policy(ours, newer), whole)).toEqual({document: policy(newer)});
		expect(takeStatementsAgain(policy(ours), whole)).toEqual({document: undefined});
	});

	it('are a question where somebody changed one', () => {
		expect(takeStatementsAgain(policy(theirs, statement('ours', 's3:*')), planned)).toBeUndefined();
	});
});

const rule = (ID: string, bucket: string, Priority: number): ReplicationRule => ({
	ID,
	Priority,
	Status: 'Enabled',
	Filter: ID === 'ours' ? {} : {Prefix: `${ID}/`},
	DeleteMarkerReplication: {Status: 'Disabled'},
	Destination: {Bucket: `arn:aws:s3:::${bucket}`},
});
const rules = (Role: string, ...Rules: readonly ReplicationRule[]): ReplicationConfiguration => ({
	Role,
	Rules,
});
const [theirRule, ourRule, newRule] = [rule('theirs', 'x', 4), rule('ours', 'd', 5), rule('newer', 'y', 9)];

describe('a rule that is added again', () => {
	const planned = {before: rules('r', theirRule), after: rules('r', theirRule, ourRule)};
	const what = {ruleId: 'ours', sourceAccountId: '1'};

	it.each([
		{
			what: 'stands beside what was added, with a priority that is free',
			now: rules('r', theirRule, newRule),
			is: rules('r', theirRule, newRule, {...ourRule, Priority: 10}),
		},
		{what: 'is there already', now: rules('r', ourRule, newRule), is: rules('r', ourRule, newRule)},
	])('$what', ({now, is}) => {
		expect(addRuleAgain(now, planned, what)).toEqual({document: is});
	});

	it.each([
		{what: 'all rules went', now: undefined},
		{what: 'the role is another', now: rules('other', theirRule, newRule)},
		{what: 'its name is taken', now: rules('r', {...newRule, ID: 'ours'})},
		{
			what: 'another rule would change',
			now: rules('r', {...rule('old', 'd', 0)}, ...[1, 2].map((n) => rule(`o${n}`, 'd', n))),
		},
	])('is a question where $what', ({now}) => {
		expect(addRuleAgain(now, planned, what)).toBeUndefined();
	});
});

describe('a rule that is taken out again', () => {
	const planned = {before: rules('r', ourRule), after: undefined};
	it.each([
		{what: 'leaves what was added', now: rules('r', ourRule, newRule), is: rules('r', newRule)},
		{what: 'leaves nothing', now: rules('r', ourRule), is: undefined},
		{what: 'is gone already', now: rules('r', newRule), is: rules('r', newRule)},
	])('$what', ({now, is}) => {
		expect(takeRulesAgain(now, planned)).toEqual({document: is});
	});

	it('is a question where somebody sent it elsewhere', () => {
		expect(takeRulesAgain(rules('r', rule('ours', 'z', 5)), planned)).toBeUndefined();
	});
});
