import {expect, test} from 'vitest';
import {decide, type AccessRequest} from '../../source/policy/decide.js';
import {type PolicyDocument, type Statement} from '../../source/policy/document.js';
import {allow, deny, request, session, user} from './cases.js';

type Case = {
	readonly rule: string;
	/** The page of the IAM User Guide, or `own` where this project decides. */
	readonly source: string;
	readonly request?: Partial<AccessRequest>;
	readonly statements: readonly Statement[];
	readonly version?: string;
	readonly isAllowed: boolean;
};

const actionPage = 'reference_policies_elements_action';
const notActionPage = 'reference_policies_elements_notaction';
const resourcePage = 'reference_policies_elements_resource';
const notResourcePage = 'reference_policies_elements_notresource';
const variablesPage = 'reference_policies_variables';

const named = (Action: string) => [allow({Action})];
const on = (Resource: string) => [allow({Resource})];
const key = (resource: string) => ({resource: `arn:aws:s3:::pictures/${resource}`});

const cases: readonly Case[] = [
	{
		rule: 'an action is named in full',
		source: actionPage,
		statements: named('s3:GetObject'),
		isAllowed: true,
	},
	{
		rule: 'an action compares without case',
		source: actionPage,
		statements: named('S3:getobject'),
		isAllowed: true,
	},
	{
		rule: 'the start of an action name is not the action',
		source: actionPage,
		statements: named('s3:GetObjec'),
		isAllowed: false,
	},
	{
		rule: 'an action with a longer name is another action',
		source: actionPage,
		statements: named('s3:GetObjectVersion'),
		isAllowed: false,
	},
	{rule: 'a star ends an action name', source: actionPage, statements: named('s3:Get*'), isAllowed: true},
	{
		rule: 'a star stands for no letters too',
		source: actionPage,
		statements: named('s3:GetObject*'),
		isAllowed: true,
	},
	{
		rule: 'a star stands within an action',
		source: actionPage,
		statements: named('s3:*Object'),
		isAllowed: true,
	},
	{
		rule: 'several stars are tried until they fit',
		source: actionPage,
		statements: named('s3:*e*t*t'),
		isAllowed: true,
	},
	{
		rule: 'a question mark is one letter',
		source: actionPage,
		statements: named('s3:?etObject'),
		isAllowed: true,
	},
	{
		rule: 'a question mark is never no letter',
		source: actionPage,
		statements: named('s3:GetObject?'),
		isAllowed: false,
	},
	{
		rule: 'all actions of another service are not this one',
		source: actionPage,
		statements: named('iam:*'),
		isAllowed: false,
	},
	{
		rule: 'one action of a list is enough',
		source: actionPage,
		statements: [allow({Action: ['s3:PutObject', 's3:GetObject']})],
		isAllowed: true,
	},
	{
		rule: 'a dot in an action is a dot',
		source: 'own',
		request: {action: 's3:GetXbject'},
		statements: named('s3:Get.bject'),
		isAllowed: false,
	},
	{
		rule: 'NotAction means every other action',
		source: notActionPage,
		statements: [allow({NotAction: 'iam:*'})],
		isAllowed: true,
	},
	{
		rule: 'NotAction leaves out what it lists',
		source: notActionPage,
		statements: [allow({NotAction: ['iam:*', 's3:Get*']})],
		isAllowed: false,
	},
	{
		rule: 'a deny with NotAction hits every other action',
		source: notActionPage,
		statements: [allow(), deny({NotAction: 'iam:*'})],
		isAllowed: false,
	},

	{
		rule: 'a resource is named in full',
		source: resourcePage,
		statements: on('arn:aws:s3:::pictures/photos/cat.jpg'),
		isAllowed: true,
	},
	{
		rule: 'a resource compares with case',
		source: resourcePage,
		statements: on('arn:aws:s3:::pictures/photos/Cat.jpg'),
		isAllowed: false,
	},
	{rule: 'a lone star is every resource', source: resourcePage, statements: on('*'), isAllowed: true},
	{
		rule: 'a star reaches over slashes',
		source: resourcePage,
		statements: on('arn:aws:s3:::pictures/*'),
		isAllowed: true,
	},
	{
		rule: 'a star reaches over colons of the key',
		source: resourcePage,
		request: key('2026:11:22'),
		statements: on('arn:aws:s3:::pictures/2026*22'),
		isAllowed: true,
	},
	{
		rule: 'a star does not reach over the colons that part an ARN',
		source: resourcePage,
		statements: on('arn:aws:s3*:pictures/*'),
		isAllowed: false,
	},
	{
		rule: 'an ARN cut short is no pattern of longer ones',
		source: resourcePage,
		statements: on('arn:aws:s3'),
		isAllowed: false,
	},
	{
		rule: 'a question mark is one character of a key',
		source: resourcePage,
		statements: on('arn:aws:s3:::pictures/photos/c?t.jpg'),
		isAllowed: true,
	},
	{
		rule: 'a character beyond the basic plane is one character',
		source: 'own',
		request: key('🐈'),
		statements: on('arn:aws:s3:::pictures/?'),
		isAllowed: true,
	},
	{
		rule: 'objects of a bucket are not the bucket',
		source: resourcePage,
		request: {resource: 'arn:aws:s3:::pictures', action: 's3:ListBucket'},
		statements: on('arn:aws:s3:::pictures/*'),
		isAllowed: false,
	},
	{
		rule: 'the bucket is not its objects',
		source: resourcePage,
		statements: on('arn:aws:s3:::pictures'),
		isAllowed: false,
	},
	{
		rule: 'another partition is another resource',
		source: resourcePage,
		statements: on('arn:aws-cn:s3:::pictures/*'),
		isAllowed: false,
	},
	{
		rule: 'an action without a resource is allowed on a star',
		source: resourcePage,
		request: {action: 's3:ListAllMyBuckets', resource: '*'},
		statements: on('*'),
		isAllowed: true,
	},
	{
		rule: 'an action without a resource is not allowed on an ARN',
		source: resourcePage,
		request: {action: 's3:ListAllMyBuckets', resource: '*'},
		statements: on('arn:aws:s3:::*'),
		isAllowed: false,
	},
	{
		rule: 'a pattern made to be slow is decided at once',
		source: 'own',
		request: key('a'.repeat(1000)),
		statements: on(`arn:aws:s3:::pictures/${'*a'.repeat(200)}b`),
		isAllowed: false,
	},
	{
		rule: 'NotResource means every other resource',
		source: notResourcePage,
		statements: [allow({NotResource: 'arn:aws:s3:::diary/*'})],
		isAllowed: true,
	},
	{
		rule: 'NotResource leaves out what it lists',
		source: notResourcePage,
		statements: [allow({NotResource: 'arn:aws:s3:::pictures/*'})],
		isAllowed: false,
	},
	{
		rule: 'a deny with NotResource hits every other resource',
		source: notResourcePage,
		statements: [allow(), deny({NotResource: 'arn:aws:s3:::diary/*'})],
		isAllowed: false,
	},

	{
		rule: 'aws:username is the name without the path',
		source: variablesPage,
		request: key('home/alice/x'),
		statements: on('arn:aws:s3:::pictures/home/${aws:username}/*'),
		isAllowed: true,
	},
	{
		rule: "a variable does not open another user's folder",
		source: variablesPage,
		request: key('home/bob/x'),
		statements: on('arn:aws:s3:::pictures/home/${aws:username}/*'),
		isAllowed: false,
	},
	{
		rule: 'the name of a variable has no case',
		source: variablesPage,
		request: key('home/alice/x'),
		statements: on('arn:aws:s3:::pictures/home/${AWS:UserName}/*'),
		isAllowed: true,
	},
	{
		rule: 'aws:PrincipalAccount is a variable',
		source: variablesPage,
		request: key('111122223333'),
		statements: on('arn:aws:s3:::pictures/${aws:PrincipalAccount}'),
		isAllowed: true,
	},
	{
		rule: 'aws:userid of a session is the id of the role and the name of the session',
		source: variablesPage,
		request: {...key('AROAEXAMPLEROLE00001:run-1'), caller: session},
		statements: on('arn:aws:s3:::pictures/${aws:userid}'),
		isAllowed: true,
	},
	{
		rule: 'a condition key of the request is a variable',
		source: variablesPage,
		request: {...key('red'), context: {'aws:PrincipalTag/team': 'red'}},
		statements: on('arn:aws:s3:::pictures/${aws:PrincipalTag/team}'),
		isAllowed: true,
	},
	{
		rule: 'a wildcard in the value of a variable is plain text',
		source: 'own',
		request: {context: {'aws:PrincipalTag/team': '*'}},
		statements: on('arn:aws:s3:::pictures/${aws:PrincipalTag/team}'),
		isAllowed: false,
	},
	{
		rule: 'a variable in the value of a variable is plain text',
		source: 'own',
		request: {...key('alice'), context: {'aws:PrincipalTag/team': '${aws:username}'}},
		statements: on('arn:aws:s3:::pictures/${aws:PrincipalTag/team}'),
		isAllowed: false,
	},
	{
		rule: 'a variable without a value matches nothing',
		source: variablesPage,
		request: {...key('home//x'), caller: session},
		statements: on('arn:aws:s3:::pictures/home/${aws:username}/*'),
		isAllowed: false,
	},
	{
		rule: 'a variable without a value makes NotResource match nothing either',
		source: variablesPage,
		request: {caller: session},
		statements: [allow({NotResource: 'arn:aws:s3:::diary/${aws:username}'})],
		isAllowed: false,
	},
	{
		rule: 'a default stands in for a missing value',
		source: variablesPage,
		request: {...key('home/guest/x'), caller: session},
		statements: on("arn:aws:s3:::pictures/home/${aws:username, 'guest'}/*"),
		isAllowed: true,
	},
	{
		rule: 'a default gives way to a value',
		source: variablesPage,
		request: key('home/guest/x'),
		statements: on("arn:aws:s3:::pictures/home/${aws:username, 'guest'}/*"),
		isAllowed: false,
	},
	{
		rule: 'a multivalued key is no variable',
		source: variablesPage,
		request: {...key('red'), context: {'aws:TagKeys': ['red', 'blue']}},
		statements: on('arn:aws:s3:::pictures/${aws:TagKeys}'),
		isAllowed: false,
	},
	{
		rule: '${*} is a star itself',
		source: variablesPage,
		request: key('a*b'),
		statements: on('arn:aws:s3:::pictures/a${*}b'),
		isAllowed: true,
	},
	{
		rule: '${*} is no wildcard',
		source: variablesPage,
		request: key('a-b'),
		statements: on('arn:aws:s3:::pictures/a${*}b'),
		isAllowed: false,
	},
	{
		rule: '${?} is a question mark itself',
		source: variablesPage,
		request: key('a-b'),
		statements: on('arn:aws:s3:::pictures/a${?}b'),
		isAllowed: false,
	},
	{
		rule: '${$} is a dollar sign',
		source: variablesPage,
		request: key('${aws:username}'),
		statements: on('arn:aws:s3:::pictures/${$}{aws:username}'),
		isAllowed: true,
	},
	{
		rule: 'in version 2008-10-17 a variable is plain text',
		source: variablesPage,
		version: '2008-10-17',
		request: key('${aws:username}'),
		statements: on('arn:aws:s3:::pictures/${aws:username}'),
		isAllowed: true,
	},
	{
		rule: 'in version 2008-10-17 a variable has no value',
		source: variablesPage,
		version: '2008-10-17',
		request: key('alice'),
		statements: on('arn:aws:s3:::pictures/${aws:username}'),
		isAllowed: false,
	},
];

test.each(cases)('$rule ($source)', ({request: changes, statements, version = '2012-10-17', isAllowed}) => {
	const document: PolicyDocument = {Version: version, Statement: statements};
	const decision = decide(request({caller: user, ...changes}), {identity: [{name: 'tested', document}]});
	expect(decision.isAllowed).toBe(isAllowed);
});

test('a policy without a version is one of 2008-10-17, without variables (reference_policies_elements_version)', () => {
	const document: PolicyDocument = {Statement: allow({Resource: 'arn:aws:s3:::pictures/${aws:username}'})};
	const decision = decide(request(key('alice')), {identity: [{name: 'tested', document}]});
	expect(decision.isAllowed).toBe(false);
});
