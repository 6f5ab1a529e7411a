import {expect, test} from 'vitest';
import {decide} from '../../source/policy/decide.js';
import {type ConditionElement, type OneOrMany} from '../../source/policy/document.js';
import {allow, deny, policy, request, session} from './cases.js';

type Case = readonly [
	rule: string,
	condition: ConditionElement,
	context: Readonly<Record<string, OneOrMany<string>>>,
	holds: boolean,
];

const operators: readonly Case[] = [
	[
		'IpAddress fails on a negative length',
		{IpAddress: {'aws:SourceIp': '203.0.113.0/-1'}},
		{'aws:SourceIp': '203.0.113.7'},
		false,
	],
	['StringEquals wants the very value', {StringEquals: {'s3:prefix': 'a'}}, {'s3:prefix': 'a'}, true],
	['StringEquals compares with case', {StringEquals: {'s3:prefix': 'a'}}, {'s3:prefix': 'A'}, false],
	['StringEquals knows no wildcard', {StringEquals: {'s3:prefix': 'a*'}}, {'s3:prefix': 'ab'}, false],
	['StringEquals fails without the key', {StringEquals: {'s3:prefix': 'a'}}, {}, false],
	['one of several values is enough', {StringEquals: {'s3:prefix': ['a', 'b']}}, {'s3:prefix': 'b'}, true],
	['a condition key has no case', {StringEquals: {'S3:Prefix': 'a'}}, {'s3:pREFIX': 'a'}, true],
	['StringNotEquals fails on the value', {StringNotEquals: {'s3:prefix': 'a'}}, {'s3:prefix': 'a'}, false],
	['StringNotEquals holds on another value', {StringNotEquals: {'s3:prefix': 'a'}}, {'s3:prefix': 'b'}, true],
	['StringNotEquals holds without the key', {StringNotEquals: {'s3:prefix': 'a'}}, {}, true],
	[
		'StringNotEquals wants none of several values',
		{StringNotEquals: {'s3:prefix': ['a', 'b']}},
		{'s3:prefix': 'b'},
		false,
	],
	[
		'StringEqualsIgnoreCase has no case',
		{StringEqualsIgnoreCase: {'s3:prefix': 'aB'}},
		{'s3:prefix': 'Ab'},
		true,
	],
	[
		'StringNotEqualsIgnoreCase has no case',
		{StringNotEqualsIgnoreCase: {'s3:prefix': 'aB'}},
		{'s3:prefix': 'Ab'},
		false,
	],
	['StringLike knows wildcards', {StringLike: {'s3:prefix': 'a*c?'}}, {'s3:prefix': 'a/b/cd'}, true],
	['StringLike compares with case', {StringLike: {'s3:prefix': 'a*'}}, {'s3:prefix': 'Ab'}, false],
	['StringNotLike is its contrary', {StringNotLike: {'s3:prefix': 'a*'}}, {'s3:prefix': 'ab'}, false],
	['StringNotLike holds without the key', {StringNotLike: {'s3:prefix': 'a*'}}, {}, true],
	[
		'a variable has its value in StringEquals',
		{StringEquals: {'s3:prefix': '${aws:username}'}},
		{'s3:prefix': 'alice'},
		true,
	],
	[
		'a variable has its value in StringLike',
		{StringLike: {'s3:prefix': '${aws:username}/*'}},
		{'s3:prefix': 'alice/x'},
		true,
	],
	[
		'a variable has its value in StringEqualsIgnoreCase',
		{StringEqualsIgnoreCase: {'s3:prefix': '${aws:username}'}},
		{'s3:prefix': 'ALICE'},
		true,
	],
	['${*} is a star in StringLike', {StringLike: {'s3:prefix': 'a${*}'}}, {'s3:prefix': 'ab'}, false],
	['NumericEquals compares numbers', {NumericEquals: {'s3:max-keys': '10'}}, {'s3:max-keys': '10.0'}, true],
	['a number may be written as a number', {NumericEquals: {'s3:max-keys': 10}}, {'s3:max-keys': '10'}, true],
	['NumericNotEquals is its contrary', {NumericNotEquals: {'s3:max-keys': 10}}, {'s3:max-keys': '10'}, false],
	[
		'NumericLessThan leaves the bound out',
		{NumericLessThan: {'s3:max-keys': 10}},
		{'s3:max-keys': '10'},
		false,
	],
	[
		'NumericLessThan is no order of letters',
		{NumericLessThan: {'s3:max-keys': 10}},
		{'s3:max-keys': '9'},
		true,
	],
	[
		'NumericLessThanEquals has the bound',
		{NumericLessThanEquals: {'s3:max-keys': 10}},
		{'s3:max-keys': '10'},
		true,
	],
	[
		'NumericGreaterThan leaves the bound out',
		{NumericGreaterThan: {'s3:max-keys': 10}},
		{'s3:max-keys': '10'},
		false,
	],
	[
		'NumericGreaterThanEquals has the bound',
		{NumericGreaterThanEquals: {'s3:max-keys': 10}},
		{'s3:max-keys': '10'},
		true,
	],
	['what is no number fails', {NumericLessThan: {'s3:max-keys': 10}}, {'s3:max-keys': 'few'}, false],
	['an empty text is no number', {NumericEquals: {'s3:max-keys': 0}}, {'s3:max-keys': ''}, false],
	[
		'DateLessThan compares moments',
		{DateLessThan: {'aws:CurrentTime': '2026-11-22T12:00:00Z'}},
		{'aws:CurrentTime': '2026-11-22T11:59:59Z'},
		true,
	],
	[
		'DateGreaterThan compares moments',
		{DateGreaterThan: {'aws:CurrentTime': '2026-11-22T12:00:00Z'}},
		{'aws:CurrentTime': '2026-11-22T11:59:59Z'},
		false,
	],
	[
		'DateEquals takes seconds since 1970 for a date',
		{DateEquals: {'aws:EpochTime': '2026-11-22T00:00:00Z'}},
		{'aws:EpochTime': '1795305600'},
		true,
	],
	[
		'DateNotEquals is the contrary of DateEquals',
		{DateNotEquals: {'aws:CurrentTime': '2026-11-22'}},
		{'aws:CurrentTime': '2026-11-22T00:00:00Z'},
		false,
	],
	[
		'DateLessThanEquals has the bound',
		{DateLessThanEquals: {'aws:CurrentTime': '2026-11-22'}},
		{'aws:CurrentTime': '2026-11-22T00:00:00Z'},
		true,
	],
	[
		'DateGreaterThanEquals has the bound',
		{DateGreaterThanEquals: {'aws:CurrentTime': '2026-11-22'}},
		{'aws:CurrentTime': '2026-11-22T00:00:00Z'},
		true,
	],
	['Bool compares truth', {Bool: {'aws:SecureTransport': 'true'}}, {'aws:SecureTransport': 'true'}, true],
	[
		'Bool may be written as true',
		{Bool: {'aws:SecureTransport': true}},
		{'aws:SecureTransport': 'True'},
		true,
	],
	[
		'Bool tells false from true',
		{Bool: {'aws:SecureTransport': 'false'}},
		{'aws:SecureTransport': 'true'},
		false,
	],
	['Bool fails without the key', {Bool: {'aws:MultiFactorAuthPresent': 'false'}}, {}, false],
	['BinaryEquals compares base64', {BinaryEquals: {'kms:Data': 'QmluYXJ5'}}, {'kms:Data': 'QmluYXJ5'}, true],
	[
		'IpAddress knows ranges',
		{IpAddress: {'aws:SourceIp': '203.0.113.0/24'}},
		{'aws:SourceIp': '203.0.113.77'},
		true,
	],
	[
		'IpAddress ends where the range ends',
		{IpAddress: {'aws:SourceIp': '203.0.113.0/25'}},
		{'aws:SourceIp': '203.0.113.128'},
		false,
	],
	[
		'IpAddress without a length is one address',
		{IpAddress: {'aws:SourceIp': '203.0.113.7'}},
		{'aws:SourceIp': '203.0.113.8'},
		false,
	],
	[
		'IpAddress /0 is every address',
		{IpAddress: {'aws:SourceIp': '0.0.0.0/0'}},
		{'aws:SourceIp': '198.51.100.1'},
		true,
	],
	[
		'IpAddress knows version 6',
		{IpAddress: {'aws:SourceIp': '2001:DB8::/32'}},
		{'aws:SourceIp': '2001:db8:1::1'},
		true,
	],
	[
		'IpAddress keeps the versions apart',
		{IpAddress: {'aws:SourceIp': '::/0'}},
		{'aws:SourceIp': '203.0.113.7'},
		false,
	],
	[
		'IpAddress fails on what is no address',
		{IpAddress: {'aws:SourceIp': '0.0.0.0/0'}},
		{'aws:SourceIp': 's3.amazonaws.com'},
		false,
	],
	[
		'IpAddress fails on an impossible length',
		{IpAddress: {'aws:SourceIp': '203.0.113.0/33'}},
		{'aws:SourceIp': '203.0.113.7'},
		false,
	],
	[
		'NotIpAddress is its contrary',
		{NotIpAddress: {'aws:SourceIp': '203.0.113.0/24'}},
		{'aws:SourceIp': '203.0.113.77'},
		false,
	],
	['NotIpAddress holds without the key', {NotIpAddress: {'aws:SourceIp': '203.0.113.0/24'}}, {}, true],
	[
		'ArnEquals knows wildcards as ArnLike does',
		{ArnEquals: {'aws:SourceArn': 'arn:aws:s3:::pic*'}},
		{'aws:SourceArn': 'arn:aws:s3:::pictures'},
		true,
	],
	[
		'ArnLike goes part by part',
		{ArnLike: {'aws:SourceArn': 'arn:aws:*:pictures'}},
		{'aws:SourceArn': 'arn:aws:s3:::pictures'},
		false,
	],
	[
		'ArnLike has a wildcard for each part',
		{ArnLike: {'aws:SourceArn': 'arn:*:s3:*:*:pictures'}},
		{'aws:SourceArn': 'arn:aws:s3:::pictures'},
		true,
	],
	[
		'ArnNotEquals is the contrary',
		{ArnNotEquals: {'aws:SourceArn': 'arn:aws:s3:::pic*'}},
		{'aws:SourceArn': 'arn:aws:s3:::pictures'},
		false,
	],
	[
		'ArnNotLike is the contrary',
		{ArnNotLike: {'aws:SourceArn': 'arn:aws:s3:::dog*'}},
		{'aws:SourceArn': 'arn:aws:s3:::pictures'},
		true,
	],
	['Null true wants the key away', {Null: {'aws:TokenIssueTime': 'true'}}, {}, true],
	[
		'Null true fails where the key is',
		{Null: {'aws:TokenIssueTime': true}},
		{'aws:TokenIssueTime': 'x'},
		false,
	],
	['Null false wants the key', {Null: {'aws:TokenIssueTime': 'false'}}, {'aws:TokenIssueTime': 'x'}, true],
	['IfExists holds without the key', {StringEqualsIfExists: {'s3:prefix': 'a'}}, {}, true],
	[
		'IfExists compares where the key is',
		{StringEqualsIfExists: {'s3:prefix': 'a'}},
		{'s3:prefix': 'b'},
		false,
	],
	[
		'several operators must all hold',
		{StringEquals: {'s3:prefix': 'a'}, Bool: {'aws:SecureTransport': 'true'}},
		{'s3:prefix': 'a', 'aws:SecureTransport': 'false'},
		false,
	],
	[
		'several keys must all hold',
		{StringEquals: {'s3:prefix': 'a', 's3:delimiter': '/'}},
		{'s3:prefix': 'a'},
		false,
	],
	['an empty condition holds', {}, {}, true],
	['a key of an object prototype is just a missing key', {StringEquals: {constructor: 'a'}}, {}, false],
	['an unknown operator never allows', {StringResembles: {'s3:prefix': 'a'}}, {'s3:prefix': 'a'}, false],
	['an operator compares with case', {stringequals: {'s3:prefix': 'a'}}, {'s3:prefix': 'a'}, false],
	['NullIfExists is no operator', {NullIfExists: {'s3:prefix': 'true'}}, {}, false],
];

