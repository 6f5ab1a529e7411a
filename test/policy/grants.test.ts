import {expect, test} from 'vitest';
import {grants} from '../../source/policy/compare.js';
import {type Statement} from '../../source/policy/document.js';

const roleArn = 'arn:aws:iam::111122223333:role/service-role/replicator';
const needed = {
	principalArn: roleArn,
	actions: ['s3:ReplicateObject', 's3:ReplicateDelete'],
	resource: 'arn:aws:s3:::dst/*',
};

const grant: Statement = {
	Effect: 'Allow',
	Principal: {AWS: roleArn},
	Action: ['s3:ReplicateObject', 's3:ReplicateDelete'],
	Resource: 'arn:aws:s3:::dst/*',
};
const granting = (changes: Partial<Statement>) => [{...grant, ...changes}];
const denying = (changes: Partial<Statement>) => [
	grant,
	{Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::dst/*', ...changes} as Statement,
];

type Case = readonly [rule: string, statements: readonly Statement[]];

const enough: readonly Case[] = [
	['the very statement is enough', [grant]],
	['actions compare without case', granting({Action: ['S3:replicateobject', 's3:replicateDelete']})],
	['a wildcard covers both actions', granting({Action: 's3:Replicate*'})],
	['a question mark covers a letter', granting({Action: ['s3:Replicate?bject', 's3:?eplicateDelete']})],
	[
		'each action may come from another statement',
		[
			{...grant, Action: 's3:ReplicateObject'},
			{...grant, Action: 's3:ReplicateDelete'},
		],
	],
	['more actions than needed are enough', granting({Action: ['s3:*', 'iam:*']})],
	['a wider resource is enough', granting({Resource: 'arn:aws:s3:::*'})],
	['one resource of a list is enough', granting({Resource: ['arn:aws:s3:::dst', 'arn:aws:s3:::dst/*']})],
	['everyone includes the role', granting({Principal: '*'})],
	[
		'the account of the role includes it, as the console writes it',
		granting({Principal: {AWS: 'arn:aws:iam::111122223333:root'}}),
	],
	['an empty condition is none', granting({Condition: {}})],
	['NotAction leaves the needed actions in', granting({Action: undefined, NotAction: 's3:Get*'})],
	[
		'NotResource leaves the needed resource in',
		granting({Resource: undefined, NotResource: 'arn:aws:s3:::other/*'}),
	],
	['a deny of another action does not matter', denying({Action: 's3:GetObject'})],
	['a deny on the bucket itself does not matter to its objects', denying({Resource: 'arn:aws:s3:::dst'})],
	['a deny on another bucket does not matter', denying({Resource: 'arn:aws:s3:::other/*'})],
	['a deny of another account does not matter', denying({Principal: {AWS: '444455556666'}})],
	[
		'a deny of another role does not matter',
		denying({Principal: {AWS: 'arn:aws:iam::111122223333:role/other'}}),
	],
	[
		"a deny of another role's session does not matter",
		denying({Principal: {AWS: 'arn:aws:sts::111122223333:assumed-role/replicator-2/s'}}),
	],
	['a deny of a service does not matter', denying({Principal: {Service: 's3.amazonaws.com'}})],
	[
		'a deny with NotAction that spares both does not matter',
		denying({Action: undefined, NotAction: 's3:Replicate*'}),
	],
	[
		'a deny with NotResource that spares the objects does not matter',
		denying({Resource: undefined, NotResource: 'arn:aws:s3:::dst*'}),
	],
];

const notEnough: readonly Case[] = [
	['no statement is not enough', []],
	['one action is not enough', granting({Action: 's3:ReplicateObject'})],
	['a wildcard that covers one action is not enough', granting({Action: 's3:ReplicateO*'})],
	['a condition is not enough', granting({Condition: {Bool: {'aws:SecureTransport': 'true'}}})],
	['the bucket alone is not enough', granting({Resource: 'arn:aws:s3:::dst'})],
	['some of the objects are not enough', granting({Resource: 'arn:aws:s3:::dst/photos/*'})],
	['objects of one letter are not enough', granting({Resource: 'arn:aws:s3:::dst/?'})],
	['a folder for each user is not enough', granting({Resource: 'arn:aws:s3:::dst/${aws:username}*'})],
	['another role is not enough', granting({Principal: {AWS: 'arn:aws:iam::111122223333:role/replicator'}})],
	[
		'one session of the role is not enough',
		granting({Principal: {AWS: 'arn:aws:sts::111122223333:assumed-role/replicator/s'}}),
	],
	['the id of a role that is gone is not enough', granting({Principal: {AWS: 'AROAEXAMPLEROLE00001'}})],
	['another account is not enough', granting({Principal: {AWS: '444455556666'}})],
	['the S3 service is not the role', granting({Principal: {Service: 's3.amazonaws.com'}})],
	[
		'an allow with NotPrincipal is not counted on',
		granting({Principal: undefined, NotPrincipal: {AWS: '444455556666'}}),
	],
	['an allow without a principal is not enough', granting({Principal: undefined})],
	[
		'NotAction that takes one action away is not enough',
		granting({Action: undefined, NotAction: 's3:*Delete'}),
	],
	[
		'NotResource that takes some objects away is not enough',
		granting({Resource: undefined, NotResource: 'arn:aws:s3:::dst/private/*'}),
	],
	['a deny of everything hits', denying({})],
	['a deny of one action hits', denying({Action: 's3:ReplicateDelete'})],
	['a deny of some objects hits', denying({Resource: 'arn:aws:s3:::dst/private/*'})],
	['a deny on a pattern that only crosses hits', denying({Resource: 'arn:aws:s3:::*/private'})],
	['a deny with a condition could hit', denying({Condition: {Bool: {'aws:SecureTransport': 'false'}}})],
	['a deny of the account hits', denying({Principal: {AWS: '111122223333'}})],
	[
		'a deny of a session of the role hits',
		denying({Principal: {AWS: 'arn:aws:sts::111122223333:assumed-role/replicator/s'}}),
	],
	[
		'a deny with NotPrincipal could hit',
		denying({Principal: undefined, NotPrincipal: {AWS: [roleArn, '111122223333']}}),
	],
	[
		'a deny with NotAction that spares one action hits',
		denying({Action: undefined, NotAction: 's3:ReplicateObject'}),
	],
	[
		'a deny with NotResource that spares some objects hits',
		denying({Resource: undefined, NotResource: 'arn:aws:s3:::dst/a*'}),
	],
	['a deny with a variable could hit', denying({Resource: 'arn:aws:s3:::dst/${aws:username}'})],
];

test.each(enough)('%s', (_rule, statements) => {
	expect(grants({Version: '2012-10-17', Statement: statements}, needed)).toBe(true);
});

test.each(notEnough)('%s', (_rule, statements) => {
	expect(grants({Version: '2012-10-17', Statement: statements}, needed)).toBe(false);
});
