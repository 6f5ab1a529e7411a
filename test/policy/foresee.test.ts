import {expect, test} from 'vitest';
import {type ForeseenRequest} from '../../source/policy/access-request.js';
import {type Statement} from '../../source/policy/document.js';
import {foresee, foreseeDenies, foreseeEvery, type Foresight} from '../../source/policy/foresee.js';

const roleArn = 'arn:aws:iam::111122223333:role/service-role/replicator';
/** What a role of another account asks of a bucket's policy; its own policies allow everything. */
const call = (action: string): ForeseenRequest => ({
	caller: {
		kind: 'role-session',
		accountId: '111122223333',
		arn: 'arn:aws:sts::111122223333:assumed-role/replicator/s3-replication',
		roleArn,
	},
	action,
	resource: 'arn:aws:s3:::dst/*',
	resourceAccountId: '444455556666',
	context: {'aws:SecureTransport': 'true', 'aws:RequestedRegion': 'eu-west-1'},
});
const needed = ['s3:ReplicateObject', 's3:ReplicateDelete'];
const everything = {
	name: 'everything',
	document: {Version: '2012-10-17', Statement: {Effect: 'Allow', Action: '*', Resource: '*'}},
} as const;

/** The worst of what is foreseen for the two actions. */
function worstOf(statements: readonly Statement[]): Foresight['outcome'] | undefined {
	const resource = {name: 'bucket policy', document: {Version: '2012-10-17', Statement: statements}};
	const outcomes = needed.map((action) => foresee(call(action), {identity: [everything], resource}).outcome);
	return (['refused', 'open', 'allowed'] as const).find((outcome) => outcomes.includes(outcome));
}

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
	['a condition that is known to hold', granting({Condition: {Bool: {'aws:SecureTransport': 'true'}}})],
	[
		'a list of regions with the bucket’s',
		granting({Condition: {StringEquals: {'aws:RequestedRegion': ['eu-west-1', 'eu-west-2']}}}),
	],
	['the role by its ARN', granting({Principal: '*', Condition: {ArnLike: {'aws:PrincipalArn': roleArn}}})],
	[
		'a deny whose condition is known not to hold',
		denying({Condition: {Bool: {'aws:SecureTransport': 'false'}}}),
	],
	['a deny that spares the role', denying({Condition: {ArnNotEquals: {'aws:PrincipalArn': [roleArn]}}})],
	[
		'a deny under two conditions, one known not to hold',
		denying({
			Condition: {StringNotEquals: {'aws:SourceVpce': 'vpce-1', 'aws:RequestedRegion': 'eu-west-1'}},
		}),
	],
	[
		'a condition that nobody knows, beside a statement without',
		[grant, {...grant, Condition: {StringEquals: {'aws:SourceVpce': 'vpce-1'}}}],
	],
];

const open: readonly Case[] = [
	['a folder for each user is not enough', granting({Resource: 'arn:aws:s3:::dst/${aws:username}*'})],
	[
		'one session of the role is not enough',
		granting({Principal: {AWS: 'arn:aws:sts::111122223333:assumed-role/replicator/s'}}),
	],
	['a deny of some objects hits', denying({Resource: 'arn:aws:s3:::dst/private/*'})],
	['a deny on a pattern that only crosses hits', denying({Resource: 'arn:aws:s3:::*/private'})],
	[
		'a deny of a session of the role hits',
		denying({Principal: {AWS: 'arn:aws:sts::111122223333:assumed-role/replicator/s'}}),
	],
	[
		'a deny with NotResource that spares some objects hits',
		denying({Resource: undefined, NotResource: 'arn:aws:s3:::dst/a*'}),
	],
	['a deny with a variable could hit', denying({Resource: 'arn:aws:s3:::dst/${aws:username}'})],
	[
		'a condition on a key that nobody knows',
		granting({Condition: {StringEquals: {'aws:SourceVpce': 'vpce-1'}}}),
	],
	['a deny under such a condition', denying({Condition: {StringNotEquals: {'aws:SourceVpce': 'vpce-1'}}})],
	['a condition on whether a key is there', granting({Condition: {Null: {'aws:SourceVpce': 'true'}}})],
	[
		'a known key against a variable that nobody knows',
		granting({Condition: {StringEquals: {'aws:RequestedRegion': '${aws:PrincipalTag/region}'}}}),
	],
	['the id of the role', granting({Principal: '*', Condition: {StringLike: {'aws:userid': 'AROA1:*'}}})],
];