const sets: readonly Case[] = [
	[
		'without a set operator a negated condition wants no value listed',
		{StringNotEquals: {'aws:TagKeys': 'a'}},
		{'aws:TagKeys': ['b', 'a']},
		false,
	],
	[
		'without a set operator a condition wants one value listed',
		{StringEquals: {'aws:TagKeys': 'a'}},
		{'aws:TagKeys': ['b', 'a']},
		true,
	],
	[
		'ForAllValues wants every value listed',
		{'ForAllValues:StringEquals': {'aws:TagKeys': ['a', 'b']}},
		{'aws:TagKeys': ['a', 'b']},
		true,
	],
	[
		'ForAllValues fails on one value more',
		{'ForAllValues:StringEquals': {'aws:TagKeys': ['a', 'b']}},
		{'aws:TagKeys': ['a', 'c']},
		false,
	],
	['ForAllValues holds without the key', {'ForAllValues:StringEquals': {'aws:TagKeys': 'a'}}, {}, true],
	[
		'ForAllValues holds on no values',
		{'ForAllValues:StringEquals': {'aws:TagKeys': 'a'}},
		{'aws:TagKeys': []},
		true,
	],
	[
		'ForAllValues negated wants no value listed',
		{'ForAllValues:StringNotEquals': {'aws:TagKeys': ['a']}},
		{'aws:TagKeys': ['b', 'a']},
		false,
	],
	[
		'ForAnyValue wants one value listed',
		{'ForAnyValue:StringLike': {'aws:TagKeys': 'a*'}},
		{'aws:TagKeys': ['b', 'ab']},
		true,
	],
	[
		'ForAnyValue fails on none listed',
		{'ForAnyValue:StringLike': {'aws:TagKeys': 'a*'}},
		{'aws:TagKeys': ['b']},
		false,
	],
	['ForAnyValue fails without the key', {'ForAnyValue:StringEquals': {'aws:TagKeys': 'a'}}, {}, false],
	[
		'ForAnyValue negated fails without the key too',
		{'ForAnyValue:StringNotEquals': {'aws:TagKeys': 'a'}},
		{},
		false,
	],
	[
		'ForAnyValue negated wants one value not listed',
		{'ForAnyValue:StringNotEquals': {'aws:TagKeys': 'a'}},
		{'aws:TagKeys': ['a', 'b']},
		true,
	],
	[
		'ForAnyValue with IfExists holds without the key',
		{'ForAnyValue:StringEqualsIfExists': {'aws:TagKeys': 'a'}},
		{},
		true,
	],
];

