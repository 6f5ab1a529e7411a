import {expect, test} from 'vitest';
import {isSamePolicy} from '../../source/policy/compare.js';
import {type PolicyDocument, type Statement} from '../../source/policy/document.js';

const reads: Statement = {
	Sid: 'Reads',
	Effect: 'Allow',
	Principal: {AWS: '111122223333'},
	Action: ['s3:GetObject', 's3:GetObjectVersion'],
	Resource: 'arn:aws:s3:::pictures/*',
};
const lists: Statement = {...reads, Sid: 'Lists', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::pictures'};

const document = (...statements: readonly Statement[]): PolicyDocument => ({
	Version: '2012-10-17',
	Statement: statements,
});

type Case = readonly [rule: string, left: PolicyDocument, right: PolicyDocument];
const changed = (changes: Partial<Statement>) => document({...reads, ...changes});

const same: readonly Case[] = [
	['a policy is the same as itself', document(reads), document(reads)],
	['the order of statements does not matter', document(reads, lists), document(lists, reads)],
	[
		'the order of actions does not matter',
		document(reads),
		changed({Action: ['s3:GetObjectVersion', 's3:GetObject']}),
	],
	[
		'the case of actions does not matter',
		document(reads),
		changed({Action: ['S3:getobject', 's3:GETObjectVersion']}),
	],
	[
		'an action written twice is written once',
		document(reads),
		changed({Action: ['s3:GetObject', 's3:getObject', 's3:GetObjectVersion']}),
	],
	[
		'a list of one resource is that resource',
		document(reads),
		changed({Resource: ['arn:aws:s3:::pictures/*']}),
	],
	['a list of one statement is that statement', document(reads), {Version: '2012-10-17', Statement: reads}],
	['a statement written twice is written once', document(reads), document(reads, {...reads, Sid: 'Again'})],
	['Sids do not matter', document(reads), changed({Sid: 'Other'})],
	['a missing Sid does not matter', document(reads), changed({Sid: undefined})],
	['the Id does not matter', document(reads), {...document(reads), Id: 'x'}],
	[
		'an account is its id and its root ARN',
		document(reads),
		changed({Principal: {AWS: 'arn:aws:iam::111122223333:root'}}),
	],
	['everyone is a star in both spellings', changed({Principal: '*'}), changed({Principal: {AWS: ['*']}})],
	['an empty condition is none', document(reads), changed({Condition: {}})],
	['an operator without keys is none', document(reads), changed({Condition: {StringEquals: {}}})],
	[
		'the case of condition keys does not matter',
		changed({Condition: {StringEquals: {'s3:Prefix': 'a'}}}),
		changed({Condition: {StringEquals: {'S3:prefix': ['a']}}}),
	],
	[
		'a value is true as a word and as JSON',
		changed({Condition: {Bool: {a: true}}}),
		changed({Condition: {Bool: {a: 'true'}}}),
	],
	[
		'the order of conditions does not matter',
		changed({Condition: {Bool: {a: 'true'}, StringLike: {b: 'c', d: 'e'}}}),
		changed({Condition: {StringLike: {d: 'e', b: 'c'}, Bool: {a: 'true'}}}),
	],
	[
		'the version does not matter without variables',
		document(reads),
		{Version: '2008-10-17', Statement: reads},
	],
];

const different: readonly Case[] = [
	['another effect is another policy', document(reads), changed({Effect: 'Deny'})],
	['one action less is another policy', document(reads), changed({Action: 's3:GetObject'})],
	['a wildcard is not the list it covers', document(reads), changed({Action: 's3:GetObject*'})],
	['NotAction is not Action', document(reads), changed({Action: undefined, NotAction: reads.Action ?? []})],
	[
		'NotPrincipal is not Principal',
		document(reads),
		changed({Principal: undefined, NotPrincipal: {AWS: '111122223333'}}),
	],
	[
		'NotResource is not Resource',
		document(reads),
		changed({Resource: undefined, NotResource: reads.Resource ?? []}),
	],
	['the case of a resource matters', document(reads), changed({Resource: 'arn:aws:s3:::Pictures/*'})],
	['another principal is another policy', document(reads), changed({Principal: {AWS: '444455556666'}})],
	[
		'a principal of another kind is another policy',
		document(reads),
		changed({Principal: {Service: '111122223333'}}),
	],
	['a condition more is another policy', document(reads), changed({Condition: {Bool: {a: 'true'}}})],
	[
		'another operator is another policy',
		changed({Condition: {StringLike: {a: 'b'}}}),
		changed({Condition: {StringEquals: {a: 'b'}}}),
	],
	['one statement more is another policy', document(reads), document(reads, lists)],
	[
		'the version matters with a variable',
		changed({Resource: 'arn:aws:s3:::a/${aws:username}'}),
		{...changed({Resource: 'arn:aws:s3:::a/${aws:username}'}), Version: '2008-10-17'},
	],
];

test.each(same)('%s', (_rule, left, right) => {
	expect([isSamePolicy(left, right), isSamePolicy(right, left)]).toEqual([true, true]);
});

test.each(different)('%s', (_rule, left, right) => {
	expect([isSamePolicy(left, right), isSamePolicy(right, left)]).toEqual([false, false]);
});

test('Sids matter when asked', () => {
	expect(isSamePolicy(document(reads), changed({Sid: 'Other'}), {comparesSids: true})).toBe(false);
});

test('the order of statements does not matter when Sids do', () => {
	expect(isSamePolicy(document(reads, lists), document(lists, reads), {comparesSids: true})).toBe(true);
});