const never: readonly Case[] = [
	['no statement is not enough', []],
	['one action is not enough', granting({Action: 's3:ReplicateObject'})],
	['a wildcard that covers one action is not enough', granting({Action: 's3:ReplicateO*'})],
	['the bucket alone is not enough', granting({Resource: 'arn:aws:s3:::dst'})],
	['some of the objects are not enough', granting({Resource: 'arn:aws:s3:::dst/photos/*'})],
	['objects of one letter are not enough', granting({Resource: 'arn:aws:s3:::dst/?'})],
	['another role is not enough', granting({Principal: {AWS: 'arn:aws:iam::111122223333:role/replicator'}})],
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
	['a deny of the account hits', denying({Principal: {AWS: '111122223333'}})],
	[
		'a deny with NotPrincipal hits where no session is listed',
		denying({Principal: undefined, NotPrincipal: {AWS: [roleArn, '111122223333']}}),
	],
	[
		'a deny with NotAction that spares one action hits',
		denying({Action: undefined, NotAction: 's3:ReplicateObject'}),
	],
	[
		'a list of regions without the bucket’s',
		granting({Condition: {StringEquals: {'aws:RequestedRegion': 'us-east-1'}}}),
	],
	['a deny of other regions', denying({Condition: {StringNotEquals: {'aws:RequestedRegion': 'us-east-1'}}})],
	[
		'a condition that nobody knows and one that does not hold',
		granting({Condition: {StringEquals: {'aws:SourceVpce': 'vpce-1', 'aws:RequestedRegion': 'us-east-1'}}}),
	],
];

test.each(enough)('allowed: %s', (_rule, statements) => {
	expect(worstOf(statements)).toBe('allowed');
});

test.each(open)('open: %s', (_rule, statements) => {
	expect(worstOf(statements)).toBe('open');
});

test.each(never)('refused: %s', (_rule, statements) => {
	expect(worstOf(statements)).toBe('refused');
});

test('what is open names the statement, its condition and the keys that decide', () => {
	const Condition = {StringNotEquals: {'aws:SourceVpce': 'vpce-1', 'aws:RequestedRegion': 'us-east-1'}};
	const document = {Version: '2012-10-17', Statement: denying({Sid: 'Network', Condition})};

	expect(foreseeDenies(call('s3:ReplicateObject'), {name: 'policy of dst', document})).toEqual({
		outcome: 'open',
		doubts: [
			{
				effect: 'explicit-deny',
				where: 'resource',
				policy: 'policy of dst',
				statement: 'Network',
				unsure: {
					conditions: [{operator: 'StringNotEquals', key: 'aws:SourceVpce', values: ['vpce-1']}],
					keys: ['aws:SourceVpce'],
					isPartial: false,
				},
			},
		],
	});
});

test.each<readonly [string, Statement['Condition'], Foresight['outcome']]>([
	['its value', {StringEquals: {'aws:SourceAccount': '111122223333'}}, 'open'],
	['its value, if it is sent', {StringEqualsIfExists: {'aws:SourceAccount': '111122223333'}}, 'allowed'],
	['another value', {StringEquals: {'aws:SourceAccount': '444455556666'}}, 'refused'],
])('a key that may be sent, compared with %s', (_what, Condition, outcome) => {
	const document = {Version: '2012-10-17', Statement: granting({Condition})};
	const request = {...call('s3:ReplicateObject'), perhaps: {'aws:SourceAccount': '111122223333'}};

	expect(foresee(request, {identity: [everything], resource: {name: 'p', document}}).outcome).toBe(outcome);
});

test('a boundary that nobody knows to allow leaves it open', () => {
	const Condition = {StringEquals: {'aws:PrincipalOrgID': 'o-1'}};
	const boundary = {
		name: 'b',
		document: {Version: '2012-10-17', Statement: {Effect: 'Allow', Action: '*', Resource: '*', Condition}},
	} as const;
	const request = {...call('s3:ReplicateObject'), resourceAccountId: '111122223333'};

	expect(foresee(request, {identity: [everything], boundary})).toMatchObject({
		outcome: 'open',
		doubts: [{effect: 'allow', where: 'boundary', unsure: {keys: ['aws:PrincipalOrgID']}}],
	});
});

test.each<readonly [string, readonly Statement[], readonly string[]]>([
	['nothing where all is allowed', [grant], []],
	['an Allow that a Deny hides', denying({}).slice(1), ['explicit-deny', 'missing-allow']],
	['a Deny alone', denying({}), ['explicit-deny']],
	[
		'a Deny that may hold, behind an Allow that is missing',
		denying({Condition: {StringNotEquals: {'aws:PrincipalOrgID': 'o-1'}}}).slice(1),
		['missing-allow', 'explicit-deny?'],
	],
	[
		'a Deny that may hold, beside one that does',
		[...denying({}), ...denying({Sid: 'Org', Condition: {StringNotEquals: {'aws:PrincipalOrgID': 'o-1'}}})],
		['explicit-deny', 'explicit-deny?'],
	],
])('everything that stands in the way is named: %s', (_what, statements, effects) => {
	const resource = {name: 'bucket policy', document: {Version: '2012-10-17', Statement: statements}};
	const {refused, doubts} = foreseeEvery(call('s3:ReplicateObject'), {identity: [everything], resource});
	expect([...refused.map(({effect}) => effect), ...doubts.map(({effect}) => `${effect}?`)]).toEqual(effects);
});