const decideWith = (condition: ConditionElement, context: Case[2]) =>
	decide(request({context}), {identity: [policy('tested', allow({Condition: condition}))]});

test.each(operators)(
	'%s (reference_policies_elements_condition_operators)',
	(_rule, condition, context, holds) => {
		expect(decideWith(condition, context).isAllowed).toBe(holds);
	},
);

test.each(sets)(
	'%s (reference_policies_condition-single-vs-multi-valued-context-keys)',
	(_rule, condition, context, holds) => {
		expect(decideWith(condition, context).isAllowed).toBe(holds);
	},
);

type CallerCase = readonly [key: string, value: string];

const keysOfASession: readonly CallerCase[] = [
	['aws:PrincipalArn', 'arn:aws:iam::111122223333:role/service-role/replicator'],
	['aws:PrincipalAccount', '111122223333'],
	['aws:PrincipalType', 'AssumedRole'],
	['aws:userid', 'AROAEXAMPLEROLE00001:run-1'],
	['aws:PrincipalIsAWSService', 'false'],
	['aws:ResourceAccount', '444455556666'],
];

test.each(keysOfASession)('of a role session %s is %s (reference_policies_condition-keys)', (key, value) => {
	const policies = {
		identity: [policy('tested', allow({Condition: {StringEquals: {[key]: value}}}))],
		resource: policy('bucket', allow({Principal: '*'})),
	};
	expect(decide(request({caller: session, resourceAccountId: '444455556666'}), policies).isAllowed).toBe(
		true,
	);
});

test('an unknown operator does not disarm a deny (own: AWS refuses such a policy)', () => {
	const guard = deny({Condition: {StringResembles: {'s3:prefix': 'a'}}});
	expect(decide(request(), {identity: [policy('tested', allow(), guard)]}).isAllowed).toBe(false);
});

test('a variable without a value makes even StringNotEquals fail (reference_policies_variables)', () => {
	const own = allow({Condition: {StringNotEquals: {'s3:prefix': '${aws:username}'}}});
	const asked = request({caller: session, context: {'s3:prefix': 'x'}});
	expect(decide(asked, {identity: [policy('tested', own)]}).isAllowed).toBe(false);
});

test('keys of the request win over those of the caller (own: services set them)', () => {
	const own = allow({Condition: {StringEquals: {'aws:PrincipalType': 'Special'}}});
	const asked = request({context: {'AWS:principaltype': 'Special'}});
	expect(decide(asked, {identity: [policy('tested', own)]}).isAllowed).toBe(true);
});
