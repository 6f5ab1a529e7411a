import {describe, expect, test} from 'vitest';
import type {ObservedRole} from '../../source/domain/observed/observed.js';
import {trustPolicy} from '../../source/domain/role/trust-policy.js';
import {policyFor} from '../../source/domain/role/duties.js';
import {roleNeeds} from '../support/duties.js';
import {roleGaps, type RoleGap} from '../../source/domain/role/role-gaps.js';
import type {PolicyDocument, Statement} from '../../source/policy/document.js';

const needed = roleNeeds('aws', 'src', 'dst');
const neededPolicy = policyFor(needed);
const reads = ['s3:GetReplicationConfiguration', 's3:ListBucket'];
const objects = ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'];
const writes = ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'];
const source = 'arn:aws:s3:::src';
const destination = 'arn:aws:s3:::dst/*';

const bare: ObservedRole = {
	arn: 'arn:aws:iam::111122223333:role/service-role/r',
	trust: trustPolicy,
	inline: [],
	attached: [],
	unread: [],
};

const allow = (
	action: Statement['Action'],
	resource: Statement['Resource'],
	rest: object = {},
): PolicyDocument => ({
	Version: '2012-10-17',
	Statement: {Effect: 'Allow', Action: action, Resource: resource, ...rest},
});

const deny = (action: string, resource: string): PolicyDocument => ({
	Version: '2012-10-17',
	Statement: [
		{Effect: 'Allow', Action: '*', Resource: '*'},
		{Effect: 'Deny', Action: action, Resource: resource},
	],
});

const everything = allow('s3:*', '*');

const missing = (resource: string, actions: readonly string[]): RoleGap => ({
	reason: 'missing',
	resource,
	actions,
	deniedBy: [],
});

/** What the S3 console attaches today (docs/aws-facts.md, 3.2). */
const consolePolicy: PolicyDocument = {
	Version: '2012-10-17',
	Statement: [
		{
			Action: [
				's3:ListBucket',
				's3:GetReplicationConfiguration',
				's3:GetObjectVersionForReplication',
				's3:GetObjectVersionAcl',
				's3:GetObjectVersionTagging',
				's3:GetObjectRetention',
				's3:GetObjectLegalHold',
			],
			Effect: 'Allow',
			Resource: [source, `${source}/*`, 'arn:aws:s3:::dst', destination],
		},
		{
			Action: [...writes, 's3:ObjectOwnerOverrideToBucketOwner'],
			Effect: 'Allow',
			Resource: [`${source}/*`, destination],
		},
	],
};

describe('a role lacks', () => {
	test.each<readonly [string, Partial<ObservedRole>, readonly RoleGap[]]>([
		['nothing, with the policy of this program', {permissions: neededPolicy}, []],
		['nothing, with the console’s attached policy', {attached: [{name: 'c', document: consolePolicy}]}, []],
		['nothing, with another inline policy', {inline: [{name: 'other', document: everything}]}, []],
		[
			'nothing, where two policies together are enough',
			{
				inline: [{name: 'a', document: allow([...reads, ...objects], [source, `${source}/*`])}],
				attached: [{name: 'b', document: allow('s3:Replicate*', destination)}],
			},
			[],
		],
		[
			'everything, without policies',
			{},
			[missing(source, reads), missing(`${source}/*`, objects), missing(destination, writes)],
		],
		[
			'the writing, where that is allowed below a prefix only',
			{
				inline: [{name: 'a', document: allow([...reads, ...objects], '*')}],
				attached: [{name: 'b', document: allow('s3:*', 'arn:aws:s3:::dst/logs/*')}],
			},
			[missing(destination, writes)],
		],
		[
			'what an attached policy denies, and says which',
			{permissions: neededPolicy, attached: [{name: 'arn:p', document: deny('s3:ReplicateDelete', '*')}]},
			[{reason: 'denied', resource: destination, actions: ['s3:ReplicateDelete'], deniedBy: ['arn:p']}],
		],
		[
			'what its boundary does not allow',
			{
				permissions: neededPolicy,
				boundary: {arn: 'arn:b', document: allow(['s3:Get*', 's3:List*'], '*')},
			},
			[{reason: 'boundary', resource: destination, actions: writes, deniedBy: []}],
		],
		[
			'what its boundary denies',
			{permissions: neededPolicy, boundary: {arn: 'arn:b', document: deny('s3:ListBucket', source)}},
			[{reason: 'denied', resource: source, actions: ['s3:ListBucket'], deniedBy: ['arn:b']}],
		],
		[
			'for two reasons what neither policies nor boundary allow',
			{
				inline: [{name: 'a', document: allow([...reads, ...objects], '*')}],
				boundary: {arn: 'arn:b', document: allow(['s3:Get*', 's3:List*'], '*')},
			},
			[
				missing(destination, writes),
				{reason: 'boundary', resource: destination, actions: writes, deniedBy: []},
			],
		],
		[
			'nothing that is known, where the boundary may not be read',
			{permissions: neededPolicy, boundary: {arn: 'b'}},
			[],
		],
	])('%s', (_what, change, gaps) => {
		expect(roleGaps({...bare, ...change}, needed, {}).gaps).toEqual(gaps);
	});
});

test('the policy that closes the gaps is the one to hand over, and closes them', () => {
	const role = {...bare, attached: [{name: 'a', document: allow([...reads, ...objects], '*')}]};
	const {policy, boundary} = roleGaps(role, needed, {});
	expect(policy).toEqual({
		Version: '2012-10-17',
		Statement: [{Effect: 'Allow', Action: writes, Resource: destination}],
	});
	expect(boundary).toBeUndefined();
	expect(roleGaps({...role, permissions: policy}, needed, {}).gaps).toEqual([]);
});

test('what a boundary has to allow besides is a document as well', () => {
	const boundary = {arn: 'arn:b', document: allow([...reads, ...objects], '*')};
	expect(roleGaps({...bare, permissions: neededPolicy, boundary}, needed, {})).toMatchObject({
		policy: undefined,
		boundary: {Statement: [{Effect: 'Allow', Action: writes, Resource: destination}]},
	});
});

test('what could not be read is handed on', () => {
	expect(roleGaps({...bare, unread: ['its inline policies']}, needed, {}).unread).toEqual([
		'its inline policies',
	]);
});
